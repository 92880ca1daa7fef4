# The two commands: `make run` and `make test`. `make help` tells the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

LISTEN ?= 127.0.0.1:8112
DATA ?= data
CARGO ?= cargo
FUZZ_SECONDS ?= 60
FUZZ_TARGET ?=
TARGET := $(or $(CARGO_TARGET_DIR),target)
RELEASE := $(TARGET)/release/kentongan

# npm writes this file at the end of an install: it tells whether one is needed.
CONSOLE_MODULES := console-web/node_modules/.package-lock.json
BROWSER_MODULES := tests/browser/node_modules/.package-lock.json
CONSOLE := console-web/dist/index.html
CONSOLE_SOURCES := $(shell find console-web/src console-web/public -type f 2>/dev/null) \
	console-web/index.html console-web/vite.config.ts console-web/svelte.config.js console-web/tsconfig.json

.PHONY: help
help: ## Tells what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name words; do \
		printf '  make %-9s %s\n' "$$name" "$$words"; done

.PHONY: run
run: build ## Starts the demo city and says where to open it
	@printf '\n  Open http://$(LISTEN) and log in as operator (the desk) or damkar (the fire brigade),\n'
	@printf '  each with the password kentongan. Ctrl+C stops it; the data stays in $(DATA)/.\n\n'
	@exec $(RELEASE) serve --demo --listen $(LISTEN) --data-dir $(DATA)

.PHONY: build
build: $(CONSOLE) ## Makes the release binary with the console inside
# Cargo does not notice files that came into an embedded folder: it is told.
	@[ $(RELEASE) -nt $(CONSOLE) ] || touch server/src/http/console.rs
	$(CARGO) build --release --locked -p kentongan

.PHONY: test
test: tools $(CONSOLE) $(BROWSER_MODULES) ## Runs every test, after installing what they need
	@CARGO="$(CARGO)" scripts/run_tests.sh

.PHONY: tools
tools:
	@scripts/install_test_tools.sh

.PHONY: bench
bench: build ## Measures: the crates alone, then the release binary
	KENTONGAN_BIN=$(abspath $(RELEASE)) $(CARGO) bench --locked --workspace --bench '*'

.PHONY: fuzz
fuzz: ## Feeds the readers what nobody would write: FUZZ_SECONDS=60 each, FUZZ_TARGET=name for one
	@CARGO="$(CARGO)" FUZZ_SECONDS="$(FUZZ_SECONDS)" FUZZ_TARGET="$(FUZZ_TARGET)" scripts/fuzz.sh

.PHONY: check
check: $(CONSOLE_MODULES) $(BROWSER_MODULES) ## Formatting, lints, types, licences
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	npm --prefix console-web run --silent check
	cd tests/browser && npx --no-install tsc -p .
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny check; \
		else echo 'cargo-deny is not installed: licences and bans are left to server/tests/house.rs'; fi

.PHONY: screens
screens: $(CONSOLE) $(BROWSER_MODULES) ## Takes the pictures in docs/screens
	$(CARGO) build --locked -p kentongan
	cd tests/browser && npm run --silent screens

.PHONY: clean
clean: ## Removes what was built; the data stays
	$(CARGO) clean
	rm -rf console-web/dist console-web/node_modules tests/browser/node_modules tests/browser/test-results

$(CONSOLE_MODULES): console-web/package.json console-web/package-lock.json
	npm --prefix console-web ci --no-audit --no-fund
	@touch $@

$(BROWSER_MODULES): tests/browser/package.json tests/browser/package-lock.json
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix tests/browser ci --no-audit --no-fund
	@touch $@

$(CONSOLE): $(CONSOLE_MODULES) $(CONSOLE_SOURCES)
	npm --prefix console-web run --silent build
	@touch $@
