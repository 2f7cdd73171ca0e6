// What most tests include: compiled once for a folder of many.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "crm/model/entities.hpp"
