# The one list of commands. `make` alone prints it.
#   PYTHON=/path/to/python3.11  the Python to build .venv with (3.11 or newer; found by itself otherwise)
#   ARGS="..."                  further words for pytest, mypy, `burden demo`
#   HOST, PORT                  where `make run` serves

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HOST ?= 127.0.0.1
PORT ?= 8501
WORKERS ?= 2
BURDEN_RAW ?= data/raw
export BURDEN_RAW

.DEFAULT_GOAL := help
.PHONY: help setup run test faults test-browser lint types docs demo validate attack fuzz bench bench-answers bench-load

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv from requirements.lock (nothing to do when it is there)

$(STAMP): requirements.lock pyproject.toml
	@.ci/python "$(VENV)" "$(PYTHON)"
	@echo "Installing the pinned packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## write the demo province where no data are, refresh, serve the dashboard
	@test -n "$$(find "$(BURDEN_RAW)" -type f ! -name '.*' 2>/dev/null | head -n 1)" || { \
	  echo "$(BURDEN_RAW) holds no data: writing the demo province (synthetic)."; $(BIN)/burden demo; }
	@$(BIN)/burden refresh
	@exec $(BIN)/burden serve --host $(HOST) --port $(PORT)

demo: setup ## write the demo province into the raw folder
	@$(BIN)/burden demo $(ARGS)

test: setup ## every test, the browser's too
	@.ci/browser "$(VENV)"
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

faults: setup ## kill, starve and corrupt refreshes many hundred times, a reader reading; ARGS="--kills 600"
	@$(BIN)/python -m tests.faults.suite $(ARGS)
	@FAULTS_ALL=1 $(BIN)/pytest tests/faults

test-browser: setup ## the tests that drive a real Chromium, every page in every kind of region too
	@.ci/browser "$(VENV)"
	@$(BIN)/pytest -n $(WORKERS) -m browser $(ARGS)

fuzz: setup ## every kind of damaged submission 300 times; ARGS=1000 for more
	@$(BIN)/python tests/fuzz/fuzz_run.py $(ARGS)

bench: setup ## measure a refresh of ten million rows (3 GB of disk, some minutes)
	@$(BIN)/python -m benchmarks.refresh $(ARGS)

bench-answers: setup ## measure answers on a published warehouse; ARGS=DIR for another one
	@$(BIN)/python -m benchmarks.answers $(ARGS)

bench-load: setup ## measure 80 people at once on two processes, two minutes; ARGS="DIR --sessions 40" for another warehouse or number
	@$(BIN)/python -m benchmarks.load $(ARGS)

lint: setup ## ruff
	@$(BIN)/ruff check .

types: setup ## mypy --strict
	@$(BIN)/mypy $(ARGS)

docs: setup ## write the pages of docs/ that come from the contracts
	@$(BIN)/python docs/build.py

validate: setup ## hold intervals, rank sets and alerts against synthetic populations (half an hour); writes docs/validation.md
	@$(BIN)/python -m validation $(ARGS)

attack: setup ## solve for the suppressed staff cells of a warehouse, of which none may be found
	@$(BIN)/python -m validation.disclosure $(ARGS)
