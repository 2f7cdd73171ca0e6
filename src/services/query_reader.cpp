// Queries from JSON (E10).
#include <algorithm>
#include <boost/json.hpp>

#include "crm/base/text.hpp"
#include "crm/services/json_door.hpp"
#include "meta/json_value.hpp"
#include "query_conditions.hpp"
#include "sizes.hpp"

namespace json = boost::json;

namespace crm {

class QueryReader {
 public:
  QueryReader(PreparedQuery& out, Unit& unit, bool strict) : out_(out), unit_(unit), strict_(strict) {}

  void read(const JsonAt& document) {
    if (!document->is_object()) bad_query(document, "a query is an object");
    const json::object& object = document->get_object();
    static constexpr std::string_view kMembers[] = {"entity", "columns", "where", "order", "after", "limit", "offset"};
    for (const JsonMember& m : members_in(document))
      if (std::ranges::find(kMembers, m.name) == std::end(kMembers))
        refuse_at(m.value, Code::invalid_argument, {"query.bad", 0, 0, 0, shorten(m.name), "not a part of a query"});
    const JsonAt named = member_in(document, "entity");
    if (!named->is_string()) bad_query(named, "entity must be a text");
    const std::string_view name = named->get_string();
    entity_ = find_entity(name);
    if (!entity_) refuse_at(named, Code::invalid_argument, {"entity.unknown", 0, 0, 0, shorten(name), ""});
    out_.query_.entity = entity_->no;
    const auto member = [&](const char* of) -> std::optional<JsonAt> {
      const json::value* found = object.if_contains(of);
      return found ? std::optional(document.inside(*found)) : std::nullopt;
    };
    read_columns(member("columns"));
    if (const auto where = member("where"))
      Conditions(*out_.parts_, unit_, strict_).read(*entity_, *where, out_.query_.filter.emplace());
    read_order(member("order"), member("after"));
    if (const auto limit = member("limit")) out_.query_.limit = count(*limit, "limit");
    if (const auto offset = member("offset")) out_.query_.offset = count(*offset, "offset");
    check_size(unit_.limits(), out_.query_);
  }

 private:
  static std::int64_t count(const JsonAt& at, const char* name) {
    if (!at->is_int64()) bad_query(at, std::string(name) + " must be an integer");
    if (at->get_int64() < 0) bad_query(at, "limit and offset are not negative");
    return at->get_int64();
  }

  void add_column(std::string name, const JsonAt& at) {
    const Target target = resolve(*entity_, name, at);
    out_.query_.columns.push_back(target.path);
    out_.columns_.push_back({std::move(name), target.field});
  }

  void read_columns(const std::optional<JsonAt>& columns) {
    if (columns) {
      if (!(*columns)->is_array()) bad_query(*columns, "columns is an array of names");
      for (const JsonAt& c : elements_in(*columns)) {
        if (!c->is_string()) bad_query(c, "a column is a name");
        add_column(std::string(c->get_string()), c);
      }
      return;
    }
    out_.query_.columns = {kId, kVersion};
    out_.columns_ = {{"id", nullptr}, {"version", nullptr}};
    for (const FieldInfo& f : entity_->fields) {
      out_.query_.columns.emplace_back(f.no);
      out_.columns_.push_back({f.name, &f});
    }
  }

  void read_order(const std::optional<JsonAt>& order, const std::optional<JsonAt>& after) {
    std::vector<Target> targets;
    if (order) {
      if (!(*order)->is_array()) bad_query(*order, "order is an array of names");
      for (const JsonAt& o : elements_in(*order)) {
        if (!o->is_string()) bad_query(o, "an order is a name, with \"-\" before it for descending");
        std::string_view name = o->get_string();
        const bool descending = name.starts_with('-');
        if (descending) name.remove_prefix(1);
        targets.push_back(resolve(*entity_, name, o));
        out_.query_.order.push_back({targets.back().path, descending});
      }
    }
    if (!after || (*after)->is_null()) return;
    targets.push_back({{kId}, entity_, nullptr});
    if (!(*after)->is_array() || (*after)->get_array().size() != targets.size())
      bad_query(*after, "after holds the values of order and the id of the last row");
    const auto values = elements_in(*after);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      Given given = out_.parts_->read(values[i], targets[i].wanted(true), strict_);
      if (given.slot != Given::kValue) out_.parts_->after.emplace_back(i, given.slot);
      out_.query_.after.push_back(std::move(given.value));
    }
  }

  PreparedQuery& out_;
  Unit& unit_;
  const bool strict_;
  const EntityInfo* entity_ = nullptr;
};

namespace {

/// Whether the condition is one of a filter that who asks has saved: it may be of a time that passed over what it did not understand.
bool is_saved(Unit& unit, std::string_view entity, const json::value& where) {
  Filter his = unit.actor ? where::eq(SavedFilter::kUser, unit.actor.value) : where::all({});
  for (const SavedFilter& saved : unit.list<SavedFilter>(std::move(his))) {
    json::error_code broken;
    const json::value document = json::parse(saved.query, broken);
    const json::object* query = broken ? nullptr : document.if_object();
    const json::value* of = query ? query->if_contains("entity") : nullptr;
    const json::value* condition = query ? query->if_contains("where") : nullptr;
    if (of && condition && of->is_string() && of->get_string() == entity && *condition == where) return true;
  }
  return false;
}

/// Runs `read(strict)`: strictly, unless the condition was saved when that was not asked.
template <class Read>
void read_as_saved(Unit& unit, std::string_view entity, const json::value* where, Read&& read) {
  try {
    read(true);
  } catch (const Error& error) {
    if (!error.is_refusal() || !where || !is_saved(unit, entity, *where)) throw;
    read(false);
  }
}

const json::value* member_of(const json::value& document, const char* name) {
  const json::object* object = document.if_object();
  return object ? object->if_contains(name) : nullptr;
}

}  // namespace

PreparedQuery::PreparedQuery(Crm& crm, std::string_view text) : PreparedQuery() {
  const json::value document = parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
  const json::value* const entity = member_of(document, "entity");
  const std::string_view name = entity && entity->is_string() ? std::string_view(entity->get_string()) : std::string_view();
  reading(*crm.state_, [&](Unit& unit) {
    read_as_saved(unit, name, member_of(document, "where"), [&](bool strict) {
      query_ = {};
      columns_.clear();
      *parts_ = {};
      QueryReader(*this, unit, strict).read(JsonAt(document));
    });
  });
  query_.by_user = true;
}

Filter PreparedQuery::condition(Crm& crm, EntityNo entity, std::string_view text) {
  const json::value document = parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
  const EntityInfo& info = entity_info(entity);
  Filter filter;
  reading(*crm.state_, [&](Unit& unit) {
    read_as_saved(unit, info.name, &document, [&](bool strict) {
      filter = {};
      QueryParts parts;
      Conditions(parts, unit, strict).read(info, JsonAt(document), filter);
      if (!parts.slots.empty()) bad_query(JsonAt(document), "parameters are for prepared queries");
    });
  });
  filter.by_user = true;
  check_size(crm.limits(), filter);
  return filter;
}

void check_query(Unit& unit, std::string_view text) {
  const json::value document = parse_json(text, std::min(unit.limits().nesting, Limits::kDeepest));
  PreparedQuery query;
  QueryReader(query, unit, true).read(JsonAt(document));
}

}  // namespace crm
