// Rules of the organisation, staff, products and set-up data, asked at every save (C6, C10, C11, M1, M2, M6, P2, P3).
#include <algorithm>
#include <cctype>

#include "checks.hpp"
#include "crm/base/text.hpp"
#include "crm/rules/calendar_theme.hpp"
#include "crm/rules/matrix.hpp"
#include "matrices.hpp"

namespace crm {
namespace checks {
namespace {

void check_range(const Record& record, FieldNo field, std::int64_t low, std::int64_t high, const char* rule,
                 std::vector<Violation>& violations) {
  const std::int64_t value = record.get(field).as_integer();
  if (value < low || value > high)
    violations.push_back({rule, record.entity(), field, record.row.id, std::to_string(value),
                          std::to_string(low) + ".." + std::to_string(high)});
}

void check_applies(const Record& record, FieldNo field, std::initializer_list<EntityNo> allowed,
                   std::vector<Violation>& violations) {
  const Id entity = record.id_of(field);
  if (std::ranges::find(allowed, entity) != allowed.end()) return;
  std::string names;
  for (EntityNo e : allowed) names += (names.empty() ? "" : ", ") + std::string(entity_info(e).name);
  violations.push_back({"C6.applies", record.entity(), field, record.row.id, std::to_string(entity), names});
}

}  // namespace

void organisation(Unit&, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  if (!before)
    violations.push_back({"unique.taken", Organisation::kEntity, kId, 0, "", "organisation"});
  const std::string zone(after.get(Organisation::kZone).as_text());
  const bool kept = before && before->get(Organisation::kZone).as_text() == zone;  // maybe by a newer zone database
  if (!kept && !Zone::as_stored(zone).is_known())
    violations.push_back({"time.zone", Organisation::kEntity, Organisation::kZone, after.row.id, shorten(zone), ""});
  check_range(after, Organisation::kDraftDays, 1, 36500, "field.range", violations);
}

void department(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_tree(unit, after, Department::kParent, "M1.cycle", violations);
}

/// M2: a link, or a picture in the field itself (RFC 2397).
static bool photo_fits(std::string_view uri) {
  if (!uri.starts_with("data:")) return true;
  const std::size_t comma = uri.find(',');
  if (uri.size() > (1u << 20) * 4 / 3 || !uri.starts_with("data:image/") || comma == std::string_view::npos) return false;
  const std::string_view bytes = uri.substr(comma + 1);
  const auto in_alphabet = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == '='; };
  return uri.substr(0, comma).ends_with(";base64") && !bytes.empty() && bytes.size() % 4 == 0 && std::ranges::all_of(bytes, in_alphabet);
}

void user(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  if (const auto photo = after.get(User::kPhotoUri).as_text(); !photo_fits(photo))
    violations.push_back({"M2.photo", User::kEntity, User::kPhotoUri, after.row.id, shorten(photo), ""});
  check_order(after, User::kHired, User::kDismissed, violations);
  if (after.row.id && after.id_of(User::kSupervisor) == after.row.id) {
    violations.push_back({"M6.self", User::kEntity, User::kSupervisor, after.row.id, std::to_string(after.row.id), ""});
  } else {
    check_tree(unit, after, User::kSupervisor, "M6.cycle", violations);
  }
  auto user = from_row<User>(after.row);
  user.search_key = search_key({user.last_name, user.first_name, user.middle_name, phone_digits(user.phone), user.email});
  after.row = to_row(user);
}

void placement(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_order(after, Placement::kFrom, Placement::kTo, violations);
}

void product(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_tree(unit, after, Product::kParent, "C10.cycle", violations);
}

void user_cell(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  // P3: always a subset of P2.
  const auto cell = from_row<UserCell>(after.row);
  if (!covered_by_organisation(unit, {cell.product, cell.sphere})) violations = outside_p2({&cell, 1});
}

/// M8: the field in which a measure has its number.
static FieldNo number_of(PlanCell::Measure measure) {
  switch (measure) {
    case PlanCell::Measure::events:
    case PlanCell::Measure::new_companies: return PlanCell::kEvents;
    case PlanCell::Measure::quantity: return PlanCell::kQuantity;
    case PlanCell::Measure::amount:
    case PlanCell::Measure::receipts:
    case PlanCell::Measure::shipments: break;
  }
  return PlanCell::kAmount;
}

void plan_cell(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  const Id id = after.row.id;
  if (before) violations.push_back({"M8.append_only", PlanCell::kEntity, 0, id, std::to_string(id), ""});
  check_order(after, PlanCell::kFrom, PlanCell::kTo, violations);
  fill_currency(unit, after, PlanCell::kAmount, PlanCell::kCurrency);
  const EntityInfo& info = *after.info;
  const auto measure = static_cast<PlanCell::Measure>(after.get(PlanCell::kMeasure).as_integer());
  const std::string code = info.at(PlanCell::kMeasure).values->code(static_cast<std::int64_t>(measure));
  const auto wrong = [&](const char* rule, FieldNo field) {
    violations.push_back({rule, PlanCell::kEntity, field, id, info.at(field).name, code});
  };
  for (FieldNo field : {PlanCell::kEvents, PlanCell::kAmount, PlanCell::kQuantity})
    if (field != number_of(measure) && !after.get(field).is_null()) wrong("M8.measure", field);
  const Cell number = after.get(number_of(measure));
  if (!number.is_null() && number.as_integer() < 0) wrong("M8.negative", number_of(measure));
  if (after.get(PlanCell::kUser).is_null() == after.get(PlanCell::kDepartment).is_null()) wrong("M8.whose", PlanCell::kUser);
  const bool typed = measure == PlanCell::Measure::events || measure == PlanCell::Measure::amount || measure == PlanCell::Measure::quantity;
  if (!typed && !after.get(PlanCell::kType).is_null()) wrong("M8.no_type", PlanCell::kType);
  if (measure == PlanCell::Measure::new_companies && !after.get(PlanCell::kProduct).is_null()) wrong("M8.no_product", PlanCell::kProduct);
  after.set(PlanCell::kMadeAt, Cell::of(to_number(unit.now)));
}

/// M12: a type or a kind of documents; a rule without a stage is a loss document.
void funnel_rule(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  const auto rule = from_row<FunnelRule>(after.row);
  if (bool(rule.type) == bool(rule.document_kind) || (!rule.stage && rule.type))
    violations.push_back({"M12.rule", FunnelRule::kEntity, FunnelRule::kType, rule.id.value, rule.stage ? "stage" : "loss", ""});
  const auto stage = unit.find(rule.stage);
  if (stage && stage->funnel != rule.funnel)
    violations.push_back({"ref.not_allowed", FunnelRule::kEntity, FunnelRule::kStage, rule.id.value, std::to_string(rule.stage.value), "funnel_id"});
}

void funnel_stage(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, FunnelStage::kPlace, 1, 100, "field.range", violations);
}

