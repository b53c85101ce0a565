#!/bin/sh
# Creates the virtual environment VENV and installs a list of packages into it. Run by `make setup` and `make setup-tests`.
set -eu
REQUIREMENTS=${1:-requirements.txt}
VENV=${VENV:-.venv}

if [ ! -x "$VENV/bin/python" ]; then
    if [ -z "${PYTHON:-}" ]; then
        for candidate in python3.13 python3.12 python3.11 python3 python; do
            if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
                PYTHON=$candidate
                break
            fi
        done
    fi
    if [ -z "${PYTHON:-}" ]; then
        echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make setup PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
    if ! "$PYTHON" -m venv "$VENV" >/dev/null 2>&1; then
        rm -rf "$VENV"
        echo "$PYTHON cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2
        exit 1
    fi
fi

echo "Installing the Python packages into $VENV (about a minute the first time)"
log=$VENV/install.log
# The product's packages come from the compiled lock: each file has to be one of those that were looked at. A mirror that
# packs files anew has others; whoever trusts theirs says UNLOCKED=1.
set -- -r "$REQUIREMENTS"
if [ "$REQUIREMENTS" = requirements.txt ] && [ -z "${UNLOCKED:-}" ]; then
    set -- --require-hashes -r requirements.lock
fi
if ! "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input "$@" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "The Python packages could not be installed; the reason is above and in $log." >&2
    echo "If your mirror packs files anew and you trust it, UNLOCKED=1 make setup takes them without their hashes." >&2
    exit 1
fi
# The stamp of requirements.txt is .requirements, that of requirements-tests.txt .requirements-tests. The lock has one too:
# `make lock` may take a newer version of what others bring, with the readable list as it was.
stamp=${REQUIREMENTS%.txt}
cp "$REQUIREMENTS" "$VENV/.${stamp##*/}"
if [ "$REQUIREMENTS" = requirements.txt ]; then
    cp requirements.lock "$VENV/.requirements.lock"
fi
