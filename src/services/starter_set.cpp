// X11: a ready set for an empty base.
#include <map>
#include <vector>

#include "access.hpp"
#include "completeness.hpp"
#include "crm/rules/calendar_theme.hpp"
#include "crm/rules/notice_text.hpp"
#include "unit.hpp"

namespace crm {
namespace {

struct Named {
  const char* ru;
  const char* en;
};

struct OutcomeOf {
  const char* code;
  Named name;
  Outcome::Kind kind;
};

constexpr OutcomeOf kOutcomes[] = {
    {"agreed", {"договорились", "agreed"}, Outcome::Kind::success},
    {"thinking", {"думает", "thinking it over"}, Outcome::Kind::neutral},
    {"no_answer", {"не состоялся разговор", "no answer"}, Outcome::Kind::neutral},
    {"refused", {"отказ", "refused"}, Outcome::Kind::refusal},
};

struct TypeOf {
  const char* code;
  Named name;
  std::int32_t minutes;
  bool no_company, product, contact, result, verified;
  std::vector<std::int32_t> reminders;
};

std::vector<TypeOf> types() {
  return {
      {"call", {"звонок", "call"}, 15, false, false, false, true, false, {15}},
      {"meeting", {"встреча", "meeting"}, 60, false, false, true, true, true, {60, 24 * 60}},
      {"presentation", {"презентация", "presentation"}, 90, false, true, true, true, true, {60, 24 * 60}},
      {"sale", {"продажа", "sale"}, 60, false, true, false, true, true, {60}},
      {"shipment_control", {"контроль отгрузки", "shipment control"}, 30, false, false, false, false, false, {60}},
      {"task", {"задача", "task"}, 30, true, false, false, false, false, {60}},
  };
}

struct RoleOf {
  const char* code;
  Named name;
  Role::Scope scope;
  bool may_write;
};

constexpr RoleOf kRoles[] = {
    {"manager", {"менеджер", "manager"}, Role::Scope::own, false},
    {"supervisor", {"руководитель", "supervisor"}, Role::Scope::subordinates, false},
    {"head_of_department", {"начальник отдела", "head of department"}, Role::Scope::department, true},
    {"director", {"директор", "director"}, Role::Scope::all, true},
    {"analyst", {"аналитик", "analyst"}, Role::Scope::all, false},
};

struct CriterionOf {
  Criterion::Subject subject;
  std::int32_t weight;
};

constexpr CriterionOf kCriteria[] = {
    {Criterion::Subject::phone, 20},          {Criterion::Subject::email, 10},
    {Criterion::Subject::legal_entity_with_inn, 20}, {Criterion::Subject::sphere, 15},
    {Criterion::Subject::current_manager, 15}, {Criterion::Subject::employee_with_phone, 10},
    {Criterion::Subject::address_on_map, 10},
};

struct StepOf {
  Escalation::Trigger trigger;
  std::int32_t hours, level;
  bool raises;
};

constexpr StepOf kSteps[] = {
    {Escalation::Trigger::overdue, 0, 0, false},     {Escalation::Trigger::overdue, 4, 1, false},
    {Escalation::Trigger::overdue, 18, 2, true},     {Escalation::Trigger::unverified, 18, 1, false},
    {Escalation::Trigger::unverified, 45, 2, false},
};

struct StageOf {
  const char* code;
  Named name;
  std::string_view type;           ///< of the held events that enter
  std::string_view document_kind;  ///< ... and of posted documents
};

constexpr StageOf kStages[] = {
    {"call", {"звонок", "call"}, "call", ""},
    {"meeting", {"встреча", "meeting"}, "meeting", ""},
    {"offer", {"предложение", "offer"}, "presentation", ""},
    {"sale", {"продажа", "sale"}, "sale", "shipment"},
};

constexpr Named kDocumentKinds[] = {{"счёт", "invoice"}, {"отгрузка", "shipment"}, {"поступление денежных средств", "payment"}};

/// What was made, by its code.
template <class E>
using ByCode = std::map<std::string_view, IdOf<E>>;

ByCode<EventType> add_types(Unit& unit) {
  ByCode<EventType> made;
  for (const TypeOf& given : types()) {
    EventType type;
    type.code = given.code;
    type.name_ru = given.name.ru;
    type.name_en = given.name.en;
    type.default_minutes = given.minutes;
    type.no_company = given.no_company;
    type.product_required = given.product;
    type.contact_required = given.contact;
    type.result_required = given.result;
    type.verified = given.verified;
    unit.insert(type);
    made.emplace(given.code, type.id);
    for (const OutcomeOf& one : kOutcomes) {
      Outcome outcome{{}, 0, type.id, one.code, one.name.ru, one.name.en, one.kind};
      unit.insert(outcome);
    }
    for (std::int32_t minutes : given.reminders) {
      Reminder reminder{{}, 0, type.id, {}, minutes};
      unit.insert(reminder);
    }
  }
  return made;
}

void add_people_and_policies(Unit& unit, bool russian) {
  for (const RoleOf& given : kRoles) {
    Role role;
    role.code = given.code;
    role.name_ru = given.name.ru;
    role.name_en = given.name.en;
    role.scope = given.scope;
    role.may_write = given.may_write;
    unit.insert(role);
  }
  for (const StepOf& given : kSteps) {
    EscalationStep step;
    step.trigger = given.trigger;
    step.delay_minutes = given.hours * 60;
    step.level = given.level;
    step.raises = given.raises;
    unit.insert(step);
  }
  Profile profile;
  profile.name = russian ? "Полная карточка" : "Full card";
  profile.threshold = 60;
  unit.insert(profile);
  for (const CriterionOf& given : kCriteria) {
    Criterion criterion;
    criterion.profile = profile.id;
    criterion.subject = given.subject;
    criterion.weight = given.weight;
    unit.insert(criterion);
  }
}

void add_texts_and_looks(Unit& unit) {
  const EnumInfo& kinds = *entity_info(NoticeText::kEntity).at(NoticeText::kKind).values;
  for (const EnumValue& value : kinds.values) {
    NoticeText text;
    text.kind = static_cast<Notice::Kind>(value.number);
    text.text_ru = notice_template(text.kind, Language::russian);
    text.text_en = notice_template(text.kind, Language::english);
    unit.insert(text);
  }
  CalendarTheme theme = standard_theme();
  unit.insert(theme);
  for (CalendarStyle style : standard_styles()) {
    style.theme = theme.id;
    unit.insert(style);
  }
}

ByCode<HostDocumentKind> add_document_kinds(Unit& unit) {
  ByCode<HostDocumentKind> made;
  for (const Named& name : kDocumentKinds) {
    HostDocumentKind kind{{}, 0, name.en, name.ru, name.en};
    unit.insert(kind);
    made.emplace(name.en, kind.id);
  }
  return made;
}

void add_funnel(Unit& unit, const ByCode<EventType>& event_types, const ByCode<HostDocumentKind>& document_kinds) {
  Funnel funnel;
  funnel.code = "sales";
  funnel.name_ru = "воронка продаж";
  funnel.name_en = "sales funnel";
  unit.insert(funnel);
  std::int32_t place = 0;
  for (const StageOf& given : kStages) {
    FunnelStage stage{{}, 0, funnel.id, ++place, given.code, given.name.ru, given.name.en};
    unit.insert(stage);
    FunnelRule held;
    held.funnel = funnel.id;
    held.stage = stage.id;
    held.type = event_types.at(given.type);
    unit.insert(held);
    if (given.document_kind.empty()) continue;
    FunnelRule posted;
    posted.funnel = funnel.id;
    posted.stage = stage.id;
    posted.document_kind = document_kinds.at(given.document_kind);
    unit.insert(posted);
  }
}

}  // namespace

void Crm::fill_starter_set(Language language) {
  writing(*state_, [&](Unit& unit) {
    unit.access().check_administrator("administrator");
    for (EntityNo entity : {EventType::kEntity, Role::kEntity, Profile::kEntity, EscalationStep::kEntity, NoticeText::kEntity,
                            HostDocumentKind::kEntity, CalendarTheme::kEntity, Funnel::kEntity}) {
      Query any;
      any.limit = 1;
      if (!unit.rows(entity, any).empty())
        refuse(Code::refused, {"X11.not_empty", entity, 0, 0, "", entity_info(entity).name});
    }
    const auto event_types = add_types(unit);
    add_people_and_policies(unit, language == Language::russian);
    add_texts_and_looks(unit);
    add_funnel(unit, event_types, add_document_kinds(unit));
    outdate_scores(unit);
  });
}

}  // namespace crm
