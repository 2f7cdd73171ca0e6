// Writing SVG and HTML: escaping, shapes, texts that fit.
#pragma once

#include <string>
#include <string_view>

namespace crm::report {

/// Text as it stands in markup, also inside quotes.
std::string escaped(std::string_view text);

/// How wide a text is, at most, in a font that is as wide as the common ones get.
double text_width(std::string_view text, double size, bool bold);
/// The text, or as much of its beginning as fits, with "…"; "" if not even that.
std::string fitted(std::string_view text, double size, bool bold, double width);

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct TextStyle {
  double size = 12;
  std::string_view colour;
  bool bold = false;
  bool italic = false;
  bool struck = false;
  bool centred = false;
};

class Svg {
 public:
  Svg(double width, double height, std::string_view font, std::string_view label);

  void rect(const Box& box, std::string_view fill, std::string_view stroke = {}, double radius = 0);
  void line(double x1, double y1, double x2, double y2, std::string_view stroke, double width = 1);
  /// From the left end (or the middle) of `baseline`, cut to `width`. Returns what was written.
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
