#!/usr/bin/env bash
# Builds the fuzz targets for coverage and runs each for FUZZ_SECONDS, or only FUZZ_TARGET; stops at the first
# input that breaks one and says where it is. What a run learns stays in target/fuzz/corpus for the next one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo="${CARGO:-cargo}"
seconds="${FUZZ_SECONDS:-60}"
built="${CARGO_TARGET_DIR:-target}/fuzz"
host="$(rustc -vV | sed -n 's/^host: //p')"

targets=()
for source in server/fuzz/src/bin/*.rs; do
  targets+=("$(basename "$source" .rs)")
done
if [ -n "${FUZZ_TARGET:-}" ]; then
  [ -f "server/fuzz/src/bin/$FUZZ_TARGET.rs" ] || { echo "No target $FUZZ_TARGET; there are: ${targets[*]}" >&2; exit 2; }
  targets=("$FUZZ_TARGET")
fi

# What `cargo fuzz` would set, by options that a stable compiler takes too. With --target they are not for
# build scripts, which are linked without libFuzzer.
flags='--cfg fuzzing -Cpasses=sancov-module'
for option in level=4 inline-8bit-counters pc-table trace-compares; do
  flags+=" -Cllvm-args=-sanitizer-coverage-$option"
done
CARGO_TARGET_DIR="$built" RUSTFLAGS="$flags" "$cargo" build --manifest-path server/fuzz/Cargo.toml --locked \
  --release --target "$host"

mkdir -p "$built/found"
for target in "${targets[@]}"; do
  printf '\n== %s, %s s\n' "$target" "$seconds"
  corpus="$built/corpus/$target"
  mkdir -p "$corpus"
  if ! "$built/$host/release/$target" "$corpus" server/fuzz/seeds -dict=server/fuzz/words.dict -max_len=20000 \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$built/found/$target-" 2>&1 | tee "$built/$target.log" | grep --line-buffered -avE '\b(NEW|REDUCE)\b'; then
    printf '\n%s was broken. The input is named above; make it small with\n' "$target" >&2
    printf '  %s -minimize_crash=1 -max_total_time=60 INPUT\n' "$built/$host/release/$target" >&2
    echo 'and put it into a test of the crate before mending it.' >&2
    exit 1
  fi
done
