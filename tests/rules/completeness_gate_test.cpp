#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "crm/rules/completeness.hpp"

namespace {

using crm::Completeness;
using crm::Criterion;
using crm::GatePolicy;
using Status = crm::Company::Status;
using Subject = Criterion::Subject;

/// A card with a score; threshold 70; `hard` is the id of a hard criterion it lacks, 0: none.
Completeness card(Status status, int score, crm::Id hard = 0) {
  Completeness made;
  made.company = {5};
  made.status = status;
  made.score = score;
  made.threshold = 70;
  if (hard) {
    crm::Missing missing;
    missing.criterion.id = {hard};
    missing.criterion.subject = Subject::phone;
    missing.criterion.hard = true;
    missing.weight = {10, 1};
    missing.hard = true;
    made.missing.push_back(missing);
  }
  return made;
}

enum class Answer { pass, warn, refuse };

Answer answer(const crm::GateVerdict& verdict) {
  CHECK((verdict.violations.empty() || verdict.warnings.empty()));
  if (!verdict.allowed()) return Answer::refuse;
  return verdict.warnings.empty() ? Answer::pass : Answer::warn;
}

const std::optional<Completeness> kNew;
constexpr GatePolicy kOff{};
constexpr GatePolicy kOn{.on = true};
constexpr GatePolicy kStrict{.on = true, .strict = true};

TEST_CASE("the gate is off by default, and draft and archived cards pass it") {
  for (const auto& before : {kNew, std::optional(card(Status::active, 90)), std::optional(card(Status::draft, 10))}) {
    CHECK(answer(crm::gate(kOff, before, card(Status::active, 0, 1))) == Answer::pass);
    for (const GatePolicy& policy : {kOn, kStrict})
      for (const Status status : {Status::draft, Status::archived})
        CHECK(answer(crm::gate(policy, before, card(status, 0, 1))) == Answer::pass);
  }
}

TEST_CASE("the gate decides by how the card was and how it is") {
  struct Row {
    const char* what;
    std::optional<Completeness> before;
    Completeness after;
    Answer on, strict;
  };
  const auto active = [](int score, crm::Id hard = 0) { return card(Status::active, score, hard); };
  constexpr auto pass = Answer::pass;
  constexpr auto warn = Answer::warn;
  constexpr auto refuse = Answer::refuse;
  const Row rows[] = {
      {"new, full enough", kNew, active(70), pass, pass},
      {"new, below", kNew, active(69), refuse, refuse},
      {"new, hard missing", kNew, active(95, 1), refuse, refuse},
      {"activated, full enough", card(Status::draft, 20), active(70), pass, pass},
      {"activated, below as the draft was", card(Status::draft, 20), active(69), refuse, refuse},
      {"activated, hard missing as in the draft", card(Status::draft, 95, 1), active(95, 1), refuse, refuse},
      {"taken out of the archive, below", card(Status::archived, 20), active(20), refuse, refuse},
      {"active and full, stays so", active(90), active(70), pass, pass},
      {"active and full, falls below", active(90), active(69), refuse, refuse},
      {"active and full, a hard one lost", active(90), active(90, 1), refuse, refuse},
      {"already below, falls", active(50), active(49), refuse, refuse},
      {"already below, same score", active(50), active(50), warn, refuse},
      {"already below, rises", active(50), active(60), warn, refuse},
      {"already below, rises enough", active(50), active(70), pass, pass},
      {"already below, rises but a hard one lost", active(50), active(60, 1), refuse, refuse},
      {"already below, the same hard one missing", active(50, 1), active(50, 1), warn, refuse},
      {"already below, another hard one missing", active(50, 1), active(60, 2), refuse, refuse},
      {"below by the hard one alone, same", active(90, 1), active(90, 1), warn, refuse},
      {"below by the hard one alone, score falls above the threshold", active(90, 1), active(80, 1), refuse, refuse},
      {"below by the hard one alone, it is filled", active(90, 1), active(70), pass, pass},
      {"below by the hard one alone, it is filled but the score falls below", active(90, 1), active(60), refuse,
       refuse},
      {"score rises over the threshold, hard still missing", active(50, 1), active(80, 1), warn, refuse},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(answer(crm::gate(kOn, row.before, row.after)) == row.on);
    CHECK(answer(crm::gate(kStrict, row.before, row.after)) == row.strict);
  }
}

TEST_CASE("a full card moved to a stricter profile is not one that was already below") {
  auto before = card(Status::active, 50);
  before.threshold = 40;

  CHECK(answer(crm::gate(kOn, before, card(Status::active, 60))) == Answer::refuse);
}

TEST_CASE("a card already below may lose a criterion that is not hard, if its score does not fall") {
  auto after = card(Status::active, 50, 1);
  after.missing[0].hard = false;

  CHECK(answer(crm::gate(kOn, card(Status::active, 50), after)) == Answer::warn);
}

TEST_CASE("a refusal names the score, the hard criteria and all that is missing") {
  auto after = card(Status::active, 40, 3);
  crm::Missing soft;
  soft.criterion.id = {4};
  soft.criterion.subject = Subject::field;
  soft.criterion.field_no = crm::Company::kSource;
  soft.weight = {20, 3};
  soft.have = 1;
  soft.need = 3;
  after.missing.push_back(soft);

  const auto verdict = crm::gate(kOn, kNew, after);

  const auto violation = [](const char* rule, crm::FieldNo field, const char* value, const char* detail) {
    return crm::Violation{rule, crm::Company::kEntity, field, 5, value, detail};
  };
  CHECK(verdict.violations ==
        std::vector{violation("C11.below_threshold", 0, "40", "70"), violation("C11.hard", 0, "phone", "phone"),
                    violation("C11.criterion", 0, "phone", "10 (0/1)"),
                    violation("C11.criterion", crm::Company::kSource, "field.source", "20/3 (1/3)")});
  CHECK(verdict.refused_by("C11.hard"));
  CHECK_FALSE(verdict.refused_by("C11.still_incomplete"));
  CHECK(crm::gate(kOn, after, after).warnings == std::vector{violation("C11.still_incomplete", 0, "40", "70")});
}

Criterion about(Subject subject) {
  Criterion made;
  made.subject = subject;
  return made;
}

TEST_CASE("a warning tells of how many some are there") {
  auto below = card(Status::active, 40, 1);
  below.missing[0].criterion.subject = Subject::employee_with_phone;
  below.missing[0].have = 1;
  below.missing[0].need = 3;
  below.missing[0].hard = true;

  const auto verdict = crm::gate(kOn, kNew, below);

  const auto hard = std::ranges::find(verdict.violations, "C11.hard", &crm::Violation::rule);
  REQUIRE(hard != verdict.violations.end());
  CHECK(hard->detail == "employee_with_phone 1/3");
}

TEST_CASE("what to fill is told in both languages") {
  Criterion criterion = about(Subject::employee_with_phone);
  CHECK(crm::criterion_key(criterion) == "employee_with_phone");
  CHECK(crm::describe_missing(criterion, crm::Language::english) == "fill in: an employee with a phone");
  criterion.at_least = 3;
  CHECK(crm::describe_missing(criterion, crm::Language::english) == "fill in: employees with a phone, at least 3");
  CHECK(crm::describe_missing(criterion, crm::Language::russian) == "заполните: сотрудники с телефоном, не меньше 3");

  criterion.subject = Subject::field;
  criterion.field_no = crm::Company::kSource;
  CHECK(crm::criterion_key(criterion) == "field.source");
  CHECK(crm::describe_missing(criterion, crm::Language::russian) == "заполните: источник");
  CHECK(crm::describe_missing(criterion, crm::Language::english) == "fill in: source");
  criterion.field_no = 77;
  CHECK(crm::criterion_key(criterion) == "field.77");
  CHECK(crm::describe_missing(criterion, crm::Language::english) == "fill in: field 77");

  criterion.subject = Subject::characteristic;
  criterion.characteristic = {12};
  CHECK(crm::criterion_key(criterion) == "characteristic.12");
  CHECK(crm::describe_missing(criterion, crm::Language::russian) == "заполните: характеристика 12");
  CHECK(crm::describe_missing(criterion, crm::Language::russian, "Регион") == "заполните: Регион");
  CHECK(crm::describe_missing(about(Subject::phone), crm::Language::russian) == "заполните: телефон");
  CHECK(crm::criterion_key(about(static_cast<Subject>(99))) == "subject.99");
  CHECK(crm::describe_missing(about(static_cast<Subject>(99)), crm::Language::english) == "fill in: subject.99");
}

TEST_CASE("every subject has a key of its own") {
  std::set<std::string> keys;
  for (std::size_t s = 0; s < crm::kSubjects; ++s) keys.insert(crm::criterion_key(about(static_cast<Subject>(s))));
  CHECK(keys.size() == crm::kSubjects);
  CHECK(crm::criterion_key(about(Subject::document)) == "document");  // the last one
}

TEST_CASE("a card on the threshold is refused for what is hard alone, and a count names no field") {
  auto after = card(Status::active, 70, 3);
  after.missing[0].criterion.field_no = crm::Company::kSource;  // left over from when it was of a field
  after.missing[0].have = 1;
  after.missing[0].need = 2;

  const auto verdict = crm::gate(kOn, kNew, after);

  REQUIRE(verdict.violations.size() == 2);
  CHECK(verdict.violations[0] == crm::Violation{"C11.hard", crm::Company::kEntity, 0, 5, "phone", "phone 1/2"});
  CHECK(verdict.violations[1].rule == "C11.criterion");
}

TEST_CASE("the subject next to the last that is known is told by its number") {
  CHECK(crm::criterion_key(about(static_cast<Subject>(15))) == "subject.15");
  CHECK(crm::criterion_key(about(static_cast<Subject>(14))).find("subject") == std::string::npos);
}

TEST_CASE("two of something are told as two") {
  Criterion phones = about(Subject::phone);
  phones.at_least = 2;
  const std::string told = crm::describe_missing(phones, crm::Language::english, "");
  CHECK(told.ends_with(", at least 2"));
  phones.at_least = 1;
  CHECK(crm::describe_missing(phones, crm::Language::english, "").find("at least") == std::string::npos);
}

}  // namespace
