#include "chart_names.hpp"

#include <algorithm>

#include "markup.hpp"

namespace crm::report {

double widest(const NameLines& lines, double size) {
  double width = 0;
  for (const std::string& line : lines) width = std::max(width, text_width(line, size, false));
  return width;
}

double widest(const std::vector<NameLines>& names, double size) {
  double width = 0;
  for (const NameLines& lines : names) width = std::max(width, widest(lines, size));
  return width;
}

std::size_t most_lines(const std::vector<NameLines>& names) {
  std::size_t most = 1;
  for (const NameLines& lines : names) most = std::max(most, lines.size());
  return most;
}

bool is_whole(const NameLines& lines, const std::string& name) {
  return (lines.size() > 1 ? lines[0] + " " + lines[1] : lines[0]) == name;
}

std::vector<NameLines> broken_alike(const std::vector<std::string>& names, double size, double room) {
  std::vector<NameLines> out;
  double broken = 0;  // width of the widest name that takes two
  for (const std::string& name : names) {
    out.push_back(wrapped(name, size, false, room, 2));
    if (out.back().size() > 1) broken = std::max(broken, widest(out.back(), size));
  }
  for (std::size_t i = 0; broken > 0 && i < names.size(); ++i)
    if (const NameLines lines = wrapped(names[i], size, false, broken, 2); is_whole(lines, names[i])) out[i] = lines;
  return out;
}

}  // namespace crm::report
