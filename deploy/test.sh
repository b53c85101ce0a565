#!/bin/sh
# `make test`: make the machine ready, then style, then every test; pytest's summary is the last line.
set -eu
PYTHON=${PYTHON:-.venv/bin/python}

"$PYTHON" -m tests.support.machine
"$PYTHON" -m ruff check .
"$PYTHON" -m salestrekker_portal.build
exec "$PYTHON" -m pytest -q "$@"
