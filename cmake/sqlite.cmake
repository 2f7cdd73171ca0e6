# SQLite::SQLite3: the system's, or compiled in from the amalgamation in CRM_SQLITE_SOURCE where the system has none.
set(CRM_SQLITE_SOURCE "" CACHE PATH "Folder of sqlite3.c and sqlite3.h to compile in; empty: the system's SQLite")

if(NOT CRM_SQLITE_SOURCE)
  find_package(SQLite3 REQUIRED ${quiet})
  return()
endif()
if(NOT EXISTS ${CRM_SQLITE_SOURCE}/sqlite3.c OR NOT EXISTS ${CRM_SQLITE_SOURCE}/sqlite3.h)
  message(FATAL_ERROR "no sqlite3.c and sqlite3.h in ${CRM_SQLITE_SOURCE}: run cmake/sqlite_source.sh ${CRM_SQLITE_SOURCE}")
endif()

enable_language(C)
add_library(crm_sqlite STATIC ${CRM_SQLITE_SOURCE}/sqlite3.c)
add_library(SQLite::SQLite3 ALIAS crm_sqlite)
set_target_properties(crm_sqlite PROPERTIES C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
target_link_libraries(crm_sqlite PUBLIC $<$<PLATFORM_ID:Linux>:m>) # its mathematical functions
target_include_directories(crm_sqlite SYSTEM INTERFACE ${CRM_SQLITE_SOURCE})
# As Debian's in what a store can tell: full-text search, safe in threads, a condition may name many values.
target_compile_definitions(crm_sqlite PRIVATE SQLITE_ENABLE_FTS5 SQLITE_THREADSAFE=1 SQLITE_MAX_VARIABLE_NUMBER=250000
                           SQLITE_ENABLE_MATH_FUNCTIONS SQLITE_OMIT_LOAD_EXTENSION)
target_compile_options(crm_sqlite PRIVATE $<$<C_COMPILER_ID:GNU,Clang>:-w>) # not our code, not our warnings
