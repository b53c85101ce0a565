#!/bin/sh
# `make test`: make the machine ready, then style, then every test; pytest's summary is the last line.
set -eu
PYTHON=${PYTHON:-.venv/bin/python}

"$PYTHON" -m tests.support.machine
"$PYTHON" -m ruff check .
"$PYTHON" -m salestrekker_portal.build
if [ $# -gt 0 ]; then
    exec "$PYTHON" -m pytest -q "$@"
fi
# Two processes collect the same tests only when sets have one order in both.
export PYTHONHASHSEED=0
"$PYTHON" -m pytest -q -n "${WORKERS:-2}" -m "not browser"
# Each file's tests stay in one process: they share a server. The longest files come first, so their order is kept.
"$PYTHON" -m pytest -q -n "${WORKERS:-2}" --dist loadfile --no-loadscope-reorder -m browser || {
    echo "Once more what failed in a browser: a busy machine makes a browser late, a fault fails twice."
    exec "$PYTHON" -m pytest -q -m browser --last-failed --last-failed-no-failures none
}
