#!/bin/sh
# Writes what the product is made of as CycloneDX (JSON): sbom-python.json and sbom-npm.json. Run by `make sbom`.
set -eu
VENV=${VENV:-.venv}
TO=${TO:-.}
"$VENV/bin/cyclonedx-py" requirements requirements.lock --output-format JSON --output-file "$TO/sbom-python.json"
"$VENV/bin/python" deploy/sbom_npm.py >"$TO/sbom-npm.json"
for made in "$TO/sbom-python.json" "$TO/sbom-npm.json"; do
    grep -q '"bomFormat": *"CycloneDX"' "$made" || { echo "$made is no bill of materials." >&2; exit 1; }
done
echo "Written: $TO/sbom-python.json, $TO/sbom-npm.json"
