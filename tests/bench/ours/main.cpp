// crm_bench DB DATADIR job,job,...   prints one JSON line a job.
#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "jobs.hpp"

namespace bench {

std::size_t drawn = 0;

double now_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t allocated_bytes() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
}

void report(const std::string& job, std::int64_t events, double ms, std::int64_t operations, std::int64_t checksum) {
  std::printf("{\"c\":\"ours\",\"E\":%lld,\"job\":\"%s\",\"ms\":%.4f,\"n\":%lld,\"chk\":%lld}\n",
              static_cast<long long>(events), job.c_str(), ms, static_cast<long long>(operations),
              static_cast<long long>(checksum));
  std::fflush(stdout);
}

std::vector<std::vector<std::string>> texts(const std::string& file) {
  std::ifstream in(file);
  if (!in) {
    std::perror(file.c_str());
    std::exit(1);
  }
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    auto& row = rows.emplace_back();
    std::size_t from = 0;
    for (auto bar = line.find('|'); bar != std::string::npos; bar = line.find('|', from)) {
      row.push_back(line.substr(from, bar - from));
      from = bar + 1;
    }
    row.push_back(line.substr(from));
  }
  return rows;
}

std::vector<std::vector<std::int64_t>> numbers(const std::string& file) {
  std::vector<std::vector<std::int64_t>> rows;
  for (const auto& line : texts(file)) {
    auto& row = rows.emplace_back();
    for (const auto& text : line) row.push_back(std::atoll(text.c_str()));
  }
  return rows;
}

crm::Crm Race::open(crm::Durability durability) const {
  crm::SqliteOptions options;
  options.path = database;
  options.durability = durability;
  return crm::open(options);
}

void timed(const Race& race, const std::string& name, const std::function<std::int64_t(std::int64_t&)>& job) {
  std::int64_t operations = 0;
  job(operations);
  operations = 0;
  const double start = now_ms();
  const std::int64_t checksum = job(operations);
  report(name, race.events, now_ms() - start, operations, checksum);
}

}  // namespace bench

int main(int count, char** arguments) {
  if (count != 4) {
    std::fputs("usage: crm_bench DB DATADIR job,job,...\n", stderr);
    return 2;
  }
  bench::Race race{arguments[1], arguments[2], 0, 0};
  const auto meta = bench::numbers(race.file("meta"));
  race.companies = meta[0][0];
  race.events = meta[0][1];
  try {
    std::istringstream jobs(arguments[3]);
    for (std::string job; std::getline(jobs, job, ',');) {
      if (job == "1") {
        bench::load(race);
      } else if (job.starts_with("10")) {
        bench::matrices(race, job);
      } else if (job == "costs") {
        bench::costs(race);
      } else if (job == "analytics") {
        bench::analytics_costs(race);
      } else if (job == "time") {
        bench::time_passes(race);
      } else if (job == "characteristics") {
        bench::characteristics(race);
      } else if (job[0] == '2') {
        bench::save(race, job);
      } else if (job == "7") {
        bench::plan_fact(race);
      } else if (job.starts_with("scale:")) {
        bench::scale(race, std::atoll(job.c_str() + 6));
      } else if (job[0] == '6') {
        bench::analytics(race, job);
      } else if (job.ends_with(":c")) {
        bench::read_by_c(race, job.substr(0, job.size() - 2));
      } else {
        bench::read(race, job);
      }
    }
  } catch (const crm::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return bench::drawn == 42 ? 3 : 0;
}
