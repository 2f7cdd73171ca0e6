// X5 over the field tables: in random bases of every entity, no reference shows what the record behind it does not, and nobody
// changes what was not his. A new entity or field is walked by itself.
#include <map>
#include <set>

#include "every_entity.hpp"
#include "house/rounds.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// One user at the doors.
class Asker {
 public:
  explicit Asker(Base& base) : base_(base), db_(base.db) {
    for (const auto& [entity, rows] : base.rows)
      for (const auto& [id, row] : rows)
        if (auto found = db_.find(entity, id)) records_.emplace(RecordRef{entity, id}, std::move(*found));
    for (const EntityInfo* info : entities()) lists_[info->no] = ids(info->no, {});
  }

  [[nodiscard]] const std::set<Id>& list(EntityNo entity) const { return lists_.at(entity); }
  [[nodiscard]] bool is_whole(RecordRef ref) const {
    const auto found = records_.find(ref);
    if (found == records_.end()) return false;
    const Row& raw = base_.rows.at(ref.entity).at(ref.id);
    for (std::size_t i = 0; i < raw.values.size(); ++i)
      if (!to_cell(raw.values[i]).is_null() && to_cell(found->second.row.values[i]).is_null()) return false;
    return true;
  }
  std::set<Id> ids(EntityNo entity, std::optional<Filter> filter, std::vector<Order> order = {}) {
    Query query;
    query.entity = entity;
    query.columns = {kId};
    query.filter = std::move(filter);
    query.order = std::move(order);
    std::set<Id> found;
    Rows rows = db_.select(query);
    while (const Cell* cells = rows.next()) found.insert(cells[0].integer);
    return found;
  }

  /// A list holds what the records' own door shows whole.
  void check_lists() {
    for (const auto& [entity, rows] : base_.rows) {
      CAPTURE(std::string(entity_info(entity).name));
      std::set<Id> whole;
      for (const auto& [id, row] : rows)
        if (is_whole({entity, id})) whole.insert(id);
      CHECK(list(entity) == whole);
    }
  }

  /// A row is seen with what it refers to, or by a rule of its own: those that are, are named here.
  void check_wholes(Id asker) {
    static const std::set<std::pair<EntityNo, FieldNo>> kByThemselves{
        {Assignment::kEntity, Assignment::kCompany},       {Event::kEntity, Event::kContact},
        {Notice::kEntity, Notice::kEvent},                 {Notice::kEntity, Notice::kCompany},
        {Notice::kEntity, Notice::kEscalation},            {EventDocument::kEntity, EventDocument::kDocument},
        {DocumentEffect::kEntity, DocumentEffect::kDocument}, {DocumentRule::kEntity, DocumentRule::kNode},
        {Profile::kEntity, Profile::kNode},                {ClassifierNode::kEntity, ClassifierNode::kParent}};
    static const std::pair<EntityNo, FieldNo> kOnesOwn[] = {{Notice::kEntity, Notice::kRecipient}, {Subscription::kEntity, Subscription::kUser},
                                                            {SavedFilter::kEntity, SavedFilter::kUser}};
    for (const EntityInfo* info : entities())
      for (std::size_t i = 0; i < info->fields.size(); ++i) {
        const FieldInfo& field = info->fields[i];
        if ((!field.refers && field.kind != Kind::any_reference) || kByThemselves.contains({info->no, field.no})) continue;
        CAPTURE(std::string(info->name));
        CAPTURE(std::string(field.name));
        for (Id id : list(info->no)) {
          const Id whole = base_.leads_to(info->no, id, field.no);
          const Id kind = field.refers ? field.refers : base_.leads_to(info->no, id, info->fields[i - 1].no);
          if (whole) CHECK(records_.contains({static_cast<EntityNo>(kind), whole}));
        }
      }
    for (const auto& [entity, field] : kOnesOwn)
      for (Id id : list(entity)) CHECK(base_.leads_to(entity, id, field) == asker);
  }

  /// All paths of one and of two references, each to one of the fields it leads to.
  void check_paths() {
    each_reference([&](const EntityInfo& from, const FieldInfo& reference) {
      const EntityInfo& target = entity_info(reference.refers);
      check_path(from, {reference.no}, field_of(target));
      for (const FieldInfo& next : target.fields)
        if (next.refers) check_path(from, {reference.no, next.no}, field_of(entity_info(next.refers)));
    });
  }

  /// Rows that are asked for by whether others lead to them.
  void check_links() {
    for (const EntityInfo* info : entities())
      for (std::size_t i = 0; i < info->fields.size(); ++i)
        if (info->fields[i].refers || info->fields[i].kind == Kind::any_reference) check_link(*info, i);
  }

 private:
  /// What a path tells of one row: its value, null as well where it may not be read.
  struct Told {
    Value value;
    bool is_hidden = false;
  };

  template <class Each>
  void each_reference(Each each) {
    for (const EntityInfo* info : entities())
      for (const FieldInfo& field : info->fields)
        if (field.refers) each(*info, field);
  }

