# crm::phonenumber: libphonenumber. Its headers may be in CRM_PHONES_SOURCE, since Debian's cannot be installed beside the Boost that is
# needed; then libphonenumber.so.8 of the runtime package is linked.
set(CRM_PHONES_SOURCE ${PROJECT_SOURCE_DIR}/build/phones CACHE PATH "Folder of libphonenumber's headers, by cmake/phones_source.sh")
find_path(CRM_PHONES_INCLUDE phonenumbers/phonenumberutil.h HINTS ${CRM_PHONES_SOURCE})
find_path(CRM_PHONES_ABSL absl/container/node_hash_map.h) # these two are what its headers include
find_path(CRM_PHONES_PROTOBUF google/protobuf/message_lite.h)
find_library(CRM_PHONES_LIBRARY NAMES phonenumber libphonenumber.so.8)
mark_as_advanced(CRM_PHONES_INCLUDE CRM_PHONES_ABSL CRM_PHONES_PROTOBUF CRM_PHONES_LIBRARY)

set(phones_found OFF)
if(CRM_PHONES_INCLUDE AND CRM_PHONES_ABSL AND CRM_PHONES_PROTOBUF AND CRM_PHONES_LIBRARY)
  set(phones_found ON)
endif()

# Not by what is found: two machines would build two libraries, and nobody would know. The environment is asked for the scripts' sake.
set(wanted ON)
if(DEFINED ENV{CRM_WITH_PHONES})
  set(wanted $ENV{CRM_WITH_PHONES})
endif()
option(CRM_WITH_PHONES "Phones of all countries, by libphonenumber" ${wanted})
if(CRM_WITH_PHONES AND NOT phones_found)
  message(FATAL_ERROR "CRM_WITH_PHONES needs libphonenumber (Debian: libphonenumber8 libprotobuf-dev libabsl-dev; its headers are "
                      "put into place by cmake/phones_source.sh ${CRM_PHONES_SOURCE}); -DCRM_WITH_PHONES=OFF does without: phones of Russia only")
elseif(PROJECT_IS_TOP_LEVEL)
  message(STATUS "CRM_WITH_PHONES=${CRM_WITH_PHONES} (phones of all countries; without: of Russia only)")
endif()
if(NOT CRM_WITH_PHONES)
  return()
endif()

add_library(crm::phonenumber UNKNOWN IMPORTED)
set_target_properties(crm::phonenumber PROPERTIES IMPORTED_LOCATION ${CRM_PHONES_LIBRARY})
target_include_directories(crm::phonenumber INTERFACE ${CRM_PHONES_INCLUDE} ${CRM_PHONES_ABSL} ${CRM_PHONES_PROTOBUF})
