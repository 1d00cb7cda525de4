#!/usr/bin/env bash
# Makes .venv with pinned Python packages, unless it already has them.
#   scripts/venv.sh [tools|tests]      tools: for making the assets (default); tests: also the packages of the tests
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-tools}" in
    tools) requirements=scripts/requirements.txt ;;
    tests) requirements=Tests/Python/requirements.txt ;;
    *)
        printf 'venv: unknown set %s; known: tools tests\n' "$1" >&2
        exit 2
        ;;
esac

stamp=.venv/.stamp-${1:-tools}
wanted=$({ python3 --version; cat scripts/requirements.txt "$requirements"; } | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

printf 'venv: installing %s\n' "$requirements"
.venv/bin/python -m pip --version >/dev/null 2>&1 || python3 -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
printf '%s\n' "$wanted" >"$stamp"