void dictionary_value(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_tree(unit, after, DictionaryValue::kParent, "C10.cycle", violations);
}

void characteristic(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_applies(after, Characteristic::kAppliesTo, {Company::kEntity, Employee::kEntity, Event::kEntity, User::kEntity},
                violations);
  const auto definition = from_row<Characteristic>(after.row);
  const bool of_dictionary = definition.kind == Characteristic::Kind::dictionary;
  if (of_dictionary != bool(definition.dictionary))
    violations.push_back({"C6.dictionary", Characteristic::kEntity, Characteristic::kDictionary, definition.id.value,
                          definition.code, ""});
  if (definition.many && !of_dictionary)
    violations.push_back({"C6.single", Characteristic::kEntity, Characteristic::kMany, definition.id.value,
                          definition.code, ""});
}

void classifier(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_applies(after, Classifier::kAppliesTo, {Company::kEntity, User::kEntity}, violations);
  const auto classifier = from_row<Classifier>(after.row);
  const bool by_characteristic = classifier.kind == Classifier::Kind::characteristic;
  const bool of_companies = classifier.kind == Classifier::Kind::manager || classifier.kind == Classifier::Kind::sphere;
  if (of_companies) check_applies(after, Classifier::kAppliesTo, {Company::kEntity}, violations);
  const auto definition = unit.find(classifier.characteristic);
  if (by_characteristic != bool(classifier.characteristic) ||
      (definition && (!definition->dictionary || definition->applies_to != classifier.applies_to)))
    violations.push_back({"C10.characteristic", Classifier::kEntity, Classifier::kCharacteristic, classifier.id.value, classifier.name, ""});
}

