# The front door. `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin
DATA ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fast fmt bench real screenshots snapshots messages reference

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

setup: ## make a fresh clone ready; repeated runs are quick
	@$(PYTHON) tools/setup.py

demo: setup ## the demo company on http://127.0.0.1:8000
	@$(BIN)/duban demo --serve

test: setup ## the whole suite on SQLite and PostgreSQL, journeys included
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/suite.py

fast: setup ## the suite on SQLite only
	@$(BIN)/pytest -q -n auto

check: setup ## the fast part: format, lint, contracts, types, pure cores
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python tools/messages.py --check
	$(BIN)/mypy
	$(BIN)/pytest -q -n 2 tests/kernel tests/*/domain

fmt: setup ## bring code into shape
	$(BIN)/ruff check --fix --quiet || true
	$(BIN)/ruff format --quiet

snapshots: setup ## record permissions, query counts, the API description and the reference anew
	$(BIN)/python tools/reference.py
	DUBAN_WRITE_SNAPSHOTS=1 $(BIN)/pytest -q -n0 -p no:randomly

messages: setup ## collect texts and compile translations
	$(BIN)/python tools/messages.py

reference: setup ## write docs/reference anew
	$(BIN)/python tools/reference.py

bench: setup ## speed and memory on both engines (BENCH_ROWS=1000000)
	@$(BIN)/python -m bench

real: setup ## open data of two cities, with the published scores beside ours (DATA=folder)
	@test -n "$(DATA)" || { echo "Say where the data lies: make real DATA=folder"; exit 2; }
	@DUBAN_DATA_DIR=$${DUBAN_DATA_DIR:-real} $(BIN)/duban real $(DATA)

screenshots: setup ## take the pictures of the README from a demo company
	@$(BIN)/python -m tools.screenshots
