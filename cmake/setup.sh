#!/usr/bin/env bash
# setup.sh [tests]: installs the Debian packages that building needs, and with "tests" those of the languages and tools that
# testing needs; those that are there already are left alone.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  g++ cmake ninja-build ccache pkg-config python3
  libboost1.81-dev libsqlite3-dev libfmt-dev libhowardhinnant-date-dev tzdata
  libphonenumber8 libprotobuf-dev libabsl-dev # and the headers of phones_source.sh
)
if [ "${1:-}" = tests ]; then
  packages+=(
    doctest-dev libutf8proc-dev abigail-tools python3-clang-14 libclang-common-14-dev
    python3-pip python3-setuptools python3-wheel mypy
    luajit lua-dkjson
    fp-compiler fp-units-rtl fp-units-base fp-units-fcl
    g++-multilib g++-mingw-w64-i686-posix g++-mingw-w64-x86-64-posix
    mono-mcs mono-runtime libmono-system-runtime-serialization4.0-cil libmono-system-xml-linq4.0-cil
  )
  # A Node.js that is there is not replaced by Debian's.
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
fi

install_packages() {
  local missing=() status as_root=()
  for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    echo "setup: all packages are installed"
    return
  fi
  echo "setup: installing ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
}

# The packages of npm that the binding for Node.js needs, and build/node/node: a Node.js of at least 20, which Debian 12 has not.
install_node() {
  mkdir -p build/node
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then
    ln -sf "$(command -v node)" build/node/node
  elif [ ! -x build/node/node ]; then
    npm install --silent --no-save --no-audit --no-fund --prefix build/node "node-linux-$(node -p process.arch)@20.20.2"
    ln -sf "$PWD/build/node/node_modules/node-linux-$(node -p process.arch)/bin/node" build/node/node
  fi
  [ -d bindings/typescript/node_modules/typescript ] ||
    npm install --silent --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --prefix bindings/typescript
}

if command -v dpkg-query >/dev/null; then
  install_packages
  cmake/phones_source.sh build/phones || echo "setup: no headers of libphonenumber, CRM_WITH_PHONES is off"
else
  echo "setup: not a Debian system; needed are the counterparts of: ${packages[*]}"
fi
if [ "${1:-}" = tests ]; then
  install_node
fi
