/// An open CRM: records, units of work, client cards, events, assignments, search. One handle a thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/interrupt.hpp"
#include "crm/base/time.hpp"
#include "crm/meta/record.hpp"
#include "crm/model/entities.hpp"
#include "crm/rules/completeness.hpp"
#include "crm/rules/event_state.hpp"
#include "crm/rules/matrix.hpp"
#include "crm/rules/working_time.hpp"
#include "crm/services/access.hpp"
#include "crm/services/audit.hpp"
#include "crm/services/calendar.hpp"
#include "crm/services/card.hpp"
#include "crm/services/funnel.hpp"
#include "crm/services/host_port.hpp"
#include "crm/services/limits.hpp"
#include "crm/services/outbox.hpp"
#include "crm/services/pivot.hpp"
#include "crm/services/plans.hpp"
#include "crm/services/posting.hpp"
#include "crm/services/staff.hpp"
#include "crm/services/whitespace.hpp"
#include "crm/store/store.hpp"

namespace crm {

class Unit;
class Loader;

struct CrmOptions {
  UserId actor;                        ///< the acting user; none = the host itself ("system"), who may do everything
  HostPort host;
  Language language = Language::english;
  Limits limits;
  Interrupt* interrupt = nullptr;      ///< of the handle's calls, outlives the handle; none: one of its own
  std::string zone;                    ///< of the organisation in a base that is made; empty: Europe/Moscow. One that is there keeps its own
  Currency currency;                   ///< the same; none: RUB
};

/// Throws `invalid_argument` (`time.zone`) for a zone that nobody knows. `Crm` and `crm::open` ask it before anything is made.
void check_options(const CrmOptions& options);

/// Rows of a query with the snapshot they are read from. Cells are borrowed until the next `next`.
class Rows {
 public:
  Rows(std::unique_ptr<Session> session, std::unique_ptr<Cursor> cursor)
      : session_(std::move(session)), cursor_(std::move(cursor)) {}
  /// nullptr after the last row.
  const Cell* next() { return cursor_->next(); }

 private:
  std::unique_ptr<Session> session_;  // none inside a unit of work
  std::unique_ptr<Cursor> cursor_;
};

/// What a saved record is told beside success: rules that only warn.
using Warnings = std::vector<Violation>;

/// All functions throw `Error`; whatever throws has changed nothing. Every write is checked by the rules, stamped
/// with the acting user and the clock, and logged. What the acting user does not see is `not_found`, or not there, at every
/// door (X5); what he sees and may not change is `denied` (`X5.right` names the right).
class Crm {
 public:
  /// Takes over the store; makes the organisation's record in an empty one, of the zone and currency of the options. `crm::open` (crm/open.hpp) is shorter.
  Crm(std::unique_ptr<Store> store, CrmOptions options = {});
  Crm(Crm&&) noexcept;
  Crm& operator=(Crm&&) noexcept;
  ~Crm();

  // --- the handle -----------------------------------------------------------------------------------
  [[nodiscard]] UserId actor() const;
  /// Acts as this user from now on; he must be in service today (`handle.actor`). None = system.
  void act_as(UserId user);
  /// The same by the host's login.
  void act_as(std::string_view login);
  [[nodiscard]] Instant now() const;
  /// What the host supplies; parts may be set and taken away between calls.
  [[nodiscard]] HostPort& host();
  [[nodiscard]] Language language() const;
  void set_language(Language language);
  /// Settings as stored; cached until somebody changes them.
  Organisation organisation();
  /// The organisation's zone.
  Zone zone();
  /// Today in the organisation's zone.
  Date today();
  [[nodiscard]] const Limits& limits() const;
  /// Ends the call under way, which throws `interrupted` (`call.interrupted`) and has changed nothing; none under way: nothing. From any thread
  /// while the handle lives. Inside a unit of work the unit is lost: every call says so (`store.unit_lost`) until `rollback`.
  void interrupt() noexcept;
  /// What is called while it lives is one call to `interrupt`.
  [[nodiscard]] Interrupt::Call as_one_call();
  /// The store beneath, for `changes` and tests. It shows everything: the host's alone, `denied` when a user acts.
  Store& store();

  // --- units of work --------------------------------------------------------------------------------
  /// Everything until `commit` is one change of the base. A call that throws in between undoes all of itself and nothing else, and the unit
  /// goes on; unless the base could not (`store.unit_lost`: a full disk), then every call says so until `rollback`.
  /// `commit` checks the completeness gate of every touched card (C11) and undoes all when it refuses.
  void begin();
  /// Warns of cards that stay incomplete.
  Warnings commit();
  void rollback();
  [[nodiscard]] bool in_unit() const;
  /// Runs `work` as one call: in a unit of work of its own, or inside the open one, where all of it is undone if it throws. To begin or end a
  /// unit meanwhile is `misuse`.
  /// Warns as `commit` does, if the unit is its own.
  Warnings as_one(const std::function<void()>& work);

