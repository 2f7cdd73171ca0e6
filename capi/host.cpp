// What the host supplies (X1): its callbacks as functions of the port.
#include <cstddef>
#include <cstring>
#include <stdexcept>

#include "crm/base/text.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace crm::capi {

/// The table of a host, copied; `destroy` is called when it is not needed any more.
class HostCalls {
 public:
  HostCalls(Base& base, const crm_host& given) : base_(base) {
    std::memcpy(&table_, &given, std::min<std::size_t>(sizeof table_, static_cast<std::size_t>(given.struct_size)));
  }
  ~HostCalls() {
    try {
      if (table_.destroy) table_.destroy(table_.user);
    } catch (...) {  // of a host in C++: there is nobody left to tell
    }
  }
  HostCalls(const HostCalls&) = delete;
  HostCalls& operator=(const HostCalls&) = delete;

  [[nodiscard]] const crm_host& table() const { return table_; }

  /// Asks; what the callback answered by `crm_host_answer`, "" if nothing. Any status but CRM_OK is thrown as that text.
  std::string ask(crm_host_call call, const std::string& question) const {
    base_.host_answer.clear();
    const std::int32_t status = asked(call, question);
    if (status != CRM_OK) throw std::runtime_error(base_.host_answer.empty() ? crm_status_name(status) : base_.host_answer);
    return std::move(base_.host_answer);
  }

 private:
  /// It may answer until it returns, or throws, as one in C++ can.
  std::int32_t asked(crm_host_call call, const std::string& question) const {
    struct Asking {
      Base& base;
      explicit Asking(Base& of) : base(of) { base.asking.store(std::this_thread::get_id()); }
      ~Asking() { base.asking.store(std::thread::id()); }
    } const asking(base_);
    return call(table_.user, question.c_str());
  }

  Base& base_;
  crm_host table_{};
};

}  // namespace crm::capi

namespace {

/// The port over the callbacks that are given.
HostPort port_of(const std::shared_ptr<HostCalls>& calls) {
  HostPort port;
  const crm_host& table = calls->table();
  if (table.clock) port.clock = [calls, call = table.clock] { return host_instant(calls->ask(call, "null")); };
  if (table.deliver)
    port.deliver = [calls, call = table.deliver](const NoticeMessage& message) { calls->ask(call, notice_json(message)); };
  if (table.geocode)
    port.geocode = [calls, call = table.geocode](const std::string& query) {
      return host_position(calls->ask(call, json_text(query)));
    };
  if (table.file_exists)
    port.file_exists = [calls, call = table.file_exists](const std::string& uri) {
      return host_flag("file_exists", calls->ask(call, json_text(uri)));
    };
  if (table.authorise)
    port.authorise = [calls, call = table.authorise](UserId user, RecordRef record, Do what) {
      return host_objection(calls->ask(call, authority_json(user, record, what)));
    };
  const auto feed = [&](crm_host_call call, const char* part) -> std::function<FeedPage(const std::string&)> {
    if (!call) return {};
    return [calls, call, part](const std::string& after) { return host_page(part, calls->ask(call, json_text(after))); };
  };
  port.products = feed(table.products, "products");
  port.documents = feed(table.documents, "documents");
  port.receipts = feed(table.receipts, "receipts");
  return port;
}

}  // namespace

int32_t CRM_CALL crm_host_set(crm_db* db, const crm_host* host) {
  bool taken = false;
  const std::int32_t status = guard(db, [&](Base& base) {
    need(host, "host");
    if (host->struct_size < static_cast<std::int32_t>(offsetof(crm_host, clock)))
      throw Error(Code::invalid_argument,
                  std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(host->struct_size), "struct_size of crm_host"}});
    auto calls = std::make_shared<HostCalls>(base, *host);
    taken = true;
    HostPort port = port_of(calls);
    base.host_clock = port.clock;
    if (base.stopped) port.clock = opened(base).host().clock;
    opened(base).host() = std::move(port);
  });
  if (host && !taken && host->struct_size >= static_cast<std::int32_t>(sizeof *host) && host->destroy) host->destroy(host->user);
  return status;
}

int32_t CRM_CALL crm_host_answer(crm_db* db, const char* text) {
  if (!text || !db) return CRM_INVALID_ARGUMENT;
  const Tag tag = db->tag.load(std::memory_order_acquire);
  if (tag != Tag::db && tag != Tag::closed) return CRM_INVALID_ARGUMENT;
  Base* const base = tag == Tag::db ? db->base.load(std::memory_order_acquire) : nullptr;
  if (!base || base->asking.load() != std::this_thread::get_id()) return CRM_MISUSE;
  base->host_answer.clear();  // one that cannot be taken is none, whatever was answered before it
  try {
    if (first_bad_byte(text)) return CRM_INVALID_ARGUMENT;
    base->host_answer = text;
    return CRM_OK;
  } catch (...) {
    return CRM_OUT_OF_MEMORY;
  }
}

int32_t CRM_CALL crm_address_geocode(crm_db* db, int64_t address, int32_t* found) {
  return guard(db, [&](Base& base) {
    need(found, "found");
    *found = opened(base).geocode({address});
  });
}

int32_t CRM_CALL crm_feed_read_json(crm_db* db, int32_t feed, int32_t pages, const char** json) {
  return guard_done(db, json, [&](Base& base) {
    if (feed < CRM_HOST_FEED_KIND_PRODUCTS || feed > CRM_HOST_FEED_KIND_RECEIPTS)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(feed), "CRM_HOST_FEED_KIND_*"}});
    return feed_json(opened(base).read_feed(static_cast<HostFeed::Feed>(feed), pages), base.language);
  });
}
