#include "crm/base/error.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

namespace {

using crm::Code;
using crm::Error;
using crm::Language;
using crm::Violation;

Violation broken(std::string rule, std::string value, std::string detail = "") {
  Violation violation;
  violation.rule = std::move(rule);
  violation.value = std::move(value);
  violation.detail = std::move(detail);
  return violation;
}

TEST_CASE("every code has a name of its own") {
  std::set<std::string_view> names;
  for (std::int32_t code = 0; code <= 16; ++code) names.insert(crm::name(static_cast<Code>(code)));

  CHECK(names.size() == 17);
  CHECK(names.count("unknown") == 0);
  CHECK(crm::name(Code::invalid_argument) == "invalid_argument");
  CHECK(crm::name(Code::out_of_memory) == "out_of_memory");
  CHECK(crm::name(static_cast<Code>(99)) == "unknown");
}

TEST_CASE("a violation is told with its value and detail in both languages") {
  const auto violation = broken("C2.account_key", "40702810900000000001", "044525225");

  CHECK(crm::describe(violation) ==
        "account '40702810900000000001' does not fit БИК '044525225': compare both with the document");
  CHECK(crm::describe(violation, Language::russian) ==
        "счёт «40702810900000000001» не подходит к БИК «044525225»: сверьте оба с документом");
}

TEST_CASE("a value that looks like a placeholder stays as typed") {
  CHECK(crm::describe(broken("C6.single", "{detail}{value}", "цвет")) ==
        "characteristic 'цвет' holds one value: leave '{detail}{value}' out");
  CHECK(crm::describe(broken("C6.single", "x", "{value")) == "characteristic '{value' holds one value: leave 'x' out");
}

TEST_CASE("a rule without a text is shown by its id") {
  CHECK(crm::describe(broken("Z99.unheard_of", "x")) == "Z99.unheard_of");
  CHECK(crm::describe(broken("", "x")).empty());
  CHECK(crm::describe(broken("zzz", "x"), Language::russian) == "zzz");
}

TEST_CASE("an error tells all its violations in one message") {
  const Error error(Code::invalid_argument, {broken("unique.taken", "7"), broken("C2.bik_form", "12")});

  CHECK(error.code() == Code::invalid_argument);
  CHECK(error.message() == "value '7' is taken: give another one; БИК '12' has a wrong form: 9 digits are needed");
  CHECK(std::string_view(error.what()) == error.message());
  CHECK(error.violations().size() == 2);
  CHECK(error.refused_by("C2.bik_form"));
  CHECK_FALSE(error.refused_by("C2.bik"));
}

TEST_CASE("an error with no violations is told by its code") {
  CHECK(Error(Code::denied, std::vector<Violation>{}).message() == "denied");
  CHECK(Error(Code::host, "geocoder is away").message() == "geocoder is away");
}

TEST_CASE("nothing is thrown where nothing is broken") {
  CHECK_NOTHROW(crm::refuse_if_any(Code::refused, {}));
  CHECK_THROWS_AS(crm::refuse_if_any(Code::refused, {broken("E7.closed", "1", "held")}), Error);
}

}  // namespace
