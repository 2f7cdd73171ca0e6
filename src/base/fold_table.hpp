/// Lower case of every character of two UTF-8 bytes (U+0080..U+07FF), made at compile time from the blocks' patterns.
#pragma once

#include <array>
#include <cstdint>

namespace crm::fold_table {

inline constexpr std::uint32_t kFirst = 0x80;
inline constexpr std::uint32_t kEnd = 0x800;

constexpr bool within(std::uint32_t c, std::uint32_t first, std::uint32_t last) { return first <= c && c <= last; }

/// Unicode simple lower case of U+0080..U+024F. Ⱥ and Ⱦ stay: their small letters take a byte more, and a key is
/// never longer than its text.
constexpr std::uint32_t latin(std::uint32_t c) {
  struct Pair {
    std::uint32_t capital, small;
  };
  constexpr Pair kScattered[] = {
      {0x130, 'i'},   {0x178, 0xFF},  {0x181, 0x253}, {0x186, 0x254}, {0x189, 0x256}, {0x18A, 0x257}, {0x18E, 0x1DD},
      {0x18F, 0x259}, {0x190, 0x25B}, {0x193, 0x260}, {0x194, 0x263}, {0x196, 0x269}, {0x197, 0x268}, {0x19C, 0x26F},
      {0x19D, 0x272}, {0x19F, 0x275}, {0x1A6, 0x280}, {0x1A9, 0x283}, {0x1AE, 0x288}, {0x1B1, 0x28A}, {0x1B2, 0x28B},
      {0x1B7, 0x292}, {0x1C4, 0x1C6}, {0x1C7, 0x1C9}, {0x1CA, 0x1CC}, {0x1F1, 0x1F3}, {0x1F6, 0x195}, {0x1F7, 0x1BF},
      {0x220, 0x19E}, {0x23D, 0x19A}, {0x243, 0x180}, {0x244, 0x289}, {0x245, 0x28C}};
  for (const Pair& pair : kScattered)
    if (c == pair.capital) return pair.small;

  if (within(c, 0xC0, 0xDE) && c != 0xD7) return c + 0x20;
  constexpr std::uint32_t kEvenFirst[][2] = {{0x100, 0x12E}, {0x132, 0x136}, {0x14A, 0x176}, {0x182, 0x184},
                                             {0x198, 0x198}, {0x1A0, 0x1A4}, {0x1AC, 0x1AC}, {0x1B8, 0x1B8},
                                             {0x1BC, 0x1BC}, {0x1C8, 0x1C8}, {0x1DE, 0x1EE}, {0x1F2, 0x1F4},
                                             {0x1F8, 0x21E}, {0x222, 0x232}, {0x246, 0x24E}};
  for (const auto& run : kEvenFirst)
    if (within(c, run[0], run[1]) && c % 2 == 0) return c + 1;
  constexpr std::uint32_t kOddFirst[][2] = {
      {0x139, 0x147}, {0x179, 0x17D}, {0x187, 0x187}, {0x18B, 0x18B}, {0x191, 0x191}, {0x1A7, 0x1A7}, {0x1AF, 0x1AF},
      {0x1B3, 0x1B5}, {0x1C5, 0x1C5}, {0x1CB, 0x1CB}, {0x1CD, 0x1DB}, {0x23B, 0x23B}, {0x241, 0x241}};
  for (const auto& run : kOddFirst)
    if (within(c, run[0], run[1]) && c % 2 == 1) return c + 1;
  return c;
}

/// U+0370..U+03FF. The final ς becomes σ, as in Unicode case folding: else ΙΩΑΝΝΗΣ would not find Ιωάννης.
constexpr std::uint32_t greek(std::uint32_t c) {
  if (c == 0x3C2) return 0x3C3;
  if (c == 0x370 || c == 0x372 || c == 0x376 || c == 0x3F7 || c == 0x3FA) return c + 1;
  if (c == 0x37F) return 0x3F3;
  if (c == 0x386) return 0x3AC;
  if (within(c, 0x388, 0x38A)) return c + 0x25;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 0x3F;
  if (within(c, 0x391, 0x3AB) && c != 0x3A2) return c + 0x20;
  if (c == 0x3CF) return 0x3D7;
  if (within(c, 0x3D8, 0x3EE) && c % 2 == 0) return c + 1;
  if (c == 0x3F4) return 0x3B8;
  if (c == 0x3F9) return 0x3F2;
  if (within(c, 0x3FD, 0x3FF)) return c - 0x82;
  return c;
}

/// U+0400..U+052F. Ё and ё become е; й stays.
constexpr std::uint32_t cyrillic(std::uint32_t c) {
  if (c == 0x401 || c == 0x451) return 0x435;
  if (within(c, 0x400, 0x40F)) return c + 0x50;
  if (within(c, 0x410, 0x42F)) return c + 0x20;
  if (c == 0x4C0) return 0x4CF;
  if (within(c, 0x4C1, 0x4CD) && c % 2 == 1) return c + 1;
  const bool pairs = within(c, 0x460, 0x480) || within(c, 0x48A, 0x4BE) || within(c, 0x4D0, 0x52E);
  return pairs && c % 2 == 0 ? c + 1 : c;
}

constexpr std::uint32_t lower(std::uint32_t c) {
  if (c < 0x250) return latin(c);
  if (within(c, 0x370, 0x3FF)) return greek(c);
  if (within(c, 0x400, 0x52F)) return cyrillic(c);
  if (within(c, 0x531, 0x556)) return c + 0x30;  // Armenian
  return c;
}

/// By code point less `kFirst`: the two UTF-8 bytes of the small letter, first one high; or one ASCII byte.
constexpr std::array<std::uint16_t, kEnd - kFirst> make() {
  std::array<std::uint16_t, kEnd - kFirst> table{};
  for (std::uint32_t c = kFirst; c < kEnd; ++c) {
    const std::uint32_t small = lower(c);
    table[c - kFirst] =
        static_cast<std::uint16_t>(small < kFirst ? small : (0xC0 | small >> 6) << 8 | (0x80 | (small & 0x3F)));
  }
  return table;
}

inline constexpr auto kLower = make();

}  // namespace crm::fold_table
