# Every target sets up what it needs; a second run sees that nothing changed and starts at once.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install setup run test test-webkit test-all check faults bench catalogues release lock browser webkit

# Compiled once, every start of the server is twice as fast.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
stamp = $(VENV)/.$(1)-$(shell cat $(2) pyproject.toml | sha256sum | cut -c1-12)
RUNTIME := $(call stamp,runtime,requirements.txt)
TOOLS := $(call stamp,tools,requirements-dev.txt)
PO := locales/th/LC_MESSAGES/messages.po
MO := $(PO:.po=.mo)
installed = $(shell dpkg-query -W -f='$${Status}' $(1) 2>/dev/null | grep 'ok installed')
missing = $(foreach package,$(1),$(if $(call installed,$(package)),,$(package)))
SYSTEM := $(if $(shell command -v chromium),,chromium) $(call missing,chromium-headless-shell fonts-thai-tlwg) \
          $(if $(wildcard /usr/lib/postgresql/*/bin/initdb),,postgresql)

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: install ## from a fresh machine to the running app, with the demo village on localhost
	@$(BIN)/ombun migrate
	@exec $(BIN)/ombun serve

test: browser $(TOOLS) $(MO) ## every test, on SQLite and PostgreSQL, and in a real browser
	@$(BIN)/pytest -n 3 --dist worksteal --durations=15 --postgres -m "not webkit and not fuzz"

test-webkit: webkit $(TOOLS) $(MO) ## the offline cycle in WebKit
	@$(BIN)/pytest -m webkit

test-all: test test-webkit ## the same, and every hostile request there is
	@$(BIN)/pytest -n 3 --dist worksteal --postgres -m fuzz

faults: browser $(TOOLS) $(MO) ## 100,000 random days of phones, leaders and a failing server, 30,000 with money, 10,000 with claims, and 500 killed ones
	@$(BIN)/python -m tests.faults

check: $(TOOLS) $(MO) ## in a minute: style, types, catalogues, house rules, fast tests; make test proves all promises after each
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check
	@$(BIN)/mypy --no-error-summary
	@said=$$($(BIN)/oxlint pwa/static bench) || { echo "$$said"; exit 1; }
	@$(BIN)/pytest -q -n 2 --dist loadfile --unproved -m "not browser and not slow and not webkit"

bench: browser $(TOOLS) $(MO) ## measure sizes, speed and throughput, naming this machine
	@$(BIN)/python -m bench

catalogues: $(TOOLS) ## bring the catalogues up to date with the texts in the code
	@$(BIN)/python locales/catalogues.py

release: install ## put this version's static files away for phones that will still run it
	@$(BIN)/python -c 'from pwa.server import assets, released; path = released.SHIPPED / f"{assets.version()}.zip"; \
		released.write(path, assets.everything()); print(path)'

install: $(RUNTIME) $(MO) ## what a server needs, and no more

setup: $(TOOLS) $(MO) ## everything a developer needs but the browser
	@[ ! -e .git ] || git config core.hooksPath .githooks

lock: $(TOOLS) ## pin what requirements*.in ask for, with hashes
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -c requirements.txt requirements-dev.in -o requirements-dev.txt

$(RUNTIME): LOCK := requirements.txt
$(TOOLS): LOCK := requirements-dev.txt
$(RUNTIME) $(TOOLS):
	@echo "Setting up $(VENV) from $(LOCK) …"
	@[ -x $(BIN)/python ] || python3 -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-index --no-build-isolation -e .
	@touch $@

$(MO): $(PO)
	@$(BIN)/pybabel -q compile -i $< -o $@ -l th

browser: NEEDED := $(SYSTEM)
webkit: NEEDED = $(call missing,webkit2gtk-driver xvfb)
browser webkit:
	@if [ -z "$(strip $(NEEDED))" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then \
		export DEBIAN_FRONTEND=noninteractive && apt-get -q update && apt-get -q install -y --no-install-recommends $(NEEDED); \
	else echo "The tests need: sudo apt install $(strip $(NEEDED))"; exit 1; fi
