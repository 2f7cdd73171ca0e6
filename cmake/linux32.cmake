# Linux on 32-bit x86, by the 64-bit compiler. Doubles are computed in SSE, so that they round as in 64 bits; hosts that
# keep a stack aligned to 4 bytes only are served too.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR i686)
set(CMAKE_C_FLAGS_INIT "-m32 -msse2 -mfpmath=sse -mstackrealign")
set(CMAKE_CXX_FLAGS_INIT ${CMAKE_C_FLAGS_INIT})
