#!/usr/bin/env bash
# Puts on the machine what the tests need and it has not: PostgreSQL's server programs, a Chromium,
# cargo-nextest. Does nothing, and asks nobody, where all of it is there.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "Not root and no sudo. As root, run: apt-get install ${missing[*]}"
    return 1
  fi
}

missing=()
command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ -x "${KENTONGAN_CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)

if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || { say "Missing: ${missing[*]}. Install them with your system's packages."; exit 1; }
  say "Installing the Debian packages ${missing[*]}"
  # A server of our own is started by each test; the packaged one need not run.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! cargo nextest --version >/dev/null 2>&1; then
  say "Installing cargo-nextest"
  cargo install cargo-nextest --locked --quiet || say "cargo-nextest could not be installed: cargo test is used instead"
fi
