# The verbs of the project. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 7860

.DEFAULT_GOAL := help
.PHONY: help install setup browser ocr proxy run test check fix ingest serve evaluate bench territory llm test-llm red-team hashes sbom

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: $(VENV)/.serving ## Create .venv with the pinned versions of what serving needs

setup: $(VENV)/.development ## The same with what tests, measures and training need

PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make setup PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.serving: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.development: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP_INSTALL) -e '.[dev,evaluate,bench,llm,mcp,redis,traces,train]'
	@touch $(VENV)/.serving $@

browser: ## Install Debian's Chromium for the browser tests, when it's missing
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
	  { echo "Install chromium for the browser tests, then run again"; exit 1; }

run: install ## Install, index the corpus, serve the chat page
	@$(BIN)/assistant ingest
	@$(BIN)/assistant serve --port $(PORT)

ocr: ## Install Debian's Tesseract for the tests of scanned pages, when it's missing; they are skipped without it
	@command -v tesseract >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-fra >/dev/null; } || \
	  echo "Tesseract isn't installed: the tests of scanned pages are skipped"

proxy: ## Fetch Debian's Caddy (into var/caddy) for the test of the proxy, when it's missing; it's skipped without it
	@command -v caddy >/dev/null || [ -x var/caddy/usr/bin/caddy ] || { \
	  command -v apt-get >/dev/null && mkdir -p var/caddy && cd var/caddy && \
	  { [ "$$(id -u)" != 0 ] || apt-get update -qq; } && apt-get download -qq caddy 2>/dev/null && dpkg -x caddy_*.deb .; } || \
	  echo "Caddy isn't there: the test of the proxy is skipped"

test: setup browser ocr proxy ## Every check: style, types, layers, all tests
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: setup lint ## The quick checks, two or three minutes: no sweep, no real server, no browser
	$(BIN)/python -m pytest -q -n 2 -m 'not slow and not model and not e2e and not llm and not red_team'

.PHONY: lint
lint:
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir .import_linter_cache | tail -3

fix: setup ## Format and mend what can be
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

ingest: install ## Index the corpus (PATHS="..." adds documents)
	$(BIN)/assistant ingest $(PATHS)

serve: install ## Serve the chat page (PORT=7860)
	$(BIN)/assistant serve --port $(PORT)

evaluate: setup ## Every measure in one table, 20 minutes; or another with ARGS="--set dev", "--accept"...
	$(BIN)/assistant evaluate $(or $(ARGS),--all)

bench: setup ## Compare our search with others on the same questions
	$(BIN)/assistant bench quality

llm: $(VENV)/.local-llm ## Fetch the small language model of the tests (1.1 GB, into var/llm)
	@$(BIN)/python -m evaluation.benches.model_file

$(VENV)/.local-llm: $(VENV)/.development
	$(PIP_INSTALL) -e '.[local-llm]'
	@touch $@

test-llm: llm ## The tests with the real language model, served on this machine
	$(BIN)/python -m pytest -q -m llm

red-team: llm ## Every attack of the red-team set on the real language model (minutes)
	$(BIN)/python -m pytest -q -m 'llm or red_team' tests/llm/test_attacks.py

# Everything that serving needs but sentence-transformers, which brings torch; redis, to count requests together; what builds us.
WANTED := import tomllib; print(*(n for n in tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"] \
  if n != "sentence-transformers"), "redis", "hatchling", "editables", sep="\n")

hashes: $(BIN)/python ## Rewrite what the image installs, with the digest of each file (after a change of constraints.txt)
	@$(BIN)/python -m venv var/uv && var/uv/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/python -c '$(WANTED)' > var/wanted.txt
	@{ echo "# What the image installs, with the digest of each file; rewritten by: make hashes"; \
	  var/uv/bin/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11.9 \
	  --python-platform linux -c constraints.txt var/wanted.txt; } > var/hashed.txt && mv var/hashed.txt deploy/requirements.txt

sbom: install ## List what is installed, for tools that follow flaws (CycloneDX, var/sbom.json)
	@mkdir -p var
	@$(BIN)/assistant doctor --sbom > var/sbom.json

territory: setup ## Rebuild the commune table from its public source and show what changed
	$(BIN)/python -m corpus.rebuild.territory
