// Writing SVG and HTML: escaping, shapes, texts that fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crm::report {

/// Text as it stands in markup, also inside quotes.
std::string escaped(std::string_view text);

/// How wide a text is, at most, in a font that is as wide as the common ones get.
double text_width(std::string_view text, double size, bool bold);
/// The text, or as much of its beginning as fits, with "…"; "" if not even that.
std::string fitted(std::string_view text, double size, bool bold, double width);
/// Broken between words into at most `most` lines, what is left cut as `fitted`; at least one line.
std::vector<std::string> wrapped(std::string_view text, double size, bool bold, double width, std::size_t most);

/// One self-contained HTML document; `style` and `body` are markup.
std::string html_document(const char* language, std::string_view title, std::string_view style, std::string_view body);

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// Which point of a text is at its x.
enum class Align { left, middle, right };

struct TextStyle {
  double size = 12;
  std::string_view colour;
  bool bold = false;
  bool italic = false;
  bool struck = false;
  Align align = Align::left;
  std::string_view halo = {};  ///< colour of a thin edge around the letters, over lines
  bool upwards = false;        ///< written from the bottom to the top
};

/// The outline of a shape, point by point.
class Path {
 public:
  Path& move_to(double x, double y);
  Path& line_to(double x, double y);
  /// Along a circle around nowhere in particular, less than half of it.
  Path& arc_to(double radius, bool clockwise, double x, double y);
  Path& close();
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Svg {
 public:
  Svg(double width, double height, std::string_view font, std::string_view label);

  void rect(const Box& box, std::string_view fill, std::string_view stroke = {}, double radius = 0);
  void line(double x1, double y1, double x2, double y2, std::string_view stroke, double width = 1);
  void path(const Path& path, std::string_view fill, std::string_view stroke = {}, double width = 1);
  /// Along `baseline`, cut to `width`. Returns what was written.
  std::string text(double x, double baseline, double width, std::string_view text, const TextStyle& style);
  /// What follows up to `end` is one thing: it shows `title` under the mouse and, unless `href` is empty, leads there.
  void begin(std::string_view title, std::string_view href);
  void end();

  std::string finish() &&;

 private:
  std::string out_;
  std::string closing_;
};

}  // namespace crm::report
