// What people know records by.
#pragma once

#include <map>
#include <string>

#include "crm/services/crm.hpp"

namespace crm {

/// Names of users, departments, products, event types and companies in the handle's language, each read once; "" of what the asker does not see.
class Names {
 public:
  explicit Names(Crm& crm) : crm_(crm) {}
  const std::string& of(RecordRef record);

 private:
  [[nodiscard]] std::string caption_of(const Record& record) const;

  Crm& crm_;
  std::map<RecordRef, std::string> names_;
};

}  // namespace crm
