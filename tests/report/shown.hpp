// A page as it is shown.
#pragma once

#include <doctest/doctest.h>

#include "drawing.hpp"

namespace crm::test {

/// What it shows; nothing of its charts is clipped, covered or pale.
struct Shown {
  explicit Shown(const std::string& html) : elements(drawing::read_markup(html)) {
    for (std::size_t at = html.find("<svg"); at != html.npos; at = html.find("<svg", at + 1))
      pictures.push_back(drawing::read_picture(html.substr(at, html.find("</svg>", at) + 6 - at)));
    for (const drawing::Picture& picture : pictures) CHECK(drawing::fault(picture) == "");
  }

  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const {
    std::vector<std::string> out;
    for (const drawing::Element& element : elements)
      if (element.name == name) out.push_back(element.text);
    return out;
  }
  /// The rows of all tables: "Менеджеров|3|66,7 %"; spaces between digits and signs are plain ones.
  [[nodiscard]] std::vector<std::string> rows() const {
    std::vector<std::string> out;
    for (const drawing::Element& element : elements) {
      if (element.name == "tr") out.emplace_back();
      if (element.name != "td" && element.name != "th") continue;
      if (!out.back().empty()) out.back() += "|";
      for (std::size_t i = 0; i < element.text.size(); ++i) {
        const bool narrow = element.text.compare(i, 3, "\u202F") == 0, wide = element.text.compare(i, 2, "\u00A0") == 0;
        out.back() += narrow || wide ? ' ' : element.text[i];
        i += narrow ? 2 : wide ? 1 : 0;
      }
    }
    return out;
  }
  /// Bars and cells: what each of them is, with its exact number.
  [[nodiscard]] std::vector<std::string> marks() const {
    std::vector<std::string> out;
    for (const drawing::Element& mark : pictures.at(0).marks("rect")) out.push_back(mark.title);
    return out;
  }

  std::vector<drawing::Element> elements;
  std::vector<drawing::Picture> pictures;
};

}  // namespace crm::test
