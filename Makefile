# make run   set everything up and serve the API on 127.0.0.1:8000
# make test  set everything up and pass all tests
# make check what CI runs: lint, types, layers, tests

VENV := .venv
BIN := $(VENV)/bin
# The newest of the supported Pythons that really starts: version managers leave names on the path that only complain.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
  "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && { echo "$$python"; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: run test check lint bench evaluate fuzz linear clean

run: $(VENV)/installed
	$(BIN)/fiscal-facts serve --host 127.0.0.1 --port 8000

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q

check: lint test

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/python scripts/bench.py

evaluate: $(VENV)/installed
	$(BIN)/fiscal-facts evaluate

fuzz: $(VENV)/installed-dev
	FISCAL_FACTS_FUZZ=full $(BIN)/python -m pytest -q tests/test_api_fuzz.py

linear: $(VENV)/installed-dev
	FISCAL_FACTS_LINEAR=full $(BIN)/python -m pytest -q tests/test_linear_time.py

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "fiscal-facts needs Python 3.11, 3.12 or 3.13; set PYTHON=/path/to/one" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/installed
