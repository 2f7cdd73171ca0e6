// Job 1, the first load of everything, and jobs 2, saving new events.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "crm/services/loader.hpp"
#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

/// Reads a file line by line; fields are borrowed from the line.
class Lines {
 public:
  explicit Lines(const std::string& file) : file_(std::fopen(file.c_str(), "rb")) {
    if (!file_) {
      std::perror(file.c_str());
      std::exit(1);
    }
  }
  ~Lines() {
    std::free(line_);
    std::fclose(file_);
  }
  Lines(const Lines&) = delete;
  bool next() {
    const ssize_t n = getline(&line_, &size_, file_);
    if (n <= 0) return false;
    at_ = line_;
    return true;
  }
  std::string_view text() {
    const char* from = at_;
    while (*at_ != '|' && *at_ != '\n') ++at_;
    return {from, static_cast<std::size_t>(at_++ - from)};
  }
  std::int64_t number() {
    std::int64_t value = 0;
    for (; *at_ != '|' && *at_ != '\n'; ++at_) value = value * 10 + (*at_ - '0');
    ++at_;
    return value;
  }

 private:
  std::FILE* file_;
  char* line_ = nullptr;
  char* at_ = nullptr;
  std::size_t size_ = 0;
};

/// Reads records of one file and adds them in batches.
template <class E, class Read>
void add_all(Loader& loader, const std::string& file, Read&& read) {
  Lines lines(file);
  Batch<E> batch(loader);
  for (Id row = 1; lines.next(); ++row) read(lines, batch.next(), row);
  batch.flush();
}

/// Planned, held, postponed, cancelled, rescheduled as the generator numbers them from 1.
Event::State state_of(std::int64_t number) {
  static constexpr Event::State kStates[] = {Event::State::planned, Event::State::held, Event::State::postponed,
                                             Event::State::cancelled, Event::State::rescheduled};
  return kStates[number - 1];
}

void read_event(Event& event, EventLine& line, auto&& number, auto&& text) {
  event.id = {number()};
  event.company = {number()};
  line.product = {number()};
  event.executor = {number()};
  event.setter = {number()};
  event.type = {number()};
  event.state = state_of(number());
  event.priority = static_cast<Event::Priority>(number() - 1);
  event.start = at(number());
  event.end = at(number());
  event.purpose = text();
  event.result = text();
  event.contact = {number()};
}

ContactPoint contact(Id id, ContactPoint::Kind kind, std::string_view value) {
  ContactPoint point;
  point.id = {id};
  point.kind = kind;
  point.value = value;
  point.primary = true;
  return point;
}

void set_up(Crm& base) {
  Organisation organisation = base.organisation();
  organisation.silent = true;  // the opponent tells nobody; see job "time"
  organisation.zone = "UTC";   // days of the opponent are of UTC
  base.save(organisation);
}

void load_setup(Loader& loader, const Race& race) {
  add_all<Sphere>(loader, race.file("sphere"), [](Lines& in, Sphere& s, Id) {
    s.id = {in.number()};
    s.name = in.text();
  });
  add_all<Product>(loader, race.file("product"), [](Lines& in, Product& p, Id) {
    p.id = {in.number()};
    p.name = in.text();
  });
  add_all<User>(loader, race.file("user"), [](Lines& in, User& u, Id) {
    u.id = {in.number()};
    u.last_name = in.text();
    const Id boss = in.number();
    if (boss != u.id.value) u.supervisor = {boss};
  });
  static constexpr const char* kTypes[] = {"call", "meeting", "presentation", "offer", "sale"};
  std::vector<EventType> types(5);
  for (std::size_t i = 0; i < types.size(); ++i) {
    types[i].id = {static_cast<Id>(i) + 1};
    types[i].code = types[i].name_ru = kTypes[i];
  }
  loader.add(std::span<const EventType>(types));
  std::vector<Dictionary> dictionaries;
  add_all<Characteristic>(loader, race.file("attr"), [&](Lines& in, Characteristic& c, Id) {
    c.id = {in.number()};
    c.name_ru = in.text();
    c.code = "attr" + std::to_string(c.id.value);
    c.applies_to = Company::kEntity;
    c.kind = Characteristic::Kind::dictionary;
    c.dictionary = {c.id.value};
    dictionaries.push_back({{c.id.value}, 0, c.name_ru});
  });
  loader.add(std::span<const Dictionary>(dictionaries));
  add_all<DictionaryValue>(loader, race.file("attr_value"), [](Lines& in, DictionaryValue& v, Id) {
    v.id = {in.number()};
    v.dictionary = {in.number()};
    v.text = in.text();
  });
}

