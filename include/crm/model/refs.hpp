/// Names of all entities for references between them, before their definitions.
#pragma once

#include "crm/base/id.hpp"

namespace crm {

struct Organisation;
struct User;
struct Department;
struct Position;
struct Placement;
struct Company;
struct ContactPoint;
struct LegalEntity;
struct BankAccount;
struct Document;
struct Employee;
struct Address;
struct Sphere;
struct CompanySphere;
struct Dictionary;
struct DictionaryValue;
struct Characteristic;
struct NumberValue;
struct TextValue;
struct Assignment;
struct Classifier;
struct ClassifierNode;
struct ClassifierPlacement;
struct EventType;
struct Outcome;
struct Event;
struct EventLine;
struct Reschedule;
struct VerificationEntry;
struct Product;
struct OrganisationCell;
struct UserCell;
struct Profile;
struct Criterion;
struct ExternalId;
struct Receipt;
struct PlanCell;
struct WorkingHours;
struct CalendarDay;
struct Notice;
struct Escalation;
struct EscalationStep;
struct Reminder;
struct Watcher;
struct Subscription;
struct NoticeText;
struct PlannedDismissal;
struct Role;
struct UserRole;
struct SavedFilter;
struct HostDocumentKind;
struct HostDocument;
struct HostDocumentLine;
struct EventDocument;
struct DocumentRule;
struct DocumentEffect;
struct HostFeed;
struct CalendarTheme;
struct CalendarStyle;
struct Funnel;
struct FunnelStage;
struct FunnelRule;
struct Employment;

using UserId = IdOf<User>;
using DepartmentId = IdOf<Department>;
using PositionId = IdOf<Position>;
using CompanyId = IdOf<Company>;
using LegalEntityId = IdOf<LegalEntity>;
using EmployeeId = IdOf<Employee>;
using SphereId = IdOf<Sphere>;
using DictionaryId = IdOf<Dictionary>;
using DictionaryValueId = IdOf<DictionaryValue>;
using CharacteristicId = IdOf<Characteristic>;
using ClassifierId = IdOf<Classifier>;
using ClassifierNodeId = IdOf<ClassifierNode>;
using EventTypeId = IdOf<EventType>;
using OutcomeId = IdOf<Outcome>;
using EventId = IdOf<Event>;
using ProductId = IdOf<Product>;
using ProfileId = IdOf<Profile>;
using HostDocumentKindId = IdOf<HostDocumentKind>;
using HostDocumentId = IdOf<HostDocument>;
using DocumentRuleId = IdOf<DocumentRule>;
using RoleId = IdOf<Role>;
using NoticeId = IdOf<Notice>;
using EscalationId = IdOf<Escalation>;
using CalendarThemeId = IdOf<CalendarTheme>;
using EscalationStepId = IdOf<EscalationStep>;
using FunnelId = IdOf<Funnel>;
using FunnelStageId = IdOf<FunnelStage>;

}  // namespace crm
