#!/usr/bin/env bash
# Installs the missing Debian or Ubuntu packages, and nothing else.
#   scripts/setup.sh [--tests] [--bench]
set -euo pipefail

packages=(
    libspatialite-dev libsqlite3-dev libproj-dev zlib1g-dev libsodium-dev libcurl4-openssl-dev libqrencode-dev
    libssl-dev libengine-gost-openssl libvips-tools util-linux
    pkg-config git curl ca-certificates python3-venv fonts-noto-core
)

fail() {
    printf 'setup: %s\n' "$1" >&2
    exit 1
}

for option in "$@"; do
    case "$option" in
        --tests)
            # Reads our QR codes in tests; prepares the statements of the stores.
            packages+=(zbar-tools postgresql)
            # Make pictures with metadata and judge what became of them; scan attachments.
            packages+=(libimage-exiftool-perl libheif-examples python3-pil clamav-daemon)
            # Makes authorities, certificates and signatures, and judges them.
            packages+=(openssl)
            # A browser from another source can be used instead of Debian's.
            [ -n "${OPENALMATY_CHROMIUM:-}" ] || packages+=(chromium)
            ;;
        --bench)
            packages+=(wrk postgresql-15 postgresql-15-postgis-3 libsqlite3-mod-spatialite util-linux)
            # For Nominatim's import; PyICU is built from source.
            packages+=(osm2pgsql libicu-dev python3-dev g++)
            ;;
        *) fail "unknown option $option; known: --tests --bench" ;;
    esac
done

check_swift() {
    local needed=6.2 found
    command -v swift >/dev/null || fail "Swift $needed or newer is not on the PATH; see https://www.swift.org/install"
    found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    [ -n "$found" ] || fail "'swift --version' did not tell its version"
    [ "$(printf '%s\n%s\n' "$needed" "$found" | sort -V | head -n 1)" = "$needed" ] ||
        fail "Swift $needed or newer is needed, this is $found"
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        command -v sudo >/dev/null || fail "not root and no sudo; as root run: apt-get install ${missing[*]}"
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

check_swift

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "no apt here. Install by hand what corresponds to: ${packages[*]}"
fi

missing=()
for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

printf 'setup: installing %s\n' "${missing[*]}"
as_root apt-get -qq update
as_root apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "${missing[@]}" >/dev/null
