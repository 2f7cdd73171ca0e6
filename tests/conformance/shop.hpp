// A small schema for the cases, and short words to write and read with.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/store/store.hpp"
#include "printing.hpp"
#include "suite.hpp"

namespace crm::conformance {

namespace company {
inline constexpr EntityNo kEntity = 1;
inline constexpr FieldNo kName = 3;    ///< text, required, searched
inline constexpr FieldNo kInn = 4;     ///< text, unique
inline constexpr FieldNo kStaff = 5;   ///< integer
inline constexpr FieldNo kRating = 6;  ///< real
inline constexpr FieldNo kStamp = 7;   ///< bytes
inline constexpr FieldNo kParent = 8;  ///< company
}  // namespace company

namespace person {
inline constexpr EntityNo kEntity = 2;
inline constexpr FieldNo kName = 3;     ///< text
inline constexpr FieldNo kCompany = 4;  ///< company, required
inline constexpr FieldNo kTable = 5;    ///< integer, unique within the company
inline constexpr FieldNo kEmail = 6;    ///< text, unique, partial index
}  // namespace person

namespace call {
inline constexpr EntityNo kEntity = 3;
inline constexpr FieldNo kPerson = 3;  ///< person
inline constexpr FieldNo kState = 4;   ///< integer; index (state, at)
inline constexpr FieldNo kAt = 5;      ///< integer, required
inline constexpr FieldNo kSum = 6;     ///< integer
inline constexpr FieldNo kNote = 7;    ///< text, searched
}  // namespace call

Schema shop();

inline const Value kNull{};
/// 2026-03-02 09:00 UTC by user 7.
Stamp monday();

using Fields = std::vector<std::pair<FieldNo, Value>>;

/// Changes of one `apply`, with what they borrow.
class Batch {
 public:
  explicit Batch(Session& session) : session_(&session) {}

  /// Reserves an id; fields not given are null.
  Id insert(EntityNo entity, Fields fields);
  void insert_as(EntityNo entity, Id id, Fields fields);
  void update(EntityNo entity, Id id, Version version, Fields fields);
  void refresh(EntityNo entity, Id id, Fields fields);
  void erase(EntityNo entity, Id id, Version version);
  /// The same changes for a session of another store, with ids reserved there.
  Batch copy_for(Session& other) const;
  /// The versions that `apply` gave.
  std::vector<Version> apply();

 private:
  struct Kept {
    Change change;
    Fields fields;
    std::vector<FieldNo> numbers;
    std::vector<Cell> cells;
    bool reserved = false;
  };
  void add(Do op, EntityNo entity, Id id, Version version, Fields fields);

  Session* session_;
  std::vector<Kept> kept_;
};

// One change of one `apply`; the row as stored, the new version.
Row insert(Session& session, EntityNo entity, Fields fields);
Version update(Session& session, EntityNo entity, Id id, Version version, Fields fields);
Version erase(Session& session, EntityNo entity, Id id, Version version);
void refresh(Session& session, EntityNo entity, Id id, Fields fields);

/// `work` in a session that is committed.
void write(Store& store, const std::function<void(Session&)>& work);
/// A store of `shop()` with what `work` wrote.
std::unique_ptr<Store> shop_with(const StoreUnderTest& under_test, const std::function<void(Session&)>& work);

Row row(Session& session, EntityNo entity, Id id);
std::vector<std::vector<Value>> rows(Session& session, const Query& query);
std::vector<Id> ids(Session& session, Query query);
/// Ids of the rows that match, ascending.
std::vector<Id> matching(Session& session, EntityNo entity, Filter filter);

/// How a call failed: code and rules; Code::ok if it did not.
struct Failure {
  Code code = Code::ok;
  std::vector<std::string> rules;  ///< ascending, each once

  friend bool operator==(const Failure&, const Failure&) = default;
};
Failure failure_of(const std::function<void()>& call);
std::ostream& operator<<(std::ostream& out, const Failure& failure);

}  // namespace crm::conformance
