# PYTHON=… chooses the interpreter, VENV=… the virtual environment, DATA=… the data folder, PORT=… the port.
PYTHON ?= $(firstword $(foreach name,python3.12 python3.11 python3,$(shell \
	$(name) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(name))))
VENV ?= .venv
DATA ?= data
PORT ?= 8080
WORKERS ?= 2
BIN := $(VENV)/bin
PROJECT := setup.cfg pyproject.toml constraints.txt
CATALOGUES := $(wildcard roadmapdocs/translations/*/LC_MESSAGES/*.po)

# Compiled modules are kept, whatever the shell says: the tests start hundreds of programs, and each would compile all
# it needs anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test lint bench translations constraints clean catalogues

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/.run catalogues ## install, build the made-up office, serve it and print the address and the logins
	$(BIN)/roadmapdocs --data $(DATA) demo --port $(PORT)

test: $(VENV)/.test catalogues ## install, check style, types and layers, then test on SQLite, PostgreSQL and in Chromium
	sh tests/system_packages.sh
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST)

lint: $(VENV)/.test ## ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test catalogues ## measure reading, storing and pages, each beside its yardstick
	$(BIN)/python -m tests.benchmarks

translations: $(VENV)/.test ## find new messages in the sources and add them to the Russian catalogue
	$(BIN)/python -m tests.translations

constraints: $(VENV)/.test ## write constraints.txt from what is installed
	$(BIN)/python -m pip freeze --exclude-editable | sed '1i # Every version that the tests ran with, on Python 3.11 and 3.12. To renew: make constraints' > constraints.txt

clean: ## remove the virtual environment, caches and builds; data stay
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis roadmapdocs.egg-info

catalogues:
	@$(BIN)/python -m roadmapdocs.catalogues

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found: install it or name it by PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python $(PROJECT)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(VENV)/bin/python $(PROJECT)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.run
