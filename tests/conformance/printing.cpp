#include "printing.hpp"

namespace crm::conformance {

void print(std::ostream& out, std::int64_t v) { out << v; }

void print(std::ostream& out, const std::string& v) { out << "'" << v << "'"; }

void print(std::ostream& out, const Value& v) {
  struct Show {
    std::ostream& out;
    void operator()(std::monostate) const { out << "null"; }
    void operator()(std::int64_t number) const { out << number; }
    void operator()(double number) const { out << number << "r"; }
    void operator()(const std::string& text) const { print(out, text); }
    void operator()(const Bytes& bytes) const { out << "bytes:" << bytes.data.size(); }
  };
  std::visit(Show{out}, v);
}

void print(std::ostream& out, const Row& v) {
  out << "#" << v.id << " v" << v.version << " ";
  print(out, v.values);
}

void print(std::ostream& out, const LogLine& v) {
  out << "{" << v.seq << " by " << v.stamp.actor << " op " << static_cast<int>(v.op) << " of " << v.entity << "#"
      << v.id << " x" << v.count << " after " << v.previous;
  for (const auto& [field, value] : v.old) {
    out << " " << field << "=";
    print(out, value);
  }
  out << "}";
}

}  // namespace crm::conformance
