# `cmake --install`: the libraries, the headers, find_package(crm) and pkg-config.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS crm_capi EXPORT crmTargets INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS crm_cpp EXPORT crm-cppTargets INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(MINGW)
  install(FILES ${PROJECT_BINARY_DIR}/capi/crm.def DESTINATION ${CMAKE_INSTALL_LIBDIR})
endif()
install(DIRECTORY include/crm DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.hpp PATTERN *.h)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/crm)
install(EXPORT crmTargets NAMESPACE crm:: DESTINATION ${package_dir})
install(EXPORT crm-cppTargets NAMESPACE crm:: DESTINATION ${package_dir})
string(COMPARE EQUAL "${CRM_SQLITE_SOURCE}" "" needs_sqlite)
configure_package_config_file(cmake/crmConfig.cmake.in crmConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(crmConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/crmConfig.cmake ${PROJECT_BINARY_DIR}/crmConfigVersion.cmake
        DESTINATION ${package_dir})

# The prefix is written relative to the .pc file, so that an installed tree can be moved.
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
if(CRM_WITH_PHONES)
  cmake_path(GET CRM_PHONES_LIBRARY FILENAME phones_library)
  set(pc_phones -l:${phones_library})
endif()
if(NOT CRM_SQLITE_SOURCE)
  set(pc_sqlite sqlite3)
endif()
foreach(pc crm crm-cpp)
  configure_file(cmake/${pc}.pc.in ${pc}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${pc}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
