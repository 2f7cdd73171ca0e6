// How a line of a field table is made from a member pointer.
#pragma once

#include <algorithm>
#include <boost/pfr/tuple_size.hpp>
#include <limits>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/meta/meta.hpp"
#include "crm/meta/record.hpp"
#include "crm/model/entities.hpp"

namespace crm::table {

template <class T>
struct Codec;

/// The nearest that a member of type T holds: what stands in a base need not fit. Only the member differs, not the row.
template <class T>
T within(std::int64_t number) {
  return static_cast<T>(std::clamp<std::int64_t>(number, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}

template <>
struct Codec<std::string> {
  static constexpr Kind kKind = Kind::text;
  static void get(const std::string& v, Cell& c) { if (!v.empty()) c = Cell::of(std::string_view(v)); }
  static void put(std::string& v, const Cell& c) { v = c.as_text(); }
};
template <>
struct Codec<bool> {
  static constexpr Kind kKind = Kind::boolean;
  static void get(bool v, Cell& c) { c = Cell::of(std::int64_t{v}); }
  static void put(bool& v, const Cell& c) { v = c.as_integer() != 0; }
};
template <class T>
concept Number = std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t> || std::same_as<T, EntityNo>;
template <Number T>
struct Codec<T> {
  static constexpr Kind kKind = std::same_as<T, EntityNo> ? Kind::entity : Kind::integer;
  static void get(T v, Cell& c) { if (kKind != Kind::entity || v != 0) c = Cell::of(static_cast<std::int64_t>(v)); }
  static void put(T& v, const Cell& c) { v = within<T>(c.as_integer()); }
};
template <class T>
  requires std::is_enum_v<T>
struct Codec<T> {
  static constexpr Kind kKind = Kind::enumeration;
  static void get(T v, Cell& c) { c = Cell::of(static_cast<std::int64_t>(v)); }
  /// A number that only a later release knows stays what it is.
  static void put(T& v, const Cell& c) { v = static_cast<T>(within<std::underlying_type_t<T>>(c.as_integer())); }
};
template <>
struct Codec<double> {
  static constexpr Kind kKind = Kind::real;
  static void get(double v, Cell& c) { c = Cell::of(v); }
  static void put(double& v, const Cell& c) { v = c.as_real(); }
};
template <>
struct Codec<Decimal> {
  static constexpr Kind kKind = Kind::decimal;
  static void get(Decimal v, Cell& c) { c = Cell::of(v.millionths); }
  static void put(Decimal& v, const Cell& c) { v.millionths = c.as_integer(); }
};
template <>
struct Codec<Date> {
  static constexpr Kind kKind = Kind::date;
  static void get(Date v, Cell& c) { c = Cell::of(to_number(v)); }
  static void put(Date& v, const Cell& c) { v = std::clamp(date_of(c.as_integer()), kFirstDate, kLastDate); }
};
template <>
struct Codec<Instant> {
  static constexpr Kind kKind = Kind::instant;
  static void get(Instant v, Cell& c) { c = Cell::of(to_number(v)); }
  static void put(Instant& v, const Cell& c) { v = std::clamp(instant_of(c.as_integer()), kFirstInstant, kLastInstant); }
};
template <>
struct Codec<Currency> {
  static constexpr Kind kKind = Kind::currency;
  static void get(const Currency& v, Cell& c) { if (v) c = Cell::of(v.letters()); }
  static void put(Currency& v, const Cell& c) { v = parse_currency(c.as_text()); }
};
template <class E>
struct Codec<IdOf<E>> {
  static constexpr Kind kKind = Kind::reference;
  static void get(IdOf<E> v, Cell& c) { if (v) c = Cell::of(v.value); }
  static void put(IdOf<E>& v, const Cell& c) { v.value = c.as_integer(); }
};
template <class T>
struct Codec<std::optional<T>> {
  static constexpr Kind kKind = Codec<T>::kKind;
  static void get(const std::optional<T>& v, Cell& c) { if (v) Codec<T>::get(*v, c); }
  static void put(std::optional<T>& v, const Cell& c) {
    if (c.is_null()) return v.reset();
    Codec<T>::put(v.emplace(), c);
  }
};

template <class T>
struct Member;
template <class E, class T>
struct Member<T E::*> {
  using Entity = E;
  using Type = T;
};
template <class T>
inline constexpr EntityNo kRefers = 0;
template <class E>
inline constexpr EntityNo kRefers<IdOf<E>> = E::kEntity;

/// A field that is one column.
template <auto M>
constexpr FieldInfo field(FieldNo no, const char* name, std::uint32_t flags, const char* ru, const char* en) {
  using E = typename Member<decltype(M)>::Entity;
  using T = typename Member<decltype(M)>::Type;
  FieldInfo f{no, name, Codec<T>::kKind, flags, kRefers<T>, nullptr, ru, en};
  f.narrow = std::same_as<T, std::int32_t> || std::same_as<T, std::optional<std::int32_t>>;
  f.get = [](const void* e, Cell& c) { Codec<T>::get(static_cast<const E*>(e)->*M, c); };
  f.put = [](void* e, const Cell& c) { Codec<T>::put(static_cast<E*>(e)->*M, c); };
  return f;
}

/// A field that is one of an enumeration's values.
template <auto M>
constexpr FieldInfo field(FieldNo no, const char* name, std::uint32_t flags, const EnumInfo& values, const char* ru,
                          const char* en) {
  FieldInfo f = field<M>(no, name, flags, ru, en);
  f.kind = Kind::enumeration;
  f.values = &values;
  return f;
}

/// The two columns of a Money member.
template <auto M>
constexpr FieldInfo amount(FieldNo no, const char* name, const char* ru, const char* en) {
  using E = typename Member<decltype(M)>::Entity;
  FieldInfo f{no, name, Kind::money, 0, 0, nullptr, ru, en};
  f.get = [](const void* e, Cell& c) {
    if (const auto& m = static_cast<const E*>(e)->*M) c = Cell::of(m->minor);
  };
  f.put = [](void* e, const Cell& c) {
    auto& m = static_cast<E*>(e)->*M;
    if (c.is_null()) return m.reset();
    m.emplace().minor = c.as_integer();
  };
  return f;
}
template <auto M>
constexpr FieldInfo currency(FieldNo no, const char* name, const char* ru, const char* en) {
  using E = typename Member<decltype(M)>::Entity;
  FieldInfo f{no, name, Kind::currency, 0, 0, nullptr, ru, en, false, false};
  f.get = [](const void* e, Cell& c) {
    if (const auto& m = static_cast<const E*>(e)->*M) Codec<Currency>::get(m->currency, c);
  };
  f.put = [](void* e, const Cell& c) {
    auto& m = static_cast<E*>(e)->*M;
    if (m) Codec<Currency>::put(m->currency, c);
  };
  return f;
}

/// The two columns of a RecordRef member.
template <auto M>
constexpr FieldInfo ref_kind(FieldNo no, const char* name, std::uint32_t flags, const char* ru, const char* en) {
  using E = typename Member<decltype(M)>::Entity;
  FieldInfo f{no, name, Kind::entity, flags, 0, nullptr, ru, en};
  f.get = [](const void* e, Cell& c) { Codec<EntityNo>::get((static_cast<const E*>(e)->*M).entity, c); };
  f.put = [](void* e, const Cell& c) { Codec<EntityNo>::put((static_cast<E*>(e)->*M).entity, c); };
  return f;
}
template <auto M>
constexpr FieldInfo ref_id(FieldNo no, const char* name, std::uint32_t flags, const char* ru, const char* en) {
  using E = typename Member<decltype(M)>::Entity;
  FieldInfo f{no, name, Kind::any_reference, flags, 0, nullptr, ru, en, false, false};
  f.get = [](const void* e, Cell& c) { if (Id id = (static_cast<const E*>(e)->*M).id) c = Cell::of(id); };
  f.put = [](void* e, const Cell& c) { (static_cast<E*>(e)->*M).id = c.as_integer(); };
  return f;
}

/// The table of one entity. Does not compile when a member has no line.
template <class E, std::size_t N>
constexpr EntityInfo entity(const char* name, const char* ru, const char* en, const FieldInfo (&fields)[N],
                            std::span<const IndexInfo> indexes = {}) {
  return EntityInfo{E::kEntity, name, ru, en, std::span<const FieldInfo>(fields, N), indexes,
                    [] { return to_row(E{}); }};
}

template <class E, std::size_t N>
constexpr bool covers_every_member(const FieldInfo (&fields)[N]) {
  std::size_t members = 2;  // id and version
  for (const FieldInfo& f : fields) members += f.first_of_member;
  return members == boost::pfr::tuple_size_v<E>;
}

/// No number is given twice, none is below 3.
template <std::size_t N>
constexpr bool numbers_are_distinct(const FieldInfo (&fields)[N]) {
  for (std::size_t i = 0; i < N; ++i) {
    if (fields[i].no < 3) return false;
    for (std::size_t j = i + 1; j < N; ++j)
      if (fields[i].no == fields[j].no) return false;
  }
  return true;
}

/// The table of an entity; defined in its file by CRM_ENTITY.
template <class E>
const EntityInfo& info();

}  // namespace crm::table

// Ends the file of a table: checks it and gives it its place.
#define CRM_ENTITY(E, name, ru, en, fields, indexes)                            \
  static_assert(covers_every_member<E>(fields), "a member of " #E " has no line"); \
  static_assert(numbers_are_distinct(fields));                                  \
  template <>                                                                   \
  const EntityInfo& info<E>() {                                                 \
    static constexpr EntityInfo kInfo = entity<E>(name, ru, en, fields, indexes); \
    return kInfo;                                                               \
  }                                                                             \
  static_assert(true)
