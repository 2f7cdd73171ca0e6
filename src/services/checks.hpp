// Each entity's own rules at a save; see `Check`.
#pragma once

#include "save.hpp"

namespace crm {

/// E10: throws why a question cannot be asked.
void check_query(Unit& unit, std::string_view json);

}  // namespace crm

namespace crm::checks {

#define CRM_CHECK(name) \
  void name(Unit& unit, const Record* before, Record& after, Warnings& warnings, std::vector<Violation>& violations)

CRM_CHECK(organisation);
CRM_CHECK(department);
CRM_CHECK(user);
CRM_CHECK(placement);
CRM_CHECK(company);
CRM_CHECK(contact_point);
CRM_CHECK(legal_entity);
CRM_CHECK(bank_account);
CRM_CHECK(document);
CRM_CHECK(employee);
CRM_CHECK(address);
CRM_CHECK(sphere);
CRM_CHECK(company_sphere);
CRM_CHECK(assignment);
CRM_CHECK(receipt);
CRM_CHECK(event);
CRM_CHECK(event_line);
CRM_CHECK(product);
CRM_CHECK(user_cell);
CRM_CHECK(plan_cell);
CRM_CHECK(funnel_stage);
CRM_CHECK(funnel_rule);
CRM_CHECK(dictionary_value);
CRM_CHECK(characteristic);
CRM_CHECK(classifier);
CRM_CHECK(classifier_node);
CRM_CHECK(classifier_placement);
CRM_CHECK(profile);
CRM_CHECK(criterion);
CRM_CHECK(working_hours);
CRM_CHECK(calendar_day);
CRM_CHECK(reminder);
CRM_CHECK(escalation_step);
CRM_CHECK(subscription);
CRM_CHECK(saved_filter);
CRM_CHECK(calendar_theme);
CRM_CHECK(calendar_style);

#undef CRM_CHECK

/// Folded words and digits by which a card or a person is found (C12).
std::string company_key(const Company& card, const std::vector<ContactPoint>& points);
std::string employee_key(const Employee& person, const std::vector<ContactPoint>& points);
/// What of a contact point is searched: digits of a phone, folded text of the others.
std::string searched(const ContactPoint& point);
/// Key of a contact point: E.164 or digits of a phone, folded text of the others.
std::string contact_key(const ContactPoint& point);
/// An amount without a currency is in the organisation's; a currency without an amount goes.
void fill_currency(Unit& unit, Record& record, FieldNo amount, FieldNo currency);
/// `to` must be after `from`.
void check_order(const Record& record, FieldNo from, FieldNo to, std::vector<Violation>& violations);

}  // namespace crm::checks
