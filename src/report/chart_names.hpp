// Names of categories and stages in the lines they are written in.
#pragma once

#include <string>
#include <vector>

namespace crm::report {

/// A name in a line or two, the last one cut if it has to be.
using NameLines = std::vector<std::string>;

double widest(const NameLines& lines, double size);
double widest(const std::vector<NameLines>& names, double size);
std::size_t most_lines(const std::vector<NameLines>& names);
/// Whether nothing of `name` is left out.
bool is_whole(const NameLines& lines, const std::string& name);

/// In two lines at most, and if one name takes two, then all that are as long: "Авг / 2026" like "Сентябрь / 2026".
std::vector<NameLines> broken_alike(const std::vector<std::string>& names, double size, double room);

}  // namespace crm::report
