// Prints from the function table and the field tables: the C header, the export list, the test of bad arguments.
#pragma once

#include <string>
#include <vector>

namespace crm::gen {

struct Output {
  std::string path;  ///< below the root of the project
  std::string text;
};

std::string c_header();
std::string version_script();
std::string symbols();
std::string argument_test();

/// "Last name" as a constant: upper case, words joined by "_".
std::string upper(std::string_view name);
/// `text` in lines of at most `width`, each led by `lead`.
std::string wrapped(std::string_view text, std::string_view lead, std::size_t width = 110);

}  // namespace crm::gen
