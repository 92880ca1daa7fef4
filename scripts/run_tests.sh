#!/usr/bin/env bash
# Every test, stage by stage; stops at the first stage that fails, says which, and closes with the totals.
# `make test` has installed the tools and built the console before.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo="${CARGO:-cargo}"
logs="${CARGO_TARGET_DIR:-target}/test-logs"
mkdir -p "$logs"
rm -f "$logs"/*

# The sum of the numbers before a word ("12 passed") in the runners' own summaries.
count() { grep -aohE "[0-9]+ ($1)" "$logs"/*.summary 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'; }

total() {
  local runner
  for runner in vitest rust browser; do
    [ -f "$logs/$runner.log" ] || continue
    sed 's/\x1b\[[0-9;]*m//g' "$logs/$runner.log" | grep -aE '^ *(Tests |Summary |test result: |[0-9]+ (passed|failed|skipped|flaky)\b)' \
      >"$logs/$runner.summary"
  done
  printf '\n%s after %d s: %d passed, %d failed, %d skipped\n' "$1" "$SECONDS" \
    "$(count passed)" "$(count 'failed|timed out')" "$(count 'skipped|ignored')"
}

stage() {
  local name="$1" log="$logs/$2.log" since=$SECONDS
  shift 2
  printf '\n== %s\n' "$name"
  if "$@" 2>&1 | tee "$log"; then
    printf '== %s: %d s\n' "$name" $((SECONDS - since))
  else
    printf '\nFAILED: %s (%s; its words are above and in %s)\n' "$name" "$*" "$log"
    total 'Stopped'
    exit 1
  fi
}

# A pure crate that leans on another crate's features is not alone.
build_alone() {
  local crate
  for crate in kentongan-domain kentongan-triage kentongan-geography; do
    "$cargo" check --locked --package "$crate" --no-default-features || return
  done
}

rust_tests() {
  if "$cargo" nextest --version >/dev/null 2>&1; then
    "$cargo" nextest run --locked --workspace
  else
    "$cargo" test --locked --workspace --tests
  fi
}

stage 'console: types' types npm --prefix console-web run --silent check
stage 'console: unit tests' vitest npm --prefix console-web run --silent test
stage 'console: size of the first load' size npm --prefix console-web run --silent size
stage 'each pure crate builds alone' alone build_alone
stage 'server and tests: build' build "$cargo" build --locked --workspace --bins --tests
stage 'server: tests' rust rust_tests
stage 'server: examples in the documentation' doc "$cargo" test --locked --workspace --doc --quiet
stage 'browser tests: types' browser-types npm --prefix tests/browser run --silent check
stage 'browser tests' browser npm --prefix tests/browser run --silent test
total 'All passed'
