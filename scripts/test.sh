#!/usr/bin/env bash
# Builds what is needed, runs the test suites and ends with a summary and the line "N passed, N failed".
#   scripts/test.sh [swift] [python] [browser]      all three when none is named
set -uo pipefail
cd "$(dirname "$0")/.."

suites=("$@")
[ "${#suites[@]}" -gt 0 ] || suites=(swift python browser)
logs=var/test
mkdir -p "$logs"
passed=0
failed=0
table=

# Adds a row to the summary: suite, passed, failed, and the exit status that must agree with them.
record() {
    local suite=$1 good=${2:-0} bad=${3:-0} status=$4
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    [ $((good + bad)) -gt 0 ] || bad=1
    passed=$((passed + good))
    failed=$((failed + bad))
    table+=$(printf '  %-10s %5d passed %5d failed    %s' "$suite" "$good" "$bad" "$logs/$suite.log")$'\n'
}

finish() {
    printf '\n%s\n%d passed, %d failed\n' "$table" "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
}

# Runs a preparation step; if it fails, no later result can be trusted.
prepare() {
    printf '\n== %s\n' "$*"
    "$@" || {
        printf 'test: this step failed: %s\n' "$*" >&2
        record "${1##*/}" 0 1 1
        finish
    }
}

run_swift() {
    printf '\n== swift test\n'
    swift test --skip-build --parallel 2>&1 | tee "$logs/swift.log"
    local status=${PIPESTATUS[0]} total bad
    total=$(sed -n 's/.*Test run with \([0-9]*\) tests\{0,1\} .*/\1/p' "$logs/swift.log" | tail -n 1)
    bad=$(grep -E '^[^ ]+ +Test .* failed after ' "$logs/swift.log" | grep -cvE '^[^ ]+ +Test run with ')
    record swift $((${total:-0} - bad)) "$bad" "$status"
}

# The Python suites print a closing line "N passed, N failed" themselves.
run_python() {
    local suite=$1
    shift
    printf '\n== %s\n' "$suite tests"
    .venv/bin/python Tests/Python/run.py "$@" 2>&1 | tee "$logs/$suite.log"
    local status=${PIPESTATUS[0]} counts
    counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' "$logs/$suite.log" | tail -n 1)
    # shellcheck disable=SC2086
    record "$suite" ${counts:-0 0} "$status"
}

prepare scripts/assets.sh
[ "${suites[*]}" = swift ] || prepare scripts/venv.sh tests
prepare swift build --build-tests
OPENALMATY_BIN=${OPENALMATY_BIN:-$(swift build --show-bin-path)/openalmaty}
export OPENALMATY_BIN

# Python files need about one processor and browser files about one, so together they take little longer than either alone.
case " ${suites[*]} " in
    *" python "*" browser "* | *" browser "*" python "*) together=yes ;;
    *) together= ;;
esac

for suite in "${suites[@]}"; do
    case "$suite" in
        swift) run_swift ;;
        python) if [ "$together" ]; then run_python python Tests/Python; else run_python python; fi ;;
        browser) [ "$together" ] || run_python browser Tests/Python/browser ;;
        *)
            printf 'test: unknown suite %s; known: swift python browser\n' "$suite" >&2
            exit 2
            ;;
    esac
done
finish
