#!/usr/bin/env bash
# setup.sh [tests]: installs the Debian packages that building needs, and with "tests" those of the languages and tools that
# testing needs; those that are there already are left alone. A language that cannot be had is told, and its tests are skipped.
# CRM_WITH_PHONES=OFF does without libphonenumber, and the build that follows does, too.
set -euo pipefail
cd "$(dirname "$0")/.."

building=(
  g++ cmake ninja-build ccache pkg-config python3
  libboost1.81-dev libsqlite3-dev libfmt-dev
)
phones=(libphonenumber8 libprotobuf-dev libabsl-dev) # and the headers of phones_source.sh
testing=(git busybox doctest-dev libutf8proc-dev abigail-tools python3-clang-14 libclang-common-14-dev clang-19 libclang-rt-19-dev libclang1-19 libclang-common-19-dev python3-pip mypy debootstrap)
lua=(luajit lua-dkjson)
pascal=(fp-compiler fp-units-rtl fp-units-base fp-units-fcl)
csharp=(mono-mcs mono-runtime libmono-system-runtime-serialization4.0-cil libmono-system-xml-linq4.0-cil)
typescript=() # a Node.js that is there is not replaced by Debian's
command -v node >/dev/null || typescript+=(nodejs)
command -v npm >/dev/null || typescript+=(npm)
others=(g++-multilib g++-mingw-w64-i686-posix g++-mingw-w64-x86-64-posix) # 32-bit Linux, Windows

say() { echo "setup: $*"; }
fail() { say "$*" >&2; exit 1; }
without_phones() { [[ ${CRM_WITH_PHONES:-} =~ ^(OFF|off|0|NO|no|FALSE|false)$ ]]; }

# apt-get as root; what it says is told if it fails. It waits for others that install something: for the lock of the package lists
# it has no waiting of its own.
apt() {
  local as_root=() said tries=120 done=no
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  said=$(mktemp)
  while [ "$done" = no ]; do
    if LC_ALL=C "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" </dev/null >"$said" 2>&1; then
      done=yes
    elif [ $((tries -= 1)) -gt 0 ] && grep -q "Could not get lock" "$said"; then
      say "waiting for another program that installs packages"
      sleep 5
    else
      tail -n 30 "$said" >&2
      done=failed
    fi
  done
  rm -f "$said"
  [ "$done" = yes ]
}

# The lists of packages, once.
updated=
update() {
  [ -z "$updated" ] || return 0
  apt update || return 1
  updated=yes
}

# Those of the packages that are not there.
missing() {
  local package
  for package; do
    [ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)" = "install ok installed" ] || echo "$package"
  done
}

may_install() { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }

install_packages() {
  local needed
  needed=$(missing "$@" | xargs)
  [ -n "$needed" ] || return 0
  if ! may_install; then
    say "installing needs root, and there is no sudo; as root: apt-get install --no-install-recommends $needed" >&2
    return 1
  fi
  say "installing $needed"
  # shellcheck disable=SC2086 # names of packages
  update && apt install -y --no-install-recommends $needed
}

fetch_phones() {
  if without_phones; then
    say "CRM_WITH_PHONES=$CRM_WITH_PHONES: without libphonenumber, phones of Russia only"
    return
  fi
  cmake/phones_source.sh build/phones 2>/dev/null ||
    { may_install && update && cmake/phones_source.sh build/phones; } || # a new machine may have no lists of packages
    fail "no headers of libphonenumber (see above); CRM_WITH_PHONES=OFF does without: phones of Russia only"
}

# The packages of npm that the binding for Node.js needs, and build/node/node: a Node.js of at least 20, which Debian 12 has not.
# koffi stays in build/node/cache, from which the test of the language's first program installs it without a network.
install_node() {
  local quiet=(--loglevel error --no-audit --no-fund --no-update-notifier --cache "$PWD/build/node/cache") arch
  mkdir -p build/node
  arch=$(node -p process.arch)
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then
    ln -sf "$(command -v node)" build/node/node
  elif [ ! -x build/node/node ]; then
    npm install "${quiet[@]}" --no-save --prefix build/node "node-linux-$arch@20.20.2" || return 1
    ln -sf "$PWD/build/node/node_modules/node-linux-$arch/bin/node" build/node/node
  fi
  if [ ! -d build/node/cache/_cacache ]; then
    npm cache add "${quiet[@]}" "koffi@$(node -p 'require("./bindings/typescript/package.json").dependencies.koffi')" || return 1
  fi
  if [ ! -d bindings/typescript/node_modules/typescript ]; then
    npm install "${quiet[@]}" --no-save --no-package-lock --ignore-scripts --prefix bindings/typescript
  fi
}

# language NAME PACKAGE...: one that cannot be had is no reason to test nothing.
left_out=()
language() {
  local name=$1
  shift
  install_packages "$@" || left_out+=("$name")
}

# What must be there: without it there is nothing to build or to test.
install_needed() {
  without_phones || building+=("${phones[@]}")
  [ "$1" != tests ] || building+=("${testing[@]}")
  if ! may_install && [ -n "$(missing "${building[@]}")" ]; then # told at once: it is for somebody else to type
    [ "$1" != tests ] || building+=("${lua[@]}" "${pascal[@]}" "${csharp[@]}" "${typescript[@]}" "${others[@]}")
  fi
  install_packages "${building[@]}" || fail "what is needed could not be installed (see above)"
  fetch_phones
}

install_languages() {
  language Lua "${lua[@]}"
  language Pascal "${pascal[@]}"
  language "C#" "${csharp[@]}"
  language "other systems" "${others[@]}"
  language TypeScript "${typescript[@]}"
}

what=${1:-}
if command -v dpkg-query >/dev/null; then
  install_needed "$what"
  [ "$what" != tests ] || install_languages
else
  say "not a Debian system; needed are the counterparts of: ${building[*]} ${phones[*]}"
  [ "$what" != tests ] || say "and to test: ${testing[*]} ${lua[*]} ${pascal[*]} ${csharp[*]} ${others[*]} nodejs npm"
fi
if [ "$what" = tests ] && command -v npm >/dev/null && ! install_node; then
  left_out+=(TypeScript)
fi
for name in "${left_out[@]}"; do say "LEFT OUT: $name (see above); its tests are skipped"; done
say "done"
