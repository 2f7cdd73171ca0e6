// A picture or a page read back: what is drawn where, and whether it can be seen and read.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace drawing {

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double bottom() const { return y + height; }
};

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;        // with the entities resolved
  std::string title;       // of the group it is in
  std::size_t group = 0;   // 0: none; groups count from 1
  [[nodiscard]] double number(const std::string& attribute) const { return std::stod(attributes.at(attribute)); }
  [[nodiscard]] std::string word(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::string() : found->second;
  }
};

struct Picture {
  double width = 0, height = 0;
  std::vector<Element> elements;  // in the order of drawing: rect, line, path, text

  [[nodiscard]] std::vector<Element> all(const std::string& name) const;
  /// Shapes that say what they are under the mouse.
  [[nodiscard]] std::vector<Element> marks(const std::string& name) const;
};

/// Every element of well-formed markup in order; throws std::runtime_error where it is not well formed. `meta` has no end in HTML.
std::vector<Element> read_markup(const std::string& markup);
Picture read_picture(const std::string& svg);

/// Of a rect, of the points of a path, of a text by the table of widths.
Box box_of(const Element& element);
std::vector<std::pair<double, double>> points(const Element& path);

/// "" if nothing is clipped, no text lies on another, no bar on another, and all texts can be read; else what is wrong.
std::string fault(const Picture& picture);

/// A number as it should be written, the slow way: digit by digit. With narrow spaces and a comma in Russian, else commas and a point.
std::string written(long long value, int decimals, int shown, bool russian);

}  // namespace drawing
