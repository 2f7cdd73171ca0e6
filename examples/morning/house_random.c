#include "house_parts.h"

/* splitmix64, by Sebastiano Vigna: the same numbers on every machine. */
static unsigned long long next(house_random* random) {
  unsigned long long z = (random->state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

int house_below(house_random* random, int below) { return (int)(next(random) % (unsigned long long)below); }
int house_between(house_random* random, int low, int high) { return low + house_below(random, high - low + 1); }
int house_percent(house_random* random, int percent) { return house_below(random, 100) < percent; }
