# Two commands set everything up: `make run` and `make test`.

PORT ?= 8000
TAVOLO_HOME ?= $(CURDIR)/.tavolo
PYTHON ?= python3
TAVOLO_BASE_URL ?= http://localhost:$(PORT)
export TAVOLO_HOME TAVOLO_BASE_URL

BIN := .venv/bin
UV := $(BIN)/uv
# A program of ours never asks for another Python, nor for what lies about on the machine.
export UV_PYTHON_DOWNLOADS = never
export UV_NO_PROGRESS = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test prove check bench clean

run: .venv/run.stamp
	@exec $(BIN)/tavolo serve --port $(PORT) --with-worker --with-demo

test: .venv/dev.stamp
	@scripts/test

prove: .venv/dev.stamp
	@scripts/prove

check: .venv/dev.stamp
	@scripts/check

bench: .venv/dev.stamp
	@$(BIN)/python -m bench

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || \
	  { echo "Tavolo needs Python 3.11 to 3.14: found $$($(PYTHON) --version 2>&1)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing: install python3-venv (Debian, Ubuntu) and try again."; exit 1; }
	@echo "Preparing the environment in .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet uv

.venv/run.stamp: pyproject.toml uv.lock | .venv/bin/uv
	@$(UV) sync --locked --quiet --inexact
	@touch $@

.venv/dev.stamp: .venv/run.stamp
	@$(UV) sync --locked --quiet --inexact --group dev
	@touch $@

clean:
	rm -rf .venv .tavolo
