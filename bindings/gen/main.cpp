// crm_gen write ROOT | check ROOT: what is generated and committed, written or compared. crm_gen table: the tables as JSON.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

#include "gen.hpp"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main(int count, char** arguments) {
  using namespace crm::gen;
  if (count == 2 && std::string_view(arguments[1]) == "table") {
    std::fputs(abi_table().c_str(), stdout);
    return 0;
  }
  const std::string_view command = count == 3 ? arguments[1] : "";
  if (command != "write" && command != "check") {
    std::fputs("usage: crm_gen write ROOT | check ROOT | table\n", stderr);
    return 2;
  }
  const std::string root = std::string(arguments[2]) + "/";
  std::vector<Output> outputs = {{"include/crm/crm.h", c_header()},
                                 {"capi/crm.map", version_script()},
                                 {"capi/symbols.txt", symbols()},
                                 {"tests/capi/arguments.c", argument_test()}};
  for (const auto& language : {python, typescript, lua, csharp, pascal_units}) {
    std::vector<Output> files = language();
    outputs.insert(outputs.end(), std::make_move_iterator(files.begin()), std::make_move_iterator(files.end()));
  }
  int differing = 0;
  for (const Output& output : outputs) {
    if (read(root + output.path) == output.text) continue;
    ++differing;
    if (command == "check") {
      std::fprintf(stderr, "%s is not what crm_gen prints: run crm_gen write\n", output.path.c_str());
    } else {
      std::ofstream(root + output.path, std::ios::binary) << output.text;
      std::printf("written %s\n", output.path.c_str());
    }
  }
  return command == "check" && differing ? 1 : 0;
}