  FieldNo field_of(const EntityInfo& info) {
    const auto place = base_.chance.of(std::ssize(info.fields) + 1);
    return place == std::ssize(info.fields) ? kId : info.fields[static_cast<std::size_t>(place)].no;
  }

  /// Definitions: whoever reads an event knows the names of its company and of its contact.
  static bool is_named(EntityNo from, FieldNo reference, FieldNo field) {
    if (from != Event::kEntity) return false;
    if (reference == Event::kCompany) return field == Company::kName || field == Company::kShortName;
    return reference == Event::kContact &&
           (field == Employee::kLastName || field == Employee::kFirstName || field == Employee::kMiddleName);
  }

  [[nodiscard]] bool is_shown(EntityNo from, FieldNo reference, RecordRef record, FieldNo field) const {
    if (field == kId || is_named(from, reference, field)) return true;
    const auto found = records_.find(record);
    return found != records_.end() && (!found->second.get(field).is_null() || to_cell(base_.raw(record.entity, record.id, field)).is_null());
  }

  [[nodiscard]] Told told(const EntityInfo& from, Id id, const std::vector<FieldNo>& references, FieldNo field) const {
    EntityNo at = from.no;
    for (std::size_t hop = 0; hop < references.size(); ++hop) {
      const Id next = base_.leads_to(at, id, references[hop]);
      if (!next) return {};
      const EntityNo target = entity_info(at).at(references[hop]).refers;
      if (!is_shown(at, references[hop], {target, next}, hop + 1 < references.size() ? references[hop + 1] : field)) return {{}, true};
      at = target;
      id = next;
    }
    return {base_.raw(at, id, field), false};
  }

  void check_path(const EntityInfo& from, const std::vector<FieldNo>& references, FieldNo field) {
    const EntityNo target = references.size() == 1 ? from.at(references[0]).refers
                                                   : entity_info(from.at(references[0]).refers).at(references[1]).refers;
    const Path path = references.size() == 1 ? Path{references[0], field} : Path{references[0], references[1], field};
    CAPTURE(std::string(from.name));
    CAPTURE(std::string(from.at(references[0]).name));
    CAPTURE(std::string(entity_info(target).name));
    CAPTURE(field);
    std::map<Id, Told> all;
    for (Id id : list(from.no)) all.emplace(id, told(from, id, references, field));
    switch (base_.chance.of(4)) {
      case 0: return check_column(from.no, path, all);
      case 1: return check_order(from.no, path, all);
      case 2: return check_groups(from.no, path, all);
      default: return check_conditions(from.no, path, target, all);
    }
  }

  static std::set<Id> shown_of(const std::map<Id, Told>& all) {
    std::set<Id> shown;
    for (const auto& [id, one] : all)
      if (!one.is_hidden) shown.insert(id);
    return shown;
  }

  void check_column(EntityNo from, const Path& path, const std::map<Id, Told>& all) {
    Query query;
    query.entity = from;
    query.columns = {kId, path};
    std::map<Id, Value> found, wanted;
    for (const auto& [id, one] : all)
      if (!one.is_hidden) wanted.emplace(id, one.value);
    Rows rows = db_.select(query);
    while (const Cell* cells = rows.next()) found.emplace(cells[0].integer, to_value(cells[1]));
    CHECK(found == wanted);
  }

  void check_order(EntityNo from, const Path& path, const std::map<Id, Told>& all) { CHECK(ids(from, {}, {{path}}) == shown_of(all)); }

  void check_groups(EntityNo from, const Path& path, const std::map<Id, Told>& all) {
    std::map<Value, std::int64_t> wanted, found;
    for (const auto& [id, one] : all)
      if (!one.is_hidden) ++wanted[one.value];
    Aggregate groups;
    groups.entity = from;
    groups.keys = {{path, {}}};
    groups.measures = {{Measure::Fn::count, {}}};
    for (const auto& row : db_.aggregate(groups).rows) found[row[0]] = to_cell(row[1]).as_integer();
    CHECK(found == wanted);
    groups.keys.clear();
    groups.measures = {{Measure::Fn::max, path}};
    wanted.erase(Value());
    CHECK(db_.aggregate(groups).rows.at(0).at(0) == (wanted.empty() ? Value() : wanted.rbegin()->first));
  }

  void check_conditions(EntityNo from, const Path& path, EntityNo target, const std::map<Id, Told>& all) {
    const Id some = base_.any_id(target);
    const Value value = some ? base_.raw(target, some, path.field) : Value();
    const auto check = [&](const Filter& filter, auto holds) {
      std::set<Id> wanted;
      for (const auto& [id, one] : all)
        if (holds(one.value)) wanted.insert(id);
      CHECK(ids(from, filter) == wanted);
      CHECK(ids(from, where::exists(from, kId, kId, {filter})) == wanted);
    };
    const auto is_null = [](const Value& v) { return v == Value(); };
    check(where::is_null(path), is_null);
    check(where::none({where::is_null(path)}), std::not_fn(is_null));
    if (is_null(value)) return;
    check(where::eq(path, value), [&](const Value& v) { return v == value; });
    check(where::ne(path, value), [&](const Value& v) { return v != value; });
    check(where::none({where::ge(path, value)}), [&](const Value& v) { return is_null(v) || v < value; });
  }

