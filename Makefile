# `make` sets everything up and builds the graph and its pages; `make test` runs every check.
# Nothing but Python 3.11 or later, make and git is needed; with Node.js 20 or later there is more.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find graph ontology src -type f \( -name '*.yaml' -o -name '*.ttl' -o -name '*.rq' -o -name '*.py' -o -name '*.js' -o -name '*.css' -o -name '*.j2' \) -not -path '*/assets/*' -not -path 'graph/dist/*' -not -path 'graph/.build-*')
PAGE := graph/dist/healthfm.html
# Without npm the pages that need packages of it, and the checks of JavaScript, are left out; never in CI.
NPM := $(shell command -v npm)
NODE_MODULES := $(if $(NPM),node_modules/.package-lock.json,without-npm)
ASSETS := $(if $(NPM),src/healthfm/explorer/assets/NOTICES.txt,without-npm)

.PHONY: all build web without-npm test format lint types layers data tests fuzz benchmarks docs notebook clean readme

all: build
	@echo
	@echo "everything is in $(VENV); put it on your path with:  . $(BIN)/activate"
	@echo "open the picture:  $(PAGE)"
	$(if $(NPM),@echo "ask in a browser:  graph/dist/sparql.html")
	@echo "ask the graph:     $(BIN)/healthfm ask"
	@echo "check it all:      make test"

build: web $(PAGE)

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[serve]'
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[serve]' --group dev
	@touch $@

# What the pages take from npm packages, bundled; the wheel carries it.
web: $(ASSETS)

src/healthfm/explorer/assets/NOTICES.txt: $(NODE_MODULES) $(wildcard src/web/*)
	node src/web/build.js

without-npm:
	@echo "npm is not here: skipped are sparql.html, the editor of the query page, and checks of JavaScript; Node.js 20 or later has it"
	@test "$$CI" != true

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	npm ci --silent
	@touch $@

$(PAGE): $(VENV)/installed $(if $(NPM),$(ASSETS)) $(SOURCES)
	$(BIN)/healthfm build
	@touch $@

test: lint types layers data tests

format: $(VENV)/tested $(NODE_MODULES)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(if $(NPM),node_modules/.bin/biome check --write)

lint: $(VENV)/tested $(NODE_MODULES)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(if $(NPM),node_modules/.bin/biome ci)

types: $(VENV)/tested
	$(BIN)/mypy

layers: $(VENV)/tested
	$(BIN)/lint-imports

# Writes the outputs, tables and numbers of README and guides as the project gives them now.
readme: $(VENV)/tested build
	$(BIN)/python docs/refresh.py

data: $(VENV)/tested
	$(BIN)/healthfm check

tests: $(VENV)/tested $(NODE_MODULES) build
	$(if $(NPM),node --test tests/web/*.test.js)
	$(BIN)/pytest

# The reader of lists against 10,000 broken lists; `make tests` takes a share of them.
fuzz: $(VENV)/tested
	HEALTHFM_FUZZ=10000 $(BIN)/pytest tests/sources/markdown/test_reader_properties.py -k mutants --timeout 1200

benchmarks: $(VENV)/tested build
	$(BIN)/python -m tests.benchmarks.run
	$(BIN)/python -m tests.benchmarks.lists
	$(BIN)/python -m tests.benchmarks.explorer
	$(BIN)/python -m tests.benchmarks.service

docs: $(VENV)/tested build
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "open the site:  build/site/index.html"

notebook: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[notebook]'
	$(BIN)/jupyter lab notebooks

clean:
	rm -rf $(VENV) node_modules src/healthfm/*/assets build graph/dist/*.html graph/dist/healthfm.nq graph/dist/healthfm.jsonld