  // --- records --------------------------------------------------------------------------------------
  /// Throws `not_found` (`record.not_found`).
  Record load(EntityNo entity, Id id);
  std::optional<Record> find(EntityNo entity, Id id);
  /// Inserts a new record (id 0) or updates what differs from the stored one, if its version is still the
  /// one loaded (`conflict`). Fields made by the library are filled in. New events go through `plan`.
  Warnings save(Record& record);
  /// Rows that hang on others only (contact points, addresses, spheres, matrix cells, ...): entities with a life of
  /// their own are archived, ended, retired or removed instead (`refused`).
  void erase(EntityNo entity, Id id, Version version);

  template <class E>
  E load(IdOf<E> id) {
    return from_row<E>(load(E::kEntity, id.value).row);
  }
  template <class E>
  Warnings save(E& entity) {
    Record record(entity_info(E::kEntity), to_row(entity));
    Warnings warnings = save(record);
    entity = from_row<E>(record.row);
    return warnings;
  }

  // --- questions ------------------------------------------------------------------------------------
  /// Until it is dropped all questions see the base as it is now, and cost less; writing meanwhile is `misuse`. What it is asked itself it
  /// tells as the handle would tell who acts then; the change log to who sees everything, else `denied`. It ends before the handle.
  [[nodiscard]] std::unique_ptr<Session> snapshot();
  /// The query is read during the call only.
  Rows select(const Query& query);
  Table aggregate(const Aggregate& aggregate);
  /// Whole entities of a query (its columns are ignored).
  template <class E>
  std::vector<E> list(Query query) {
    std::vector<E> found;
    for (Row& row : rows(E::kEntity, std::move(query))) found.push_back(from_row<E>(row));
    return found;
  }
  std::vector<Row> rows(EntityNo entity, Query query);

  // --- external ids (X12) ---------------------------------------------------------------------------
  /// The record that the host knows by (system, kind, key).
  std::optional<RecordRef> find_external(std::string_view system, std::string_view kind, std::string_view key);
  /// Ties them. `already_exists` (`X12.taken`) when the key belongs to another record.
  void link_external(std::string_view system, std::string_view kind, std::string_view key, RecordRef record);

  // --- characteristics (C6) -------------------------------------------------------------------------
  /// Replaces all values of one characteristic of a company, employee, event or user; none given: cleared.
  /// A dictionary value is given by its id or by its text.
  void set_characteristic(RecordRef owner, std::string_view code, std::span<const Value> values);
  /// Values by characteristic, in order; dictionary values with their texts.
  std::vector<CharacteristicOf> characteristics(RecordRef owner);

  // --- client cards ---------------------------------------------------------------------------------
  /// Everything on one client with his `last_events` latest events.
  Card card(CompanyId company, std::int64_t last_events = 20);
  /// draft or archived → active (passes the gate), active → archived.
  void activate(CompanyId company);
  void archive(CompanyId company);
  /// The score with every missing criterion, as of today.
  Completeness completeness(CompanyId company);
  /// Makes the stored scores of all cards anew, in one unit of work: after a profile was changed. The gate is not asked.
  /// Returns how many scores changed.
  std::int64_t rescore();
  /// How many cards of the base this profile would refuse, before it is switched on.
  Simulation simulate(ProfileId profile);
  /// People and clients with `text` in name, phone (any spelling), e-mail or company, best first by id; at most
  /// `limit` of each kind (C12).
  std::vector<ContactHit> search_contacts(std::string_view text, std::int64_t limit = 50);

  /// How many companies (users) stand under each node of a classifier of any kind, each once at a node; those that the asker sees.
  std::vector<ClassifierCount> classifier_counts(ClassifierId classifier);

