// C6 over a store.
#pragma once

#include "unit.hpp"

namespace crm {

/// See Crm::set_characteristic.
void stage_characteristic(Unit& unit, RecordRef owner, std::string_view code, std::span<const Value> values);
/// See Crm::characteristics.
std::vector<CharacteristicOf> read_characteristics(Unit& unit, RecordRef owner);

}  // namespace crm
