#!/usr/bin/env bash
# Installs the Debian packages that building and testing need; those that are there already are left alone.
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache pkg-config python3
  libboost1.81-dev libsqlite3-dev libfmt-dev libhowardhinnant-date-dev tzdata
  doctest-dev libutf8proc-dev
  g++-multilib g++-mingw-w64-i686-posix g++-mingw-w64-x86-64-posix
)

if ! command -v dpkg-query >/dev/null; then
  echo "setup: not a Debian system; needed are the counterparts of: ${packages[*]}"
  exit 0
fi

# npm fetches SQLite's source for the builds for other systems. A Node.js that is there is not replaced by Debian's.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: all packages are installed"
  exit 0
fi

echo "setup: installing ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq </dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
