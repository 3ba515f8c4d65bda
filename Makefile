# Everything a developer runs. Needs Python 3.11 or newer and make; the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
ROUNDS ?= 1
BIN := $(VENV)/bin
CORE := $(VENV)/.core
DEV := $(VENV)/.dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# An editable install compiles nothing, and where Python may not write beside the source every start would compile again.
COMPILE := $(BIN)/python -m compileall -q src/quarterhour

.DEFAULT_GOAL := help
.PHONY: help setup demo test fast explore lint format types contracts docs bench rule clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: $(DEV)  ## install Quarterhour and every development tool into .venv

demo: $(CORE)  ## install the command and look at the example visits: the first findings
	@$(BIN)/quarterhour check examples/ || test $$? -eq 1

test: $(DEV)  ## run every test
	$(BIN)/pytest -n auto

fast: $(DEV)  ## run the tests that take milliseconds
	$(BIN)/pytest -n auto -m "not slow"

explore: $(DEV)  ## draw new examples for every property, ROUNDS times (1): what the tests draw is fixed
	@set -e; for round in $$(seq $(ROUNDS)); do \
		$(BIN)/pytest -n auto -q --hypothesis-profile=explore $$(grep -rlE '^@given|^    @given' tests); done

lint: $(DEV)  ## look for slips of style and form, and for unformatted code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(DEV)  ## format the code and put right what has only one right form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(DEV)  ## prove the types
	$(BIN)/mypy

contracts: $(DEV)  ## prove that rooms import downwards only
	$(BIN)/lint-imports

docs: $(DEV)  ## build the pages into build/docs; a warning is an error
	$(BIN)/sphinx-build --fail-on-warning --keep-going --fresh-env --quiet -b html docs build/docs
	@echo "open build/docs/index.html"

bench: $(DEV)  ## run the benchmarks beside their peers and print the ratios
	@set -e; for each in benchmarks/*.py; do echo "$$each"; $(BIN)/python "$$each"; done

rule: $(CORE)  ## write the two files of a new rule: make rule FAMILY=payer NAME=x
	@test -n "$(FAMILY)" -a -n "$(NAME)" || { echo "usage: make rule FAMILY=payer NAME=x" >&2; exit 2; }
	@$(BIN)/quarterhour scaffold $(FAMILY) $(NAME)

clean:  ## remove all that make has made
	rm -rf $(VENV) build dist docs/rules docs/reference/generated
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# The stamps say when .venv was last brought up to date, so that a second run costs nothing.
$(CORE): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Quarterhour needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@$(COMPILE)
	@touch $@

$(DEV): $(CORE)
	$(PIP) --editable '.[dev]'
	@$(COMPILE)
	@touch $@