void classifier_node(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_tree(unit, after, ClassifierNode::kParent, "C10.cycle", violations);
  // A node of another tree would bring its companies under it: for everybody who asks for that one.
  const auto parent = unit.find<ClassifierNode>({after.id_of(ClassifierNode::kParent)});
  if (parent && parent->classifier.value != after.id_of(ClassifierNode::kClassifier))
    violations.push_back({"ref.missing", ClassifierNode::kEntity, ClassifierNode::kParent, after.row.id, std::to_string(parent->id.value),
                          entity_info(ClassifierNode::kEntity).at(ClassifierNode::kParent).name});
}

void classifier_placement(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  const auto node = unit.find<ClassifierNode>({after.id_of(ClassifierPlacement::kNode)});
  const auto tree = node ? unit.find<Classifier>(node->classifier) : std::nullopt;
  if (tree && tree->applies_to != after.id_of(ClassifierPlacement::kRecordKind))
    violations.push_back({"ref.not_allowed", ClassifierPlacement::kEntity, ClassifierPlacement::kRecordKind,
                          after.row.id, std::to_string(after.id_of(ClassifierPlacement::kRecordKind)),
                          entity_info(tree->applies_to).name});
}

namespace {

Filter of_user(FieldNo field, UserId user) { return user ? where::eq(field, user.value) : where::is_null(field); }

}  // namespace

void working_hours(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, WorkingHours::kWeekday, 1, 7, "field.range", violations);
  check_range(after, WorkingHours::kFrom, 0, 1440, "field.range", violations);
  check_range(after, WorkingHours::kTo, 0, 1440, "field.range", violations);
  const auto part = from_row<WorkingHours>(after.row);
  if (part.from_minute >= part.to_minute)
    violations.push_back({"M14.order", WorkingHours::kEntity, WorkingHours::kTo, part.id.value, std::to_string(part.to_minute),
                          std::to_string(part.from_minute)});
  for (const WorkingHours& other : unit.list<WorkingHours>(
           where::all({of_user(WorkingHours::kUser, part.user), where::eq(WorkingHours::kWeekday, Id{part.weekday})})))
    if (other.id != part.id && other.from_minute < part.to_minute && part.from_minute < other.to_minute)
      violations.push_back({"M14.overlap", WorkingHours::kEntity, WorkingHours::kFrom, part.id.value, std::to_string(part.from_minute),
                            std::to_string(other.id.value)});
}

void calendar_day(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, CalendarDay::kWorksAs, 0, 7, "field.range", violations);
  check_range(after, CalendarDay::kShorter, 0, 1440, "field.range", violations);
  const auto special = from_row<CalendarDay>(after.row);
  for (const CalendarDay& other : unit.list<CalendarDay>(
           where::all({of_user(CalendarDay::kUser, special.user), where::eq(CalendarDay::kDay, to_number(special.day))})))
    if (other.id != special.id)
      violations.push_back({"M14.one_a_day", CalendarDay::kEntity, CalendarDay::kDay, special.id.value, to_string(special.day),
                            std::to_string(other.id.value)});
}