  void check_link(const EntityInfo& from, std::size_t place) {
    const FieldInfo& link = from.fields[place];
    for (const EntityNo target : base_.targets(link)) {
      CAPTURE(std::string(from.name));
      CAPTURE(std::string(link.name));
      CAPTURE(std::string(entity_info(target).name));
      const bool to_any = link.kind == Kind::any_reference;
      std::vector<Filter> conditions;
      if (to_any) conditions.push_back(where::eq(from.fields[place - 1].no, Id{target}));
      std::set<Id> wanted;
      for (Id id : list(from.no))
        if (!to_any || to_cell(base_.raw(from.no, id, from.fields[place - 1].no)).as_integer() == target)
          if (const Id leads_to = base_.leads_to(from.no, id, link.no); list(target).contains(leads_to)) wanted.insert(leads_to);
      CHECK(ids(target, where::exists(from.no, link.no, kId, std::move(conditions))) == wanted);
    }
  }

  Base& base_;
  Crm& db_;
  std::map<RecordRef, Record> records_;
  std::map<EntityNo, std::set<Id>> lists_;
};

/// The code and the rule by which a write is refused; "" if it is done. Nothing of it stays.
std::string tried(Crm& db, const std::function<void()>& write) {
  db.begin();
  Code code{};
  const std::string rule = refusal(write, &code);
  db.rollback();
  return rule.empty() ? "" : std::string(name(code)) + " " + rule;
}

std::string tried_save(Crm& db, Record record) {
  return tried(db, [&] { db.save(record); });
}

bool is_by_access(const std::string& refused) {
  return refused == "denied X5.right" || refused == "not_found record.not_found" || refused == "invalid_argument ref.missing";
}

/// Each reference of a row to something else, or to nothing.
void check_writes(Base& base, const Asker& asker) {
  for (const auto& [entity, rows] : base.rows)
    for (const auto& [id, row] : rows) {
      const EntityInfo& info = entity_info(entity);
      const Record before(info, row);
      CAPTURE(std::string(info.name));
      CAPTURE(id);
      const std::string as_it_is = tried_save(base.db, before);
      CAPTURE(as_it_is);
      // Not seen is not found, never denied.
      CHECK((as_it_is == "not_found record.not_found") == !asker.is_whole({entity, id}));
      const bool is_his = !is_by_access(as_it_is);
      if (!is_his) CHECK(is_by_access(tried(base.db, [&, entity = entity, id = id] { base.db.erase(entity, id, before.row.version); })));
      for (std::size_t i = 0; i < info.fields.size(); ++i) {
        const FieldInfo& field = info.fields[i];
        if (!field.refers && field.kind != Kind::any_reference) continue;
        CAPTURE(std::string(field.name));
        Record after = before;
        const EntityNo target = base.chance.one_of(base.targets(field));
        const Id other = field.has(kRequired) || base.chance.of(3) ? base.any_id(target) : 0;
        after.row.values[i] = other ? Value(other) : Value();
        if (field.kind == Kind::any_reference) after.row.values[i - 1] = Value(Id{target});
        const std::string moved = tried_save(base.db, after);
        CAPTURE(moved);
        if (!is_his) CHECK(is_by_access(moved));
        if (!moved.empty() || entity == Event::kEntity) continue;
        // As it will be he could have made it.
        after.row.id = 0;
        after.row.version = 0;
        CHECK(tried_save(base.db, after) != "denied X5.right");
      }
    }
}

void each_user(unsigned worlds, const std::function<void(Base&, Asker&)>& check) {
  for (unsigned seed = 1; seed <= worlds; ++seed) {
    CAPTURE(seed);
    Base base(stores()[seed % stores().size()], seed);
    for (Id user = 1; user <= kPeople; ++user) {
      CAPTURE(user);
      base.db.act_as(UserId{user});
      Asker asker(base);
      check(base, asker);
    }
  }
}

}  // namespace

TEST_CASE("no reference shows what the record behind it does not, of any entity, at any door") {
  std::set<EntityNo> seen;
  each_user(rounds(16, 2), [&](Base& base, Asker& asker) {
    asker.check_lists();
    asker.check_wholes(base.db.actor().value);
    asker.check_paths();
    asker.check_links();
    for (const auto& [entity, rows] : base.rows)
      if (!asker.list(entity).empty()) seen.insert(entity);
  });
  for (const EntityInfo* info : entities()) {
    CAPTURE(std::string(info->name));  // one that nobody sees is one of which Access::visible says nothing
    if (rounds(1, 0)) CHECK(seen.contains(info->no));
  }
}

TEST_CASE("nobody changes, moves, takes over or erases a record that was not his before, nor makes one that may not be his") {
  each_user(rounds(8, 1), [](Base& base, Asker& asker) { check_writes(base, asker); });
}
