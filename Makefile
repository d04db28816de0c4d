# Everything starts here. `make help` says what there is.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup run demo test check messages journeys a11y pictures bench matching documents races schemathesis

BIN := .venv/bin
# Most tests wait for a server more than they compute.
SIDE_BY_SIDE := -n 3 --dist worksteal
# Left out of the fast checks: what needs a server of its own, or a browser.
SLOW := engine or timeskipping or browser or journey or postgres or surface

help:  ## what there is
	@sed -n 's/^\([a-z0-9]*\):[^#]*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name does; do \
		printf '  make %-10s %s\n' "$$name" "$$does"; done

setup:  ## install everything the service needs into .venv; then .venv/bin/niss works from any folder
	@./tools/setup

run: setup  ## the whole service on this machine, in the foreground; Ctrl-C ends it
	@exec $(BIN)/niss serve --development --with-parent

demo: setup  ## the main job, scripted, on real scans; evidence under var/demo/
	@exec $(BIN)/python -m demo

test: setup  ## all tests
	@$(BIN)/niss engine path >/dev/null || echo "test: without a Temporal server of its own"
	@$(BIN)/pytest $(SIDE_BY_SIDE) --doctest-modules tests domain matching api locales runtime/settings_read.py

check: setup  ## format, lint, types, layers, fast tests: below a minute
	@$(BIN)/ruff format --check --quiet . || { echo "check: run .venv/bin/ruff format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest --doctest-modules tests domain matching api locales runtime/settings_read.py -m "not ($(SLOW))" $(SIDE_BY_SIDE)

bench: setup  ## benchmarks, one table each
	@$(BIN)/python -m bench.latency
	@$(BIN)/python -m bench.waiters
	@$(BIN)/python -m bench.consultations
	@$(BIN)/python -m bench.pages

matching: setup  ## the matching benchmark: 21,000 queries on three registers of 100,000 people
	@$(BIN)/python -m bench.matching quality --seed 1 2 3

documents: setup  ## the documents benchmark: zones read, verdicts, peers
	@$(BIN)/python -m bench.documents --seed 1

messages: setup  ## bring the catalogues of locales/ to the messages of the code; then translate what is empty
	@$(BIN)/python tools/messages.py

journeys: setup  ## the journeys alone: the whole service through HTTP and SMTP
	@$(BIN)/pytest tests -m journey

a11y: setup  ## every page in every language at both widths, looked at by axe and by the keyboard
	@NISS_A11Y=full $(BIN)/pytest tests/portal/test_accessibility.py

pictures: setup  ## docs/pictures anew, of a real run: every page of the portal, and the Temporal UI
	@$(BIN)/python -m demo.portal_pictures
	@$(BIN)/python -m demo.pictures

races: setup  ## ten races, fifty times each, on both databases
	@NISS_RACES=50 $(BIN)/pytest $(SIDE_BY_SIDE) tests/races

schemathesis: setup  ## every call with every role's token, generated bodies and sequences, on both databases
	@NISS_SCHEMATHESIS=full $(BIN)/pytest $(SIDE_BY_SIDE) tests/surface