void reminder(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, Reminder::kMinutesBefore, 0, 525600, "field.range", violations);
  const auto rule = from_row<Reminder>(after.row);
  if (bool(rule.type) == bool(rule.event))
    violations.push_back({"E4.one_owner", Reminder::kEntity, Reminder::kType, rule.id.value, "", ""});
}

void escalation_step(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, EscalationStep::kDelayMinutes, 0, 525600, "field.range", violations);
  check_range(after, EscalationStep::kLevel, 0, 100, "field.range", violations);
}

void subscription(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  const auto kind = from_row<Subscription>(after.row).kind;
  if (kind != Notice::Kind::created && kind != Notice::Kind::done && kind != Notice::Kind::reminder)
    violations.push_back({"field.enum", Subscription::kEntity, Subscription::kKind, after.row.id,
                          std::to_string(static_cast<int>(kind)), "created, done, reminder"});
}

void saved_filter(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>&) {
  if (before && before->get(SavedFilter::kQuery).as_text() == after.get(SavedFilter::kQuery).as_text()) return;
  check_query(unit, after.get(SavedFilter::kQuery).as_text());  // E10: what cannot be asked is not kept
}

/// Colours are "#RRGGBB"; an empty one is one that is not given.
static void check_colours(const Record& record, std::initializer_list<FieldNo> fields, std::vector<Violation>& violations) {
  for (FieldNo field : fields) {
    const std::string text(record.get(field).as_text());
    if (!text.empty() && !parse_colour(text))
      violations.push_back({"E11.colour", record.entity(), field, record.row.id, shorten(text), ""});
  }
}

/// WCAG AA: a look that people cannot read is warned of.
static void warn_unreadable(const CalendarTheme& theme, std::span<const CalendarStyle> styles, EntityNo entity, FieldNo field, Id id,
                            Warnings& warnings) {
  const auto worst = least_readable(CalendarLooks(theme, styles));
  if (!worst) return;
  const EntityInfo& info = entity_info(CalendarStyle::kEntity);
  const auto code = [&](FieldNo no, auto value) { return info.at(no).values->code(static_cast<std::int64_t>(value)); };
  const auto hundredths = static_cast<std::int64_t>(worst->contrast * 100);
  const std::string ratio = std::to_string(hundredths / 100) + "." + std::to_string(hundredths / 10 % 10) + std::to_string(hundredths % 10);
  warnings.push_back({"E11.contrast", entity, field, id, ratio,
                      code(CalendarStyle::kState, worst->state) + ", " + code(CalendarStyle::kPriority, worst->priority)});
}

void calendar_theme(Unit& unit, const Record*, Record& after, Warnings& warnings, std::vector<Violation>& violations) {
  check_range(after, CalendarTheme::kFontSize, 8, 24, "field.range", violations);
  check_colours(after, {CalendarTheme::kPaper, CalendarTheme::kInk, CalendarTheme::kGrid, CalendarTheme::kOffHours, CalendarTheme::kToday},
                violations);
  const auto theme = from_row<CalendarTheme>(after.row);
  if (theme.font.find_first_of("<>{};&\\") != std::string::npos)
    violations.push_back({"E11.font", CalendarTheme::kEntity, CalendarTheme::kFont, theme.id.value, shorten(theme.font), ""});
  const auto styles = theme.id ? unit.list<CalendarStyle>(where::eq(CalendarStyle::kTheme, theme.id.value)) : std::vector<CalendarStyle>();
  warn_unreadable(theme, styles, CalendarTheme::kEntity, CalendarTheme::kInk, theme.id.value, warnings);
}

