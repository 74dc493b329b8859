# `make run` and `make test` are all that a fresh machine with Python 3.11+, pip and make needs.
# Each makes what it depends on; nothing is installed outside $(VENV), but a browser for the tests when there is none.

VENV ?= .venv
PORT ?= 7860
HOST ?= 127.0.0.1
PYTEST_ARGS ?=

# The first Python that really runs and is of a version we test (a version manager's shim may exist and not run).
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)

PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq
# For what takes minutes: pip says what it fetches and how far it is.
PIP_TELLING := $(PY) -m pip --disable-pip-version-check

# A stamp is named by the checksum of the requirements it stands for, so an unchanged file costs no pip at all.
RUN_STAMP := $(VENV)/.run-$(shell cksum < requirements.txt | tr ' ' -)
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements.txt requirements-dev.txt | cksum | tr ' ' -)

.DEFAULT_GOAL := help
.PHONY: help run install dev browser test check format docs screenshots bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: $(RUN_STAMP) ## the studio on http://127.0.0.1:7860 (PORT=8000 for another port)
	@HOST=$(HOST) PORT=$(PORT) exec $(PY) app.py

install: $(RUN_STAMP) ## only the environment in .venv

dev: $(DEV_STAMP) ## the environment with what tests and checks need

browser: $(DEV_STAMP) ## a browser for the tests: the system's, else Playwright's, else the package manager's
	@$(PY) -m scripts.browser

test: browser ## all tests
	@$(PY) -m pytest $(PYTEST_ARGS)

check: $(DEV_STAMP) ## ruff, format, mypy --strict on studio/, the direction of imports
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) -m pytest -q tests/test_architecture.py

format: $(DEV_STAMP) ## put the code in the house's format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

docs: $(DEV_STAMP) ## rewrite the generated pages: docs/cli.md
	@$(PY) -m scripts.docs

screenshots: browser ## take the README's pictures from the running studio
	@$(PY) -m scripts.screenshots

bench: $(DEV_STAMP) ## measure and rewrite the page of results (an hour)
	@$(PY) -m benchmarks

clean: ## remove the environment and caches; your runs (STUDIO_HOME) stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

# Without ensurepip (Debian without python3-venv) the machine's own pip fills the environment.
$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: install one, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "A Python environment in $(VENV) ($(PYTHON))"
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(PY) install --quiet pip; }

$(RUN_STAMP): | $(PY)
	@echo "Ставлю requirements.txt: в первый раз несколько минут и около 7 ГБ вместе с PyTorch"
	@echo "Installing requirements.txt: a few minutes the first time, about 7 GB with PyTorch"
	@$(PIP_TELLING) install -r requirements.txt
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo "Installing requirements-dev.txt"
	@$(PIP) install -r requirements-dev.txt
	@rm -f $(VENV)/.dev-* && touch $@
