# `make demo` and `make test` need Python 3.11 to 3.13 and make; they create what they need.
PYTHON ?= python3
VENV ?= .venv
EXTRAS ?= dev
BIN = $(VENV)/bin
DESK ?= build/demo-desk

.PHONY: demo test setup check-style clean docs docs-refresh docs-tools linkcheck bench
setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3,11) <= sys.version_info[:2] <= (3,13) else "Foreign Desk needs Python 3.11, 3.12 or 3.13; this is %d.%d. Name another with: make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[$(EXTRAS)]'
	@touch $@

demo: setup
	@PATH="$(abspath $(BIN)):$$PATH" DESK="$(DESK)" sh sample/demo.sh

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/foreigndesk codebook lint
	$(BIN)/python -m pytest -n 2

# What it costs in time and memory, into build/bench; see `python -m benchmarks --help`. For fewer
# minutes: make bench BENCH=--quick
bench: setup
	$(BIN)/python -m benchmarks $(BENCH)

# The site: warnings end the build, and nothing is fetched. `linkcheck` asks other sites' addresses.
SITE = $(BIN)/python -m sphinx -W --keep-going -n -E -d build/doctrees
docs: docs-tools
	$(SITE) -q -b html docs build/docs
	@echo "The site is in build/docs: open build/docs/index.html"

linkcheck: docs-tools
	$(SITE) -b linkcheck docs build/linkcheck

# What pages are generated from the program: run it after a change, and read what changed.
docs-refresh: setup
	COLUMNS=80 $(BIN)/python docs/make_commands.py
	$(BIN)/python docs/make_columns.py
	$(BIN)/python docs/make_tutorial.py

docs-tools: setup
	@$(BIN)/python -c 'import furo, myst_parser, sphinx' 2>/dev/null || $(BIN)/python -m pip install --quiet -e '.[docs]'

clean:
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache
