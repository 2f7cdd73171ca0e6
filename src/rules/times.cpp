#include "times.hpp"

#include <bit>
#include <unordered_map>

namespace crm {
namespace {

constexpr std::size_t kFewTimes = 256;  // they are sorted at every question

void take_out(std::vector<std::int64_t>& times, std::int64_t time) {
  *std::ranges::find(times, time) = times.back();
  times.pop_back();
}

}  // namespace

void Times::remove(std::int64_t time) {
  gone_.push_back(time);
  if (!counts_.empty()) {
    const std::size_t bucket = bucket_of(time);
    --counts_[bucket];
    if (const auto near = near_.find(bucket); near != near_.end()) take_out(near->second, time);
  }
  constexpr std::size_t kMostGone = 10'000;
  if (gone_.size() > kMostGone) let_go();
}

/// One that has just been added.
void Times::note(std::int64_t time) {
  const std::size_t bucket = bucket_of(time);
  if (time < base_ || bucket >= counts_.size()) return forget_buckets();
  ++counts_[bucket];
  if (const auto near = near_.find(bucket); near != near_.end()) near->second.push_back(time);
}

void Times::forget_buckets() {
  counts_.clear();
  near_.clear();
}

/// Of what is gone.
void Times::let_go() {
  if (gone_.empty()) return;
  std::unordered_map<std::int64_t, std::size_t> gone;
  for (std::int64_t time : gone_) ++gone[time];
  const auto stays = std::remove_if(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(kept_), [&](std::int64_t time) {
    const auto found = gone.find(time);
    if (found == gone.end() || found->second == 0) return false;
    --found->second;
    return true;
  });
  kept_ = static_cast<std::size_t>(stays - values_.begin());
  gone_.clear();
}

void Times::count_buckets() {
  base_ = least_;
  const std::uint64_t span = static_cast<std::uint64_t>(most_) - static_cast<std::uint64_t>(least_);
  const int bits = std::clamp(static_cast<int>(std::bit_width(size())), 8, 12);
  shift_ = std::max(0, static_cast<int>(std::bit_width(span)) - bits);
  counts_.assign(std::size_t{1} << bits, 0);
  for (std::int64_t time : values()) ++counts_[bucket_of(time)];
  for (std::int64_t time : gone_) --counts_[bucket_of(time)];
}

std::vector<Times::Place> Times::places_of(std::span<const std::size_t> ranks) const {
  std::vector<Place> places;
  for (std::size_t rank : ranks) {
    std::size_t bucket = 0;
    for (; rank >= counts_[bucket]; ++bucket) rank -= counts_[bucket];
    places.push_back({bucket, rank});
  }
  return places;
}

/// The times of those buckets, and of no others.
void Times::gather(const std::vector<Place>& places) {
  const auto is_known = [&](const Place& place) { return near_.contains(place.bucket); };
  if (std::ranges::all_of(places, is_known)) return;
  near_.clear();
  std::vector<std::vector<std::int64_t>*> wanted(counts_.size());
  for (const Place& place : places) {
    wanted[place.bucket] = &near_[place.bucket];
    wanted[place.bucket]->reserve(counts_[place.bucket]);
  }
  for (std::int64_t time : values())
    if (auto* const list = wanted[bucket_of(time)]) list->push_back(time);
  for (std::int64_t time : gone_)
    if (auto* const list = wanted[bucket_of(time)]) take_out(*list, time);
}

std::vector<std::int64_t> Times::at(std::span<const std::size_t> ranks) {
  std::vector<std::int64_t> found;
  if (size() <= kFewTimes) {
    forget_buckets();
    let_go();
    std::vector<std::int64_t> sorted(values().begin(), values().end());
    std::ranges::sort(sorted);
    for (const std::size_t rank : ranks) found.push_back(sorted[rank]);
    return found;
  }
  if (counts_.empty()) count_buckets();
  const std::vector<Place> places = places_of(ranks);
  gather(places);
  for (const Place& place : places) {
    auto& near = near_.at(place.bucket);
    const auto nth = near.begin() + static_cast<std::ptrdiff_t>(place.rank);
    std::ranges::nth_element(near, nth);
    found.push_back(*nth);
  }
  return found;
}

}  // namespace crm
