# How everything below this directory is compiled. Nothing here reaches a host that embeds the library.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

if(PROJECT_IS_TOP_LEVEL)
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(NOT CMAKE_BUILD_TYPE AND NOT multi_config)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
  endif()
  find_program(CRM_CCACHE ccache)
  mark_as_advanced(CRM_CCACHE)
  if(CRM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Paths relative to the clone: what one build folder compiled another one takes, if the flags are the same. Files are compared by what
    # stands in them, comments too (CCACHE_DEPEND): a precompiled header is good for the very files that it was made of.
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${CRM_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_DEPEND=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,locale ${CRM_CCACHE})
  endif()
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND (PROJECT_IS_TOP_LEVEL OR CRM_WERROR))
  add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wcast-align -Wformat=2
                      $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
                      $<$<COMPILE_LANGUAGE:CXX>:-Wextra-semi> $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict -Wno-maybe-uninitialized) # false alarms about std::string at -O2 (GCC bug 105651)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-deprecated-declarations>) # std::stable_sort of libstdc++ 12 calls what it deprecates itself
  endif()
  if(CRM_WERROR)
    add_compile_options(-Werror)
  endif()
endif()

set(instruments) # a host of an instrumented library needs these too
if(CRM_SANITIZE STREQUAL "address")
  set(instruments -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(CRM_SANITIZE STREQUAL "fuzzer")
  set(instruments -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(CRM_SANITIZE STREQUAL "thread")
  set(instruments -fsanitize=thread -fno-omit-frame-pointer)
elseif(CRM_SANITIZE)
  message(FATAL_ERROR "CRM_SANITIZE is address, fuzzer, thread or nothing, not '${CRM_SANITIZE}'")
endif()
if(CRM_COVERAGE)
  list(APPEND instruments --coverage -fprofile-update=atomic)
endif()
add_compile_options(${instruments})
add_link_options(${instruments})
