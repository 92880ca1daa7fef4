#!/usr/bin/env bash
# Puts on the machine what the tests need and it has not: PostgreSQL's server programs, a Chromium,
# cargo-nextest, and beside the tests the real peers of outbound channels. Does nothing, and asks nobody, where all of it is there.
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
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)

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

# Real peers: a push service, a mail server, verifiers of webhooks in two languages. Tests that find them
# missing say "skipped: no network".
peers="$(dirname "${BASH_SOURCE[0]}")/../tests/peers"
if ! cmp -s "$peers/package-lock.json" "$peers/node_modules/.installed"; then
  say "Installing the peers of outbound channels (npm)"
  if npm --prefix "$peers" ci --no-audit --no-fund --silent; then
    cp "$peers/package-lock.json" "$peers/node_modules/.installed"
  else
    say "The npm peers could not be installed: their tests are skipped"
  fi
fi
if ! cmp -s "$peers/requirements.txt" "$peers/.venv/installed.txt"; then
  say "Installing the peers of outbound channels (PyPI)"
  if python3 -m venv "$peers/.venv" &&
    "$peers/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$peers/requirements.txt"; then
    cp "$peers/requirements.txt" "$peers/.venv/installed.txt"
  else
    say "The PyPI peers could not be installed: their tests are skipped"
  fi
fi
