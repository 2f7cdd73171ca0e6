# Source it, `. bindings/env.sh`: programs of this shell find libcrm of build/release and the bindings of this clone.
crm_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CRM_LIBRARY=${CRM_LIBRARY:-$crm_root/build/release/capi/libcrm.so}
export LD_LIBRARY_PATH=$(dirname "$CRM_LIBRARY")${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export PYTHONPATH=$crm_root/bindings/python${PYTHONPATH:+:$PYTHONPATH}
export LUA_PATH="$crm_root/bindings/lua/?.lua;$crm_root/bindings/lua/?/init.lua;${LUA_PATH:-;}"
export PATH=$crm_root/build/node:$PATH
[ -e "$CRM_LIBRARY" ] || echo "no $CRM_LIBRARY yet: $crm_root/cmake/setup.sh tests && cmake --preset release && cmake --build --preset release" >&2
