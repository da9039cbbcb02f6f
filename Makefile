# make run    opens newsdash (ARGS="folder/" gives it your own articles)
# make test   the whole check: format, lint, types, import contracts, tests
# Both set themselves up in .venv from nothing but Python, make and the package index.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARGS ?=

.PHONY: run test check bench screenshots model clean help

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -4

run: $(STAMP)
	@$(BIN)/newsdash $(ARGS)

test: check
	$(BIN)/python -m pytest -n 2

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(STAMP)
	$(BIN)/python -m tests.speed.ratios

screenshots: $(STAMP)
	$(BIN)/python -m newsdash.tui.screenshots

# Rebuilds the language model's weights; CORPORA is where the corpora named in core/language/MODEL.md lie.
model: $(STAMP)
	$(BIN)/pip install -q -c constraints.txt -e ".[train]"
	$(BIN)/python -m core.language.training --corpora $(CORPORA)

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once; a minute or two)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $(STAMP)
