# Needs Python 3.11 or newer, git and make. Everything else arrives in .venv.
# `make help` lists the targets. PORT=8001 make demo uses another port.

SHELL  := /bin/sh
PYTHON ?=
VENV   := .venv
STAMP  := $(VENV)/.requirements
PORT   ?= 8000
export PORT

# The virtual environment's node and npm come before any that the machine may have.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONUNBUFFERED := 1
# What starts a hundred times, as the server does in the tests, compiles its modules once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lock audit sbom help setup setup-tests build demo run dev worker migrate test stack stack-test bench bench-quick check format clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: ## create .venv and install what requirements.lock pins (does nothing when up to date)
	@{ cmp -s requirements.txt $(STAMP) && cmp -s requirements.lock $(STAMP).lock; } || PYTHON="$(PYTHON)" VENV=$(VENV) sh deploy/setup.sh requirements.txt

setup-tests: setup ## the same for what tests and checks need besides, requirements-tests.txt
	@cmp -s requirements-tests.txt $(STAMP)-tests || PYTHON="$(PYTHON)" VENV=$(VENV) sh deploy/setup.sh requirements-tests.txt

lock: ## compile requirements.lock anew from requirements.txt (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-header --no-emit-index-url \
		--no-annotate requirements.txt -o requirements.lock.new && { head -n 2 requirements.lock; cat requirements.lock.new; } \
		>requirements.lock.both && mv requirements.lock.both requirements.lock && rm requirements.lock.new

audit: setup-tests ## ask what is known against every package; fails when it could not ask
	@VENV=$(VENV) sh deploy/audit.sh

sbom: setup-tests ## what the product is made of, as CycloneDX: sbom-python.json and sbom-npm.json
	@VENV=$(VENV) sh deploy/sbom.sh

build: setup ## build the production frontend, when its sources changed
	@$(VENV)/bin/python -m salestrekker_portal.build

demo: setup ## the demonstration brokerage with fresh data on PORT (KEEP=1 keeps the data of the last run)
	@$(VENV)/bin/python -m salestrekker_portal.serve --with-parent --demo $(if $(KEEP),--keep,)

run: setup ## the same without demo data; the first visit sets up the first organisation
	@$(VENV)/bin/python -m salestrekker_portal.serve --with-parent

dev: setup ## serve from one port and rebuild when a Python file changes (demo data in .data/dev)
	@$(VENV)/bin/python -m salestrekker_portal.develop

worker: setup ## the outbox and job loop as its own process (production)
	@$(VENV)/bin/python -m salestrekker_portal.worker

migrate: setup ## bring the database named by DATABASE_URL or PORTAL_DATA to the newest revision
	@$(VENV)/bin/python -m alembic upgrade head

test: setup-tests ## everything: style, unit, PostgreSQL and browser tests
	@sh deploy/test.sh

stack: setup-tests ## the whole production stack on free ports: proxy, two web servers, two workers, PostgreSQL, Redis, S3
	@$(VENV)/bin/python -m tests.support.stack

stack-test: setup-tests ## the main job on that stack, with servers killed in the middle
	@$(VENV)/bin/python -m pytest -q -m stack

bench: setup-tests ## the product against a bare floor on this machine, into docs/benchmarks.md (twenty minutes)
	@$(VENV)/bin/python -m benchmarks.bench $(BENCH)

bench-quick: setup-tests ## what of it can be held in every run: statements, scans and bytes (a part of make test)
	@$(VENV)/bin/python -m pytest -q tests/hot_paths tests/tooling/test_bundle.py

check: setup-tests ## style, types, contracts, refusals and the fast tests, in under three minutes
	@$(VENV)/bin/ruff check . && PYTHONHASHSEED=0 $(VENV)/bin/python -m pytest -q -n 2 -m "not browser and not postgres and not slow and not stack"

format: setup-tests ## let ruff tidy what it can
	@$(VENV)/bin/ruff check --fix . && $(VENV)/bin/ruff format .

clean: ## remove everything that can be made again, except data
	rm -rf $(VENV) .web .states .pytest_cache .ruff_cache
