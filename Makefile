# The two commands of a fresh machine that has Python 3.11 or newer, git and make: `make demo` and `make test`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# From the command line only, never from the environment.
DIR    :=
ARGS   :=
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check readme bench clean

## The whole main job on a copy of the sample workspace; `make demo DIR=out` keeps it in a folder of your choice.
demo: $(VENV)/.installed
	@$(BIN)/dripper demo $(if $(DIR),'$(subst ','\'',$(DIR))')

## All tests, on all cores, with coverage.
test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov --cov-report=term $(ARGS)

## Everything that needs no test run: format, lint, types, import rules, and whether the README is up to date.
check: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/readme.py --check

## Write the generated parts of the README again.
readme: $(VENV)/.installed-dev
	@$(BIN)/python tools/readme.py

## Every benchmark; each prints one line of JSON.
bench: $(VENV)/.installed-dev
	@for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The stamps make a second run start at once; a changed dependency makes it install again.
$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing dripper into $(VENV), once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q dripper
	@touch $@

# Dependency groups (PEP 735) need a newer pip than a Python of 2022 brings along.
$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the tools for development, once."
	@$(PIP) install --constraint constraints.txt 'pip>=25.1'
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@
