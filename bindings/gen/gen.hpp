// Prints from the tables of the C ABI and of the fields: the C header, the export list, the test of bad arguments, the bindings.
#pragma once

#include <string>
#include <vector>

namespace crm::gen {

struct Output {
  std::string path;  ///< below the root of the project
  std::string text;
};

std::string c_header();
/// The types and functions of crm.h without macros and comments.
std::string c_declarations();
/// The tables of the C ABI as JSON, for those who compare them with crm.h.
std::string abi_table();
std::string version_script();
std::string symbols();
std::string argument_test();

std::vector<Output> python();
std::vector<Output> typescript();
std::vector<Output> lua();
std::vector<Output> csharp();
std::vector<Output> pascal_units();

}  // namespace crm::gen
