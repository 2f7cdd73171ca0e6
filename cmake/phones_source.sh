#!/usr/bin/env bash
# phones_source.sh DIR: puts the headers of libphonenumber (phonenumbers/*.h) into DIR, unless they are there.
# They come from Debian's libphonenumber-dev, which is unpacked and not installed: it depends on the headers of Boost 1.74, and
# these cannot be installed beside those of Boost 1.81.
set -euo pipefail

package=libphonenumber-dev

[ $# -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
[ -f "$dir/phonenumbers/phonenumberutil.h" ] && exit 0

work=$(mktemp -d "$dir/fetch.XXXXXX") # in DIR, so that the headers are moved there at once
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$package" >/dev/null)
dpkg-deb -x "$work"/*.deb "$work"
mv "$work/usr/include/phonenumbers" "$dir"
