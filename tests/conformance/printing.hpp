// How doctest shows values, rows, log lines and lists of them.
#pragma once

#include <doctest/doctest.h>

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "crm/store/store.hpp"

namespace crm::conformance {

void print(std::ostream& out, std::int64_t v);
void print(std::ostream& out, const std::string& v);
void print(std::ostream& out, const Value& v);
void print(std::ostream& out, const Row& v);
void print(std::ostream& out, const LogLine& v);

template <class T>
void print(std::ostream& out, const std::vector<T>& list) {
  out << "[";
  const char* comma = "";
  for (const T& item : list) {
    out << comma;
    print(out, item);
    comma = ", ";
  }
  out << "]";
}

template <class T>
std::string shown(const T& v) {
  std::ostringstream out;
  print(out, v);
  return out.str();
}

}  // namespace crm::conformance

namespace doctest {

template <class T>
struct StringMaker<std::vector<T>> {
  static String convert(const std::vector<T>& v) { return crm::conformance::shown(v).c_str(); }
};
template <>
struct StringMaker<crm::Value> {
  static String convert(const crm::Value& v) { return crm::conformance::shown(v).c_str(); }
};
template <>
struct StringMaker<crm::Row> {
  static String convert(const crm::Row& v) { return crm::conformance::shown(v).c_str(); }
};
template <>
struct StringMaker<crm::Table> {
  static String convert(const crm::Table& v) { return crm::conformance::shown(v.rows).c_str(); }
};
template <>
struct StringMaker<crm::LogLine> {
  static String convert(const crm::LogLine& v) { return crm::conformance::shown(v).c_str(); }
};

}  // namespace doctest
