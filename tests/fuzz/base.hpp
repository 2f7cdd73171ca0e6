// A small house in memory, made once: each execution is a unit of work that is undone.
#pragma once

#include "calls/calls.hpp"

namespace crm::fuzz {

/// Acts as the host itself, with the clock at 2 March 2026. Made anew after some thousand units, so that what a handle keeps does not grow.
crm_db* base();

/// The house, into a new base.
void fill(crm_db* db);

/// What every call must keep: a status that is not CRM_INTERNAL, a sentence with every failure, UTF-8 in every answer.
void check_answer(crm_db* db, std::string_view function, const test::Answer& answer);

/// A unit of work around one execution. A call that fails in it has changed nothing: what is committed after it writes no line of the log.
class Unit {
 public:
  explicit Unit(crm_db* db);
  ~Unit();
  Unit(const Unit&) = delete;
  void after(const test::Answer& answer);

 private:
  crm_db* db_;
  bool is_over_ = false;
};

}  // namespace crm::fuzz
