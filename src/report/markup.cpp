#include "markup.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace crm::report {
namespace {

constexpr std::string_view kEllipsis = "…";

/// One decimal, no trailing zero.
std::string number(double value) {
  const auto tenths = std::llround(value * 10);
  std::string out = std::to_string(tenths / 10);
  if (tenths < 0 && tenths > -10) out.insert(0, "-");
  if (tenths % 10) out += "." + std::to_string(std::abs(tenths % 10));
  return out;
}

std::string attribute(const char* name, std::string_view value) { return " " + std::string(name) + "=\"" + escaped(value) + "\""; }
std::string attribute(const char* name, double value) { return " " + std::string(name) + "=\"" + number(value) + "\""; }

/// The character that begins at `at`, which is moved behind it.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t character = length == 1 ? first : first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) character = character << 6 | (byte(at + i) & 0x3Fu);
  at += length;
  return character;
}

// Widths of characters in hundredths of the font size: the wider of Arial and DejaVu Sans.
constexpr std::uint8_t kAscii[] = {
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84,
    56, 102, 68, 69, 72, 77, 67, 61, 78, 75, 29, 50, 67, 56, 86, 75, 79, 67, 79, 72, 67, 61, 73, 68, 99, 69, 67, 69, 39, 34, 39,
    84, 56, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34,
    64, 84};
// А to я.
constexpr std::uint8_t kCyrillic[] = {
    68, 69, 69, 61, 78, 67, 108, 64, 75, 75, 71, 75, 86, 75, 79, 75, 67, 72, 61, 64, 86, 69, 78, 69, 107, 109, 83, 89, 69, 72,
    108, 72, 61, 62, 59, 53, 69, 62, 90, 53, 65, 65, 60, 64, 75, 65, 61, 65, 63, 55, 58, 59, 85, 59, 68, 59, 92, 94, 71, 79, 59,
    55, 84, 60};

double advance(char32_t c) {
  if (c >= U' ' && c <= U'~') return kAscii[c - U' '] / 100.0;
  if (c >= U'А' && c <= U'я') return kCyrillic[c - U'А'] / 100.0;
  if (c == U'ё' || c == U'«' || c == U'»') return 0.62;
  if (c == U'·' || c == U'\u00A0' || c == U'\u202F') return 0.32;
  if (c == U'₽' || c == U'€' || c == U'£' || c == U'–') return 0.64;
  if (c == U'−' || c == U'×') return 0.84;
  return 1.05;  // the widest of what is left, but for emoji
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;  // XML has no other control characters
        if (out.ends_with("\xEF\xBF\xBE") || out.ends_with("\xEF\xBF\xBF")) out.back() = '\xBD';  // nor U+FFFE and U+FFFF
    }
  }
  return out;
}

double text_width(std::string_view text, double size, bool bold) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) width += advance(next_character(text, at));
  return width * size * (bold ? 1.12 : 1);
}

std::string fitted(std::string_view text, double size, bool bold, double width) {
  if (text_width(text, size, bold) <= width) return std::string(text);
  double left = width - text_width(kEllipsis, size, bold);
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    next_character(text, at);
    left -= text_width(text.substr(begin, at - begin), size, bold);
    if (left < 0) break;
    end = at;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return end == 0 ? std::string() : std::string(text.substr(0, end)).append(kEllipsis);
}

std::vector<std::string> wrapped(std::string_view text, double size, bool bold, double width, std::size_t most) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  while (lines.size() + 1 < most) {
    std::size_t end = std::string_view::npos;  // of the words that fit
    for (std::size_t at = text.find(' ', from); at != std::string_view::npos; at = text.find(' ', at + 1)) {
      if (text_width(text.substr(from, at - from), size, bold) > width) break;
      end = at;
    }
    if (end == std::string_view::npos || text_width(text.substr(from), size, bold) <= width) break;
    lines.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  lines.push_back(fitted(text.substr(from), size, bold, width));
  return lines;
}

std::string html_document(const char* language, std::string_view title, std::string_view style, std::string_view body) {
  return "<!DOCTYPE html>\n<html lang=\"" + std::string(language) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escaped(title) + "</title>\n<style>\n" + std::string(style) + "</style>\n</head>\n<body>\n" + std::string(body) +
         "</body>\n</html>\n";
}

Path& Path::move_to(double x, double y) {
  text_ += "M" + number(x) + " " + number(y);
  return *this;
}

Path& Path::line_to(double x, double y) {
  text_ += "L" + number(x) + " " + number(y);
  return *this;
}

Path& Path::arc_to(double radius, bool clockwise, double x, double y) {
  text_ += "A" + number(radius) + " " + number(radius) + " 0 0 " + (clockwise ? "1 " : "0 ") + number(x) + " " + number(y);
  return *this;
}

Path& Path::close() {
  text_ += "Z";
  return *this;
}

Svg::Svg(double width, double height, std::string_view font, std::string_view label) {
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) + attribute("height", height) +
         " viewBox=\"0 0 " + number(width) + " " + number(height) + "\" role=\"img\"" + attribute("aria-label", label) +
         attribute("font-family", font) + ">\n";
}

void Svg::rect(const Box& box, std::string_view fill, std::string_view stroke, double radius) {
  out_ += "<rect" + attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) + attribute("height", box.height);
  if (radius > 0) out_ += attribute("rx", radius);
  out_ += attribute("fill", fill);
  if (!stroke.empty()) out_ += attribute("stroke", stroke);
  out_ += "/>\n";
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view stroke, double width) {
  out_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) + attribute("stroke", stroke);
  if (width != 1) out_ += attribute("stroke-width", width);
  out_ += "/>\n";
}

void Svg::path(const Path& path, std::string_view fill, std::string_view stroke, double width) {
  out_ += "<path" + attribute("d", path.text()) + attribute("fill", fill.empty() ? "none" : fill);
  if (!stroke.empty()) out_ += attribute("stroke", stroke) + attribute("stroke-width", width) + " stroke-linejoin=\"round\"";
  out_ += "/>\n";
}

std::string Svg::text(double x, double baseline, double width, std::string_view text, const TextStyle& style) {
  std::string shown = fitted(text, style.size, style.bold, width);
  if (shown.empty()) return shown;
  out_ += "<text" + attribute("x", x) + attribute("y", baseline) + attribute("font-size", style.size) + attribute("fill", style.colour);
  if (style.bold) out_ += " font-weight=\"bold\"";
  if (style.italic) out_ += " font-style=\"italic\"";
  if (style.struck) out_ += " text-decoration=\"line-through\"";
  if (style.align != Align::left) out_ += style.align == Align::middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"";
  if (!style.halo.empty()) out_ += attribute("stroke", style.halo) + " stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
  if (style.upwards) out_ += " transform=\"rotate(-90 " + number(x) + " " + number(baseline) + ")\"";
  out_ += ">" + escaped(shown) + "</text>\n";
  return shown;
}

void Svg::begin(std::string_view title, std::string_view href) {
  if (href.empty()) {
    out_ += "<g>";
    closing_ = "</g>\n";
  } else {
    out_ += "<a" + attribute("href", href) + ">";
    closing_ = "</a>\n";
  }
  if (!title.empty()) out_ += "<title>" + escaped(title) + "</title>\n";
}

void Svg::end() { out_ += std::exchange(closing_, {}); }

std::string Svg::finish() && { return std::move(out_) + "</svg>\n"; }

}  // namespace crm::report
