# `make demo` and `make test` need Python 3.11 to 3.13 and make; they create what they need.
PYTHON ?= python3
VENV ?= .venv
EXTRAS ?= dev
BIN = $(VENV)/bin
DESK ?= build/demo-desk

.PHONY: demo test setup check-style clean docs bench
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

clean:
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache
