#include "drawing.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "crm/rules/calendar_theme.hpp"
#include "report/markup.hpp"

namespace drawing {
namespace {

void demand(bool well, const std::string& what) {
  if (!well) throw std::runtime_error("markup: " + what);
}

std::string resolved(const std::string& text) {
  static const std::map<std::string, std::string> kEntities = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"#39", "'"}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    demand(text[i] != '<', "'<' in a text");
    demand(static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\n', "a control character");
    if (text[i] != '&') {
      out += text[i];
      continue;
    }
    const auto end = text.find(';', i);
    demand(end != text.npos && kEntities.contains(text.substr(i + 1, end - i - 1)), "a lone '&'");
    out += kEntities.at(text.substr(i + 1, end - i - 1));
    i = end;
  }
  return out;
}

std::map<std::string, std::string> attributes_of(const std::string& tag) {
  std::map<std::string, std::string> out;
  for (auto at = tag.find(' '); at != tag.npos && at + 1 < tag.size();) {
    const auto equals = tag.find("=\"", at);
    demand(equals != tag.npos, "an attribute without a value in <" + tag + ">");
    const auto end = tag.find('"', equals + 2);
    demand(end != tag.npos, "an open quote in <" + tag + ">");
    demand(out.emplace(tag.substr(at + 1, equals - at - 1), resolved(tag.substr(equals + 2, end - equals - 2))).second, "an attribute twice");
    demand(end + 1 == tag.size() || tag[end + 1] == ' ', "no space after an attribute");
    at = end + 1;
  }
  return out;
}

bool overlap(const Box& a, const Box& b, double slack) {
  return std::min(a.right(), b.right()) - std::max(a.x, b.x) > slack && std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y) > slack;
}

bool contains(const Box& box, double x, double y) { return box.x <= x && x <= box.right() && box.y <= y && y <= box.bottom(); }

bool readable(const std::string& fill, const std::string& ink) {
  return crm::contrast(*crm::parse_colour(fill), *crm::parse_colour(ink)) >= crm::kReadable;
}

/// What the middle of a text stands on: the last shape under it.
std::string ground(const Picture& picture, std::size_t text) {
  const Box box = box_of(picture.elements[text]);
  std::string fill = "#000000";
  for (std::size_t i = 0; i < text; ++i) {
    const Element& shape = picture.elements[i];
    const bool slice = shape.name == "path" && shape.group != 0 && shape.group == picture.elements[text].group;
    const bool below = shape.name == "rect" || (shape.name == "path" && shape.group == 0 && shape.word("fill") != "none");
    if (slice || (below && contains(box_of(shape), box.x + box.width / 2, box.y + box.height / 2))) fill = shape.word("fill");
  }
  return fill;
}

}  // namespace

std::vector<Element> read_markup(const std::string& markup) {
  std::vector<Element> out;
  std::vector<std::size_t> open;
  std::size_t groups = 0;
  for (std::size_t at = 0; at < markup.size();) {
    const auto tag = markup.find('<', at);
    const std::string text = markup.substr(at, tag - at);
    if (open.empty()) demand(text.find_first_not_of("\n") == text.npos, "a text outside");
    else if (out[open.back()].name != "style") out[open.back()].text += resolved(text);
    if (tag == markup.npos) break;
    const auto end = markup.find('>', tag);
    demand(end != markup.npos, "an open tag");
    std::string inside = markup.substr(tag + 1, end - tag - 1);
    at = end + 1;
    if (inside == "!DOCTYPE html") continue;
    if (inside[0] == '/') {
      demand(!open.empty() && out[open.back()].name == inside.substr(1), "</" + inside.substr(1) + "> closes another");
      if (inside == "/title" && open.size() > 1) out[open[open.size() - 2]].title = out[open.back()].text;
      open.pop_back();
      continue;
    }
    const bool empty = inside.back() == '/';
    if (empty) inside.pop_back();
    Element element;
    element.name = inside.substr(0, inside.find(' '));
    element.attributes = attributes_of(inside);
    if (element.name == "g") element.group = ++groups;
    else if (!open.empty()) element.group = out[open.back()].group, element.title = out[open.back()].title;
    out.push_back(element);
    if (!empty && element.name != "meta") open.push_back(out.size() - 1);
  }
  demand(open.empty(), "something is left open");
  return out;
}

Picture read_picture(const std::string& svg) {
  Picture picture;
  for (Element& element : read_markup(svg)) {
    if (element.name == "svg") picture.width = element.number("width"), picture.height = element.number("height");
    if (element.name == "rect" || element.name == "line" || element.name == "path" || element.name == "text")
      picture.elements.push_back(std::move(element));
  }
  return picture;
}

std::vector<Element> Picture::all(const std::string& name) const {
  std::vector<Element> out;
  std::ranges::copy_if(elements, std::back_inserter(out), [&](const Element& element) { return element.name == name; });
  return out;
}

std::vector<Element> Picture::marks(const std::string& name) const {
  std::vector<Element> out;
  std::ranges::copy_if(elements, std::back_inserter(out), [&](const Element& element) { return element.name == name && !element.title.empty(); });
  return out;
}

std::vector<std::pair<double, double>> points(const Element& path) {
  std::vector<std::pair<double, double>> out;
  const std::string d = path.word("d");
  for (std::size_t i = 0; i < d.size(); ++i) {
    if (d[i] != 'M' && d[i] != 'L' && d[i] != 'A') continue;
    std::istringstream numbers(d.substr(i + 1));
    double x = 0, y = 0, skipped = 0;
    if (d[i] == 'A') numbers >> skipped >> skipped >> skipped >> skipped >> skipped;
    numbers >> x >> y;
    out.emplace_back(x, y);
  }
  return out;
}

Box box_of(const Element& element) {
  if (element.name == "rect") return {element.number("x"), element.number("y"), element.number("width"), element.number("height")};
  if (element.name == "text") {
    const double size = element.number("font-size");
    const double width = crm::report::text_width(element.text, size, element.word("font-weight") == "bold");
    const double x = element.number("x"), y = element.number("y");
    if (!element.word("transform").empty()) return {x - size * 0.76, y - width, size * 0.98, width};
    const std::string anchor = element.word("text-anchor");
    return {x - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0), y - size * 0.76, width, size * 0.98};
  }
  const auto corners = points(element);
  const auto [left, right] = std::ranges::minmax(corners, {}, &std::pair<double, double>::first);
  const auto [top, bottom] = std::ranges::minmax(corners, {}, &std::pair<double, double>::second);
  return {left.first, top.second, right.first - left.first, bottom.second - top.second};
}

std::string fault(const Picture& picture) {
  constexpr double kSlack = 0.25;  // coordinates are rounded to a tenth
  std::vector<Box> texts, bars;
  std::vector<std::string> told;
  for (std::size_t i = 0; i < picture.elements.size(); ++i) {
    const Element& element = picture.elements[i];
    if (element.name == "line") continue;
    const Box box = box_of(element);
    const std::string what = element.name + " '" + element.text + "' " + element.title;
    if (box.x < -kSlack || box.y < -kSlack || box.right() > picture.width + kSlack || box.bottom() > picture.height + kSlack) return "clipped: " + what;
    if (element.name == "text") {
      for (std::size_t other = 0; other < texts.size(); ++other)
        if (overlap(box, texts[other], kSlack)) return "on '" + told[other] + "': " + what;
      if (!readable(ground(picture, i), element.word("fill"))) return "cannot be read on " + ground(picture, i) + ": " + what;
      texts.push_back(box);
      told.push_back(element.text);
    }
    if (element.name == "rect" && element.group) {
      if (box.width < 0 || box.height < 0) return "turned inside out: " + what;
      for (const Box& other : bars)
        if (overlap(box, other, kSlack)) return "on another bar: " + what;
      bars.push_back(box);
    }
  }
  for (const Element& text : picture.all("text"))
    for (const Element& bar : picture.all("rect"))
      if (bar.group && text.group != bar.group && overlap(box_of(text), box_of(bar), 1)) return "on a bar: '" + text.text + "', " + bar.title;
  return {};
}

std::string written(long long value, int decimals, int shown, bool russian) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  while (static_cast<int>(digits.size()) <= decimals) digits.insert(0, "0");
  digits.insert(0, "0");  // for a carry
  while (decimals > shown) {
    const bool last = decimals == shown + 1;
    const bool up = last && digits.back() >= '5';
    digits.pop_back();
    --decimals;
    for (std::size_t i = digits.size(); up && i-- > 0;) {
      if (digits[i]++ != '9') break;
      digits[i] = '0';
    }
  }
  const bool zero = digits.find_first_not_of('0') == digits.npos;
  std::string out = decimals ? (russian ? "," : ".") + digits.substr(digits.size() - static_cast<std::size_t>(decimals)) : "";
  digits.erase(digits.size() - static_cast<std::size_t>(decimals));
  while (digits.size() > 1 && digits[0] == '0') digits.erase(0, 1);
  for (int count = 0; !digits.empty(); ++count) {
    if (count && count % 3 == 0) out.insert(0, russian ? "\u202F" : ",");
    out.insert(0, 1, digits.back());
    digits.pop_back();
  }
  return (value < 0 && !zero ? "−" : "") + out;
}

}  // namespace drawing
