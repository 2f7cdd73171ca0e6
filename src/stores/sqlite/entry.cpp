#include "entry.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "filter_sql.hpp"

namespace crm::sqlite {
namespace {

using Op = Filter::Op;

/// What is asked of a field.
struct Asked {
  bool one = false;     // it is a given value
  bool some = false;    // ... or one of several
  bool range = false;
  bool filled = false;  // it is not null, as SQLite sees it
};
using AskedOf = std::map<FieldNo, Asked>;

AskedOf asked_of(std::span<const Filter* const> conditions) {
  AskedOf asked;
  for (const Filter* condition : conditions) {
    if (condition->path.via[0]) continue;
    Asked& field = asked[condition->path.field];
    switch (condition->op) {
      case Op::eq: field.one = field.filled = true; break;
      case Op::in:
        if (!condition->values.empty()) field.some = field.filled = true;
        break;
      case Op::is_null: field.one = true; break;
      case Op::not_null: field.filled = true; break;
      case Op::starts_with:
        if (text_value(*condition).empty()) break;
        [[fallthrough]];
      case Op::lt:
      case Op::le:
      case Op::gt:
      case Op::ge: field.range = field.filled = true; break;
      case Op::all:
      case Op::any:
      case Op::none:
      case Op::ne:
      case Op::contains:
      case Op::exists: break;
    }
  }
  return asked;
}

/// A code of few values finds few rows only together with something else.
bool is_code(const EntityDef& entity, FieldNo no) {
  const FieldDef* const field = field_of(entity, no);
  return field && field->meaning == Meaning::code;
}

bool is_partial(const EntityDef& entity, const IndexDef& index, FieldNo no) {
  const FieldDef* const field = field_of(entity, no);
  return index.filled_only && field && !field->required;
}

/// How well an index answers, the better the greater: all of a unique one, values, a range, the order, any condition at all. Nothing: not at all.
using Worth = std::tuple<bool, std::size_t, bool, bool>;

std::optional<Worth> worth_of(const EntityDef& entity, const IndexDef& index, const AskedOf& asked, std::span<const Order> page, FieldNo link) {
  const auto of = [&](FieldNo no) {
    const auto found = asked.find(no);
    return found == asked.end() ? Asked{} : found->second;
  };
  for (const FieldNo no : index.fields)
    if (is_partial(entity, index, no) && !of(no).filled) return {};
  std::size_t given = 0, few = 0;
  bool in_order = true, linked = false;
  for (; given < index.fields.size() && (of(index.fields[given]).one || of(index.fields[given]).some); ++given) {
    const FieldNo no = index.fields[given];
    few += !is_code(entity, no);
    in_order = in_order && of(no).one;
    linked = linked || no == link;
  }
  if (link && !linked) return {};
  const bool whole = given == index.fields.size();
  const bool range = !whole && of(index.fields[given]).range;
  const bool ordered = in_order && !whole && !page.empty() && page[0].path == Path(index.fields[given]);
  if (!given && !range && !ordered) return {};
  return Worth{index.unique && whole, few, range, ordered};
}

struct Best {
  std::size_t index;
  Worth worth;
};

std::optional<Best> best_of(const EntityDef& entity, const AskedOf& asked, std::span<const Order> page, FieldNo link = 0) {
  std::optional<Best> best;
  for (std::size_t i = 0; i < entity.indexes.size(); ++i) {
    const auto worth = worth_of(entity, entity.indexes[i], asked, page, link);
    if (worth && (!best || *worth > best->worth)) best = Best{i, *worth};
  }
  return best;
}

/// The index of `entity` that begins with the field, if rows with one value of it are few.
std::optional<std::size_t> index_led_by(const EntityDef& entity, FieldNo no) {
  if (is_code(entity, no)) return {};
  AskedOf asked;
  asked[no].one = asked[no].filled = true;
  const auto best = best_of(entity, asked, {});
  return best ? std::optional(best->index) : std::nullopt;
}

std::optional<Entry> from_afar(const Schema& schema, const EntityDef& entity, std::span<const Filter* const> conditions) {
  for (const Filter* condition : conditions) {
    const Path& path = condition->path;
    if ((condition->op != Op::eq && condition->op != Op::in) || condition->values.empty() || !path.via[0] || path.via[1]) continue;
    const FieldDef* const reference = field_of(entity, path.via[0]);
    if (!reference || !reference->refers) continue;
    const auto far_index = index_led_by(schema.at(reference->refers), path.field);
    const auto index = index_led_by(entity, path.via[0]);
    if (far_index && index) return Entry{index, false, condition, *far_index};
  }
  return {};
}

}  // namespace

std::string index_name(const EntityDef& entity, std::size_t number) {
  return quoted("ix_" + entity.table_name() + "_" + std::to_string(number));
}

std::string Entry::hint(const EntityDef& entity) const {
  if (by_id) return " NOT INDEXED";
  return index ? " INDEXED BY " + index_name(entity, *index) : std::string();
}

std::vector<const Filter*> conjunction(const Filter& filter) {
  if (filter.op != Op::all) return {&filter};
  std::vector<const Filter*> all;
  for (const Filter& part : filter.parts)
    for (const Filter* one : conjunction(part)) all.push_back(one);
  return all;
}

Entry entry_of(const Schema& schema, const EntityDef& entity, std::span<const Filter* const> conditions, std::span<const Order> page) {
  const AskedOf asked = asked_of(conditions);
  if (const auto id = asked.find(kId); id != asked.end() && (id->second.one || id->second.some)) return {{}, true};
  const auto best = best_of(entity, asked, page);
  if (!best || std::get<1>(best->worth) == 0)
    if (const auto entry = from_afar(schema, entity, conditions)) return *entry;
  if (best) return {best->index};
  const bool either = std::ranges::any_of(conditions, [](const Filter* condition) { return condition->op == Op::any; });
  return {{}, !either && !page.empty() && page[0].path == Path(kId)};
}

std::optional<Entry> entry_by(const EntityDef& entity, FieldNo link, std::span<const Filter* const> conditions) {
  if (link == kId) return Entry{{}, true};
  AskedOf asked = asked_of(conditions);
  asked[link].one = asked[link].filled = true;
  const auto best = best_of(entity, asked, {}, link);
  return best ? std::optional(Entry{best->index}) : std::nullopt;
}

}  // namespace crm::sqlite
