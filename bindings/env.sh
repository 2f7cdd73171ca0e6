# Source it, `. bindings/env.sh`: programs of this shell find libcrm and the bindings of this clone. The library is CRM_LIBRARY, else that of
# build/release, build/examples (by examples/run.sh) or build/library. Any POSIX shell will do; one that does not tell where a sourced file is (dash, busybox) finds it
# by CRM, the folder of the clone, or in the current folder.
crm_file=${BASH_SOURCE:-}
[ -z "${ZSH_VERSION:-}" ] || eval 'crm_file=${(%):-%x}'
case $crm_file in
  '') crm_root=${CRM:-.} ;;
  */*) crm_root=${crm_file%/*}/.. ;;
  *) crm_root=.. ;;
esac
if [ ! -f "$crm_root/bindings/env.sh" ]; then
  echo "env.sh: this shell does not tell where the file is: set CRM to the folder of the clone, or go there, and source it again" >&2
  return 1
fi
crm_root=$(CDPATH='' cd -- "$crm_root" && pwd)
if [ -z "${CRM_LIBRARY:-}" ]; then
  crm_found=
  for crm_build in library examples release; do # the last that is there
    CRM_LIBRARY=$crm_root/build/$crm_build/capi/libcrm.so
    [ ! -e "$CRM_LIBRARY" ] || crm_found=$CRM_LIBRARY
  done
  CRM_LIBRARY=${crm_found:-$CRM_LIBRARY}
fi
LD_LIBRARY_PATH=$(dirname -- "$CRM_LIBRARY")${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
PYTHONPATH=$crm_root/bindings/python${PYTHONPATH:+:$PYTHONPATH}
LUA_PATH="$crm_root/bindings/lua/?.lua;$crm_root/bindings/lua/?/init.lua;${LUA_PATH:-;}"
PATH=$crm_root/build/node:$PATH
export CRM_LIBRARY LD_LIBRARY_PATH PYTHONPATH LUA_PATH PATH
[ -e "$CRM_LIBRARY" ] ||
  echo "no library $CRM_LIBRARY: $crm_root/cmake/setup.sh, then there cmake --preset library && cmake --build --preset library" >&2