void load_clients(Loader& loader, const Race& race) {
  std::vector<Address> addresses;
  std::vector<LegalEntity> own;  // the company's ИНН stands on its first legal entity
  add_all<Company>(loader, race.file("company"), [&](Lines& in, Company& c, Id) {
    c.id = {in.number()};
    c.name = in.text();
    c.status = Company::Status::active;
    LegalEntity& legal = own.emplace_back();
    legal.id = {c.id.value};
    legal.company = c.id;
    legal.name = c.name;
    legal.inn = in.text();
    Address& address = addresses.emplace_back();
    address.id = {c.id.value};
    address.company = c.id;
    address.street = in.text();
    c.created_at = at(in.number());
  });
  loader.add(std::span<const LegalEntity>(own));
  loader.add(std::span<const Address>(addresses));
  add_all<LegalEntity>(loader, race.file("legal_entity"), [&](Lines& in, LegalEntity& l, Id) {
    l.id = {in.number() + race.companies};
    l.company = {in.number()};
    l.name = in.text();
    l.inn = in.text();
    l.kpp = in.text();
  });
  add_all<CompanySphere>(loader, race.file("company_sphere"), [](Lines& in, CompanySphere& s, Id row) {
    s.id = {row};
    s.company = {in.number()};
    s.sphere = {in.number()};
  });
  Id last = 0;
  add_all<Assignment>(loader, race.file("company_manager"), [&](Lines& in, Assignment& a, Id row) {
    a.id = {row};
    a.company = {in.number()};
    a.user = {in.number()};
    a.role = a.company.value == last ? Assignment::Role::assistant : Assignment::Role::main;
    a.from = date_of(18000);
    last = a.company.value;
  });
  add_all<EmployeeCard>(loader, race.file("employee"), [](Lines& in, EmployeeCard& c, Id row) {
    c.employee.id = {in.number()};
    c.employee.company = {in.number()};
    c.employee.last_name = in.text();
    c.employee.position = in.text();
    c.contacts.push_back(contact(2 * row - 1, ContactPoint::Kind::phone, "+" + std::string(in.text())));
    c.contacts.push_back(contact(2 * row, ContactPoint::Kind::email, in.text()));
  });
  add_all<NumberValue>(loader, race.file("company_attr"), [](Lines& in, NumberValue& v, Id row) {
    v.id = {row};
    v.owner = {Company::kEntity, in.number()};
    v.characteristic = {in.number()};
    v.value = in.number();
  });
}

/// A planned number is a row of its own: two a line.
void load_plans(Loader& loader, const Race& race) {
  for (const auto measure : {PlanCell::Measure::events, PlanCell::Measure::receipts})
    add_all<PlanCell>(loader, race.file("plan"), [&](Lines& in, PlanCell& p, Id row) {
      p.id = {2 * row - (measure == PlanCell::Measure::events)};
      p.user = {in.number()};
      p.product = {in.number()};
      const auto month = std::chrono::year(2024) / 1 / 1 + std::chrono::months(in.number());
      p.from = std::chrono::local_days(month);
      p.to = std::chrono::local_days(month + std::chrono::months(1));
      p.measure = measure;
      p.made_at = Instant(std::chrono::sys_days(std::chrono::year(2023) / 12 / 1));
      const std::int64_t events = in.number();
      if (measure == PlanCell::Measure::events)
        p.events = events;
      else
        p.amount = Money{in.number(), Currency("RUB")};
    });
}

void load_trade(Loader& loader, const Race& race) {
  add_all<OrganisationCell>(loader, race.file("org_matrix"), [](Lines& in, OrganisationCell& c, Id row) {
    c.id = {row};
    c.product = {in.number()};
    c.sphere = {in.number()};
  });
  add_all<UserCell>(loader, race.file("user_matrix"), [](Lines& in, UserCell& c, Id row) {
    c.id = {row};
    c.user = {in.number()};
    c.product = {in.number()};
    c.sphere = {in.number()};
  });
  load_plans(loader, race);
  add_all<EventWithLines>(loader, race.file("event"), [](Lines& in, EventWithLines& e, Id) {
    read_event(e.event, e.lines.emplace_back(), [&] { return in.number(); }, [&] { return in.text(); });
    e.lines.front().id = {e.event.id.value};
  });
  add_all<Receipt>(loader, race.file("payment"), [](Lines& in, Receipt& r, Id) {
    r.id = {in.number()};
    r.company = {in.number()};
    r.product = {in.number()};
    r.user = {in.number()};
    r.date = date_of(in.number() / 86400);
    r.amount = Money{in.number(), Currency("RUB")};
  });
}

}  // namespace

void load_frame(Crm& base, Loader& loader, const Race& race) {
  set_up(base);
  load_setup(loader, race);
  load_plans(loader, race);
}

void event_of(const std::vector<std::string>& line, Event& event, EventLine& product) {
  std::size_t column = 0;
  read_event(event, product, [&] { return std::atoll(line[column++].c_str()); }, [&] { return line[column++]; });
}

void load(const Race& race) {
  for (const char* tail : {"", "-wal", "-shm"}) std::remove((race.database + tail).c_str());
  const double start = now_ms();
  {
    SqliteOptions options;
    options.path = race.database;
    options.initial_load = true;
    crm::Crm base = crm::open(options);
    set_up(base);
    Loader loader(base);
    load_setup(loader, race);
    load_clients(loader, race);
    load_trade(loader, race);
    loader.finish();
  }
  report("1", race.events, now_ms() - start, race.events, 0);
}

void save(const Race& race, const std::string& job) {
  const auto lines = texts(race.file("new_event"));
  crm::Crm base = race.open(job == "2n" ? Durability::off : Durability::full);
  const Instant clock = at(numbers(race.file("p_now"))[0][0]);
  base.host().clock = [clock] { return clock; };
  std::vector<Event> events(lines.size());
  std::vector<EventLine> products(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    event_of(lines[i], events[i], products[i]);
    // All of them are planned: an event comes into being that way, and its other states by actions.
    events[i].id = {};
    events[i].state = Event::State::planned;
    products[i].id = {};
  }
  const double start = now_ms();
  if (job == "2g") base.begin();
  for (std::size_t i = 0; i < events.size(); ++i) base.plan(events[i], {&products[i], 1});
  if (job == "2g") base.commit();
  report(job, race.events, now_ms() - start, static_cast<std::int64_t>(events.size()), 0);
}

}  // namespace bench
