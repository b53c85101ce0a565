#!/bin/sh
# Asks what is known about every package that the product is made of. Fails when one is weak, and when it could not ask:
# silence is no answer. Run by `make audit`.
set -u
VENV=${VENV:-.venv}
failed=0

echo "Python packages of requirements.lock"
if ! "$VENV/bin/pip-audit" --strict --disable-pip --require-hashes -r requirements.lock; then
    echo "NOT AUDITED, or something is weak: the reason is above (Python packages)." >&2
    failed=1
fi

echo "npm packages of reflex.lock/package-lock.json"
if ! (cd reflex.lock && "../$VENV/bin/npm" audit --package-lock-only --audit-level=moderate); then
    echo "NOT AUDITED, or something is weak: the reason is above (npm packages)." >&2
    failed=1
fi

if [ "$failed" -ne 0 ]; then
    echo "The audit FAILED." >&2
    exit 1
fi
echo "Nothing is known against any of them."
