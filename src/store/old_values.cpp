#include "old_values.hpp"

#include <cstring>

#include "crm/base/error.hpp"

namespace crm {
namespace {

void put(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

/// Reads what `put` wrote; throws `corrupt` when it ends too early.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return value;
  }
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size())
      throw Error(Code::corrupt, std::vector<Violation>{{"store.io", 0, 0, 0, "change log", "a line is cut short"}});
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view rest_;
};

/// Small numbers of either sign are short.
std::uint64_t zigzag(std::int64_t v) { return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63); }
std::int64_t unzigzag(std::uint64_t v) { return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1); }

}  // namespace

std::string encode_old(const std::vector<std::pair<FieldNo, Value>>& old) {
  std::string out;
  for (const auto& [field, value] : old) {
    put(out, field);
    const Cell cell = to_cell(value);
    put(out, static_cast<std::uint64_t>(cell.kind));
    switch (cell.kind) {
      case Storage::null: break;
      case Storage::integer: put(out, zigzag(cell.integer)); break;
      case Storage::real: {
        char bytes[sizeof(double)];
        std::memcpy(bytes, &cell.real, sizeof bytes);
        out.append(bytes, sizeof bytes);
        break;
      }
      case Storage::text:
      case Storage::bytes:
        put(out, cell.size);
        out += cell.as_text();
        break;
    }
  }
  return out;
}

std::vector<std::pair<FieldNo, Value>> decode_old(std::string_view bytes) {
  std::vector<std::pair<FieldNo, Value>> old;
  Reader reader(bytes);
  while (!reader.done()) {
    const auto field = static_cast<FieldNo>(reader.number());
    Value value;
    switch (static_cast<Storage>(reader.number())) {
      case Storage::null: break;
      case Storage::integer: value = unzigzag(reader.number()); break;
      case Storage::real: {
        double real = 0;
        std::memcpy(&real, reader.take(sizeof real).data(), sizeof real);
        value = real;
        break;
      }
      case Storage::text: value = std::string(reader.take(reader.number())); break;
      case Storage::bytes: value = Bytes{std::string(reader.take(reader.number()))}; break;
    }
    old.emplace_back(field, std::move(value));
  }
  return old;
}

}  // namespace crm
