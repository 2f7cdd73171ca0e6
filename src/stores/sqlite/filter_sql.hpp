// Filters as SQL: their text, their values in the order of the text, their shape.
#pragma once

#include <map>
#include <span>
#include <string>

#include "connection.hpp"

namespace crm::sqlite {

/// Null for id and version, and for what the entity has not.
const FieldDef* field_of(const EntityDef& entity, FieldNo no);

/// The text that a condition compares with; empty if it is none.
const std::string& text_value(const Filter& filter);

/// Name of the trigram index of a searched field.
std::string search_table(const EntityDef& entity, const FieldDef& field);
/// Whether the trigram index of the entity can answer a condition on a part of a text.
bool by_trigrams(const EntityDef& entity, const Filter& filter);
/// The index asked for what a condition that `by_trigrams` is about may match, to stand after FROM.
std::string found_by_trigrams(const EntityDef& entity, const Filter& filter);
/// Whether the text in `column` has the part that the condition compares with, byte by byte.
std::string has_part(const std::string& column, const Filter& filter);

/// "(a) AND (b)". Many are joined by halves: SQLite takes an expression of a certain depth only.
std::string joined(std::span<const std::string> conditions, const char* by);

/// Names of the rows that a filter and columns speak of, inside one SELECT.
class Scope {
 public:
  Scope(const Schema& schema, EntityNo entity, std::string alias, int& next)
      : schema_(schema), entity_(schema.at(entity)), alias_(std::move(alias)), next_(next) {}

  /// "t0"."name", with the joins that lead there.
  std::string column(const Path& path);
  /// Rows behind that reference are read first, by `alias`; to be told before anything is asked of them.
  void read_first(FieldNo reference, const std::string& alias) {
    aliases_['/' + std::to_string(reference)] = alias;
    first_ = reference;
  }
  std::string condition(const Filter& filter);
  /// No index leads to the rows: conditions that must all hold only sift them. With `+` SQLite skips through no index for them, which it would do
  /// or not as the figures say.
  void sift() { sifts_ = either_ = true; }

  [[nodiscard]] const std::string& joins() const { return joins_; }
  [[nodiscard]] const EntityDef& entity() const { return entity_; }

 private:
  std::string own_condition(const Filter& filter);
  std::string any_of(const std::vector<Filter>& parts);
  [[nodiscard]] bool have_entries(const std::vector<Filter>& parts) const;
  std::string compared(const Path& path) { return (sifts_ && path.field != kId ? "+" : "") + column(path); }
  std::string joined(const std::vector<Filter>& parts, const char* by, const char* none);
  std::string in(const Filter& filter);
  std::string contains(const Filter& filter);
  std::string starts_with(const Filter& filter);
  std::string exists(const Filter& filter);

  const Schema& schema_;
  const EntityDef& entity_;
  std::string alias_;
  int& next_;
  std::map<std::string, std::string> aliases_;
  FieldNo first_ = 0;
  bool sifts_ = false;   // what is asked now
  bool either_ = false;  // parts of an `any` may each be found by an index of their own
  std::string joins_;
};

/// Binds values in the order in which the text asks for them.
class Binder {
 public:
  Binder(Statement& statement, const Schema& schema) : statement_(statement), schema_(schema) {}

  /// Texts and bytes are copied: a query is read during the call only, its statement is stepped later.
  void value(const Value& value);
  void number(std::int64_t value) { statement_.bind(++at_, value); }
  void filter(const Filter& f, const EntityDef& entity);
  /// For `found_by_trigrams`.
  void trigrams_of(const Filter& filter);
  /// For `has_part`.
  void part(const Filter& filter);

 private:
  Statement& statement_;
  const Schema& schema_;
  int at_ = 0;
};

/// What the text depends on, for the key of a statement.
void append(std::string& key, std::uint32_t number);
void append(std::string& key, const Path& path);
void append(std::string& key, const Filter& filter);

}  // namespace crm::sqlite