  // --- managers (C7, M6) ----------------------------------------------------------------------------
  /// From `from` (default today). A current main manager gives way: his assignment ends on that day.
  Assignment assign(CompanyId company, UserId user, Assignment::Role role, std::optional<Date> from = {},
                    std::string_view reason = {});
  void end_assignment(IdOf<Assignment> assignment, Date day, std::string_view reason);
  /// Users now responsible for the company.
  std::vector<Assignment> current_managers(CompanyId company, Date day);
  /// Definitions, Dismissal: one transaction. Without a named successor the rule decides. A day to come is kept for `tick`.
  DismissalReport dismiss(UserId user, Date day, UserId successor = {}, bool subordinates_to_successor = false);
  /// A dismissed user is hired again from `day` (Definitions, Dismissal: a new interval, nothing is given back). Of an administrator;
  /// `M2.not_dismissed`.
  User rehire(UserId user, Date day);
  /// The staff by name, as of a day (M1-M3).
  std::vector<StaffRow> staff(const StaffQuery& query = {});
  /// Everything on one user; `day` for where he works and what is assigned to him, none: today.
  UserCard user_card(UserId user, std::optional<Date> day = {});
  /// How many companies are his on `day` (M7); none for one who is not in service then. For himself and who is above him.
  Portfolio portfolio(UserId user, Date day);
  /// Active companies without a current manager on `day`.
  std::vector<CompanyId> orphans(Date day);
  /// The supervisors above a user, nearest first.
  std::vector<UserId> supervisors(UserId user);
  /// Working time of a user, or of the organisation (M14); special days of [from, to) are known, all of them where an end is open.
  WorkingTime working_time(UserId user = {}, const DateRange& days = {});

  // --- events (E1-E7, M6) ---------------------------------------------------------------------------
  /// A new event: state planned. Fills id, version, setter (the acting user) and defaults of the type.
  Warnings plan(Event& event, std::span<EventLine> lines = {});
  /// A new event that has taken place already: state held.
  Warnings record(Event& event, std::span<EventLine> lines = {});
  /// Any other action of the table of states. `version` as loaded, 0 = whatever it is. Returns the event after.
  Event act(EventId event, Version version, Action action, const ActionRequest& request = {});
  /// Replaces the lines of an event, which thereby gets a new version, if they are others: who loaded it before gets `conflict`. Lines of
  /// a held event are judged as its result is (`E7.who`), whatever changes them; so they do when they are saved or erased one by one.
  Warnings set_lines(EventId event, Version version, std::span<EventLine> lines);
  /// Open events whose due time has passed, oldest first.
  std::vector<Event> overdue(UserId executor = {});
  /// Events that wait for the verification of this supervisor, longest waiting first (M6).
  std::vector<Event> verification_queue(UserId supervisor);

  // --- the calendar (E11) ---------------------------------------------------------------------------
  /// Events of a day, a week or a month as they are laid out and look, and apart from them what is overdue.
  Calendar calendar(const CalendarQuery& query);
  /// A new event as made from a cell of the calendar: to be filled in and planned. `user` none: who acts.
  Event event_in_cell(EventTypeId type, const CalendarCell& cell, UserId user = {});
  /// Drops an event on a cell, which is a reschedule; `moved_to` tells what becomes of its interval.
  Event move_event(EventId event, Version version, const CalendarCell& cell, std::string_view reason = {});

  // --- time and notices (E4, E9, E12, M7) -----------------------------------------------------------
  /// Does, as the host, what time has brought up to now: records events that fell overdue, lets escalation steps fall, carries out
  /// dismissals, renews scores, and delivers notices if the host gave a sink. Each of these takes at most `limit` things a call.
  /// Costs what is due, not what is stored.
  TickReport tick(std::int64_t limit = 500);
  /// Takes notices whose moment has come, earliest first, each for `lease`: whatever is neither acknowledged nor failed by then is given
  /// out again. What is over by now ends as expired instead. Of the host only (`E4.host_only`).
  std::vector<NoticeMessage> claim_notices(std::int64_t limit = 100, std::chrono::seconds lease = std::chrono::minutes(5));
  /// It has reached its recipient. Again: nothing. `E4.not_claimed`.
  void acknowledge_notice(NoticeId notice);
  /// It could not be delivered: tried again after 1, 2, 4, ... minutes (12 hours at most), given up at the tenth time.
  void fail_notice(NoticeId notice, std::string_view error);

  // --- set-up (X11) ---------------------------------------------------------------------------------
  /// Fills an empty base: event types with outcomes and reminders, roles, a completeness profile (the gate stays off), an escalation policy,
  /// texts of notices, a calendar theme, kinds of documents, a sales funnel; names in both languages where there are two, else in `language`.
  /// `X11.not_empty` if any of these is there already.
  void fill_starter_set(Language language);

  // --- what the host supplies (X1) ------------------------------------------------------------------
  /// Asks the host where an address is and keeps it, with "host" as the source; false: not found. `X1.not_supplied` without a geocoder.
  bool geocode(IdOf<Address> address);
  /// Reads what has changed in the host since the last time, as the host, at most `pages` pages: each one unit of work together with the
  /// position after it, so that nothing is read twice or not at all. Not inside a unit of work.
  FeedReport read_feed(HostFeed::Feed feed, std::int64_t pages = 100);

