// A random base of every entity, for tests that walk the field tables.
#pragma once

#include <map>
#include <random>
#include <set>

#include "fixture.hpp"

namespace crm::test {

inline constexpr int kRowsOfEach = 4;
inline constexpr Id kPeople = 6;

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  std::int64_t of(std::int64_t n) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n)); }
  template <class List>
  auto one_of(const List& list) {
    return *std::next(list.begin(), of(std::ssize(list)));
  }

 private:
  std::mt19937 random_;
};

/// A few rows of every entity, written past the services: all fields filled but some references.
class Base {
 public:
  Base(const std::string& store, unsigned seed) : db(crm::open(store)), chance(seed) {
    db.host().clock = [] { return at("2026-03-02T02:00:00Z"); };
    auto session = db.store().write({0, db.now()});
    rows[Organisation::kEntity][1] = *session->find(Organisation::kEntity, 1);
    std::set<EntityNo> done{Organisation::kEntity};
    while (done.size() < entities().size()) {
      const auto before = done.size();
      for (const EntityInfo* info : entities())
        if (!done.contains(info->no) && leads_to_those(*info, done)) add_rows(*session, *info), done.insert(info->no);
      REQUIRE(done.size() > before);
    }
    session->commit();
  }

  Crm db;
  Chance chance;
  std::map<EntityNo, std::map<Id, Row>> rows;

  [[nodiscard]] Value raw(EntityNo entity, Id id, FieldNo field) const {
    if (field == kId) return Value(id);
    return rows.at(entity).at(id).values[static_cast<std::size_t>(entity_info(entity).position(field))];
  }
  [[nodiscard]] Id leads_to(EntityNo entity, Id id, FieldNo reference) const { return to_cell(raw(entity, id, reference)).as_integer(); }

  Id any_id(EntityNo entity) { return rows[entity].empty() ? 0 : chance.one_of(rows[entity]).first; }

  /// What a reference of `owner` may lead to; with the entity before it, where that may be any.
  std::vector<EntityNo> targets(const FieldInfo& field) const {
    if (field.kind == Kind::any_reference) return {Company::kEntity, Employee::kEntity, Event::kEntity, User::kEntity, Product::kEntity};
    return {field.refers};
  }

 private:
  static bool leads_to_those(const EntityInfo& info, const std::set<EntityNo>& done) {
    return std::ranges::all_of(info.fields, [&](const FieldInfo& f) {
      if (f.kind == Kind::any_reference)
        return done.contains(Company::kEntity) && done.contains(Employee::kEntity) && done.contains(Event::kEntity) &&
               done.contains(User::kEntity) && done.contains(Product::kEntity);
      return f.kind != Kind::reference || f.refers == info.no || done.contains(f.refers);
    });
  }

  void add_rows(Session& session, const EntityInfo& info) {
    const auto count = info.no == User::kEntity ? kPeople : kRowsOfEach;
    for (int n = 0; n < count; ++n) {
      Row row{session.reserve(info.no), 0, {}};
      for (std::size_t i = 0; i < info.fields.size(); ++i) row.values.push_back(value_for(info, i, row));
      std::vector<Cell> cells;
      for (const Value& value : row.values) cells.push_back(to_cell(value));
      Change change{Do::insert, info.no, row.id, 0, {}, cells};
      try {
        session.apply({&change, 1});
      } catch (const Error& error) {
        REQUIRE(error.code() == Code::already_exists);  // the same pair twice
        continue;
      }
      row.version = change.version;
      rows[info.no][row.id] = std::move(row);
    }
  }

  Value value_for(const EntityInfo& info, std::size_t place, const Row& row) {
    const FieldInfo& field = info.fields[place];
    if (info.no == User::kEntity) {  // all of them work here, and none sees everything by himself
      if (field.no == User::kHired || field.no == User::kDismissed) return {};
      if (field.no == User::kAdministrator) return Value(Id{0});
    }
    if (info.no == Company::kEntity && field.no == Company::kScoreValidUntil) return Value(to_number(day("2030-01-01")));  // or a reader counts it anew
    switch (field.kind) {
      case Kind::text: return std::string(info.name) + std::to_string(row.id) + "." + field.name;
      case Kind::currency: return std::string("RUB");
      case Kind::boolean: return Value(chance.of(4) == 0 ? Id{1} : Id{0});
      case Kind::integer: return Value(1 + chance.of(5));
      case Kind::real: return 0.5 + static_cast<double>(chance.of(90));
      case Kind::decimal:
      case Kind::money: return Value(chance.of(1'000'000));
      case Kind::date: return Value(to_number(day("2026-03-02")) - 300 + chance.of(600));
      case Kind::instant: return Value(to_number(at("2026-03-02T02:00:00Z")) - chance.of(9'000'000'000'000) + 4'500'000'000'000);
      case Kind::enumeration: return Value(Id{chance.one_of(field.values->values).number});
      case Kind::entity: {
        const bool is_of_any = place + 1 < info.fields.size() && info.fields[place + 1].kind == Kind::any_reference;
        return Value(Id{is_of_any ? chance.one_of(targets(info.fields[place + 1])) : Company::kEntity});
      }
      case Kind::any_reference: return Value(any_id(static_cast<EntityNo>(to_cell(row.values[place - 1]).as_integer())));
      case Kind::reference: {
        const Id id = any_id(field.refers);
        const bool is_filled = field.has(kRequired) || field.refers == User::kEntity || chance.of(4) != 0;
        return id && is_filled ? Value(id) : Value();
      }
    }
    return {};
  }
};

}  // namespace crm::test