void calendar_style(Unit& unit, const Record*, Record& after, Warnings& warnings, std::vector<Violation>& violations) {
  check_colours(after, {CalendarStyle::kBackground, CalendarStyle::kInk, CalendarStyle::kAccent}, violations);
  const auto style = from_row<CalendarStyle>(after.row);
  const auto theme = unit.find(style.theme);
  if (!theme) return;  // the store says ref.missing
  auto styles = unit.list<CalendarStyle>(where::eq(CalendarStyle::kTheme, style.theme.value));
  for (const CalendarStyle& other : styles)
    if (other.id != style.id && other.state == style.state && other.priority == style.priority)
      violations.push_back({"E11.one_style", CalendarStyle::kEntity, CalendarStyle::kState, style.id.value, std::to_string(other.id.value), ""});
  std::erase_if(styles, [&](const CalendarStyle& other) { return other.id == style.id; });
  styles.push_back(style);
  warn_unreadable(*theme, styles, CalendarStyle::kEntity, CalendarStyle::kInk, style.id.value, warnings);
}

void profile(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, Profile::kThreshold, 0, 100, "field.range", violations);
}

void criterion(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_range(after, Criterion::kWeight, 1, 1000, "C11.weight", violations);
  check_range(after, Criterion::kAtLeast, 1, 1000, "field.range", violations);
  const auto rule = from_row<Criterion>(after.row);
  if (rule.subject == Criterion::Subject::field &&
      !entity_info(Company::kEntity).find(static_cast<FieldNo>(rule.field_no)))
    violations.push_back({"field.unknown", Criterion::kEntity, Criterion::kFieldNo, rule.id.value,
                          std::to_string(rule.field_no), "company"});
  if ((rule.subject == Criterion::Subject::characteristic) != bool(rule.characteristic))
    violations.push_back({"field.required", Criterion::kEntity, Criterion::kCharacteristic, rule.id.value, "",
                          "characteristic_id"});
}

}  // namespace checks

Check check_of(EntityNo entity) {
  switch (entity) {
    case Organisation::kEntity: return checks::organisation;
    case Department::kEntity: return checks::department;
    case User::kEntity: return checks::user;
    case Placement::kEntity: return checks::placement;
    case Company::kEntity: return checks::company;
    case ContactPoint::kEntity: return checks::contact_point;
    case LegalEntity::kEntity: return checks::legal_entity;
    case BankAccount::kEntity: return checks::bank_account;
    case Document::kEntity: return checks::document;
    case Employee::kEntity: return checks::employee;
    case Address::kEntity: return checks::address;
    case Sphere::kEntity: return checks::sphere;
    case CompanySphere::kEntity: return checks::company_sphere;
    case Assignment::kEntity: return checks::assignment;
    case Receipt::kEntity: return checks::receipt;
    case Event::kEntity: return checks::event;
    case EventLine::kEntity: return checks::event_line;
    case Product::kEntity: return checks::product;
    case UserCell::kEntity: return checks::user_cell;
    case PlanCell::kEntity: return checks::plan_cell;
    case FunnelStage::kEntity: return checks::funnel_stage;
    case FunnelRule::kEntity: return checks::funnel_rule;
    case DictionaryValue::kEntity: return checks::dictionary_value;
    case Characteristic::kEntity: return checks::characteristic;
    case Classifier::kEntity: return checks::classifier;
    case ClassifierNode::kEntity: return checks::classifier_node;
    case ClassifierPlacement::kEntity: return checks::classifier_placement;
    case Profile::kEntity: return checks::profile;
    case Criterion::kEntity: return checks::criterion;
    case WorkingHours::kEntity: return checks::working_hours;
    case CalendarDay::kEntity: return checks::calendar_day;
    case Reminder::kEntity: return checks::reminder;
    case EscalationStep::kEntity: return checks::escalation_step;
    case Subscription::kEntity: return checks::subscription;
    case SavedFilter::kEntity: return checks::saved_filter;
    case CalendarTheme::kEntity: return checks::calendar_theme;
    case CalendarStyle::kEntity: return checks::calendar_style;
    default: return nullptr;
  }
}

}  // namespace crm