  // --- documents of the host (E8) -------------------------------------------------------------------
  /// The host posted a document: its rules make events or act on open ones, as the host ("system"). Again with the same revision: nothing.
  /// A newer one first undoes exactly what the older did; an older one is a `conflict` (`E8.old_revision`). The id of `document` is not
  /// used: (kind, key) is. A dry run tells what would happen and changes nothing.
  PostingReport post_document(const HostDocument& document, std::span<const HostDocumentLine> lines = {}, bool dry_run = false);
  /// The host un-posted it: what its rules did is undone where the event is as they left it, else `changed_since` is told.
  PostingReport unpost_document(HostDocumentKindId kind, std::string_view key, bool dry_run = false);

  // --- matrices (P2-P4) -----------------------------------------------------------------------------
  /// The company's own matrix on `day`.
  std::vector<MatrixCell> company_matrix(CompanyId company, Date day);
  MatrixExplain explain_matrix(CompanyId company, ProductId product, SphereId sphere, Date day);
  /// P2 cells go only with the users' cells that they cover: refused (`P3.outside_p2` names them) or, asked to
  /// cascade, taken along and returned.
  std::vector<UserCell> remove_organisation_cell(ProductId product, SphereId sphere, bool cascade);
  /// The matrices on `day` of all companies that the asker sees, drafts left out, in one pass over each table.
  CompanyMatrices company_matrices(Date day);

  // --- whitespace (P1) ------------------------------------------------------------------------------
  /// What of the range meant for each client it owns, is offered, refused or was never offered, of what the asker sees.
  /// `field.range` for a limit.
  WhitespaceReport whitespace(const WhitespaceQuery& query);
  /// Clients offered less than the range meant for their spheres.
  UnderservedReport underserved(const UnderservedQuery& query);
  /// The most demanded products; a product that is none is left out. `date.order`, `field.range` for a limit.
  std::vector<DemandedProduct> demanded_products(const DemandQuery& query);

  // --- reports (M11-M13, P1) ------------------------------------------------------------------------
  /// Figures over rows and columns, of what the asker sees. Errors: rules M13.*.
  PivotTable pivot(const PivotQuery& query);
  /// What stands behind a cell of that table, or behind a total (no row, no column).
  PivotFacts pivot_facts(const PivotQuery& query, std::optional<std::size_t> row, std::optional<std::size_t> column, std::size_t series);
  /// M11: the load of each day of [from, to), at most 366, with open events that touch it: of a user, or of everybody the asker sees.
  std::vector<DayLoad> load_by_day(UserId user, Date from, Date to);
  /// Where the cases of a funnel stand (M12), as the asker sees their events and documents: removed events and drafts of companies do not
  /// count. Dates that do not belong to the definition are `M12.period`, a funnel without stages `M12.no_stages`.
  FunnelReport funnel(const FunnelQuery& query);
  // --- plans, receipts (M8-M10) ---------------------------------------------------------------------
  /// New versions of plan cells, all of them or none; returns them as stored.
  std::vector<PlanCell> set_plans(std::span<const PlanCell> cells);
  /// A total shared out by largest remainder, so that the cells add up to it. Refused: `M8.negative_total`, `M8.negative_weight`,
  /// `M8.no_weights`, and what a plan cell is refused for.
  std::vector<PlanCell> share_plan(const PlanShare& share);
  /// Plan, fact, deviation, attainment and forecast (Definitions, Numbers), of what the asker sees. Only plans whose period lies inside the one
  /// asked for are of it.
  PlanFactReport plan_fact(const PlanFactQuery& query);
  /// The events, receipts or companies behind the fact of a row or total, by id, those after `after`; `limit` is 1..10000.
  std::vector<RecordRef> plan_fact_ids(const PlanFactQuery& query, const PlanFactKey& key, std::int64_t limit = 1000, Id after = 0);
  /// Receipts and shipments, also on drafts; the totals are the sums of the host's records that the asker sees.
  ReceiptReport receipts(const ReceiptQuery& query);

  // --- access (X5) ----------------------------------------------------------------------------------
  /// What `user` sees of the record and may do with it, with all reasons; none = the host. For himself and who is above him. A record that
  /// the asker does not see is `not_found`.
  AccessExplain explain_access(UserId user, RecordRef record);

  // --- audit (X6) -----------------------------------------------------------------------------------
  /// Changes of a record, by a user, of a period, newest first; `field.range` for a limit that is not 1..1000.
  AuditPage audit(const AuditQuery& query);

  /// What the services keep in a handle; nothing for a host.
  struct State;

 private:
  friend class Loader;
  friend class PreparedQuery;
  TickReport tick_now(std::int64_t limit);
  std::int64_t take_page(HostFeed::Feed feed, const std::string& records);
  PostingReport host_writing(bool dry_run, const std::function<PostingReport(Unit&)>& work);
  std::unique_ptr<State> state_;
};

}  // namespace crm
