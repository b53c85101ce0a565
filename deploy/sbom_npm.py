"""The npm packages of the built frontend as a CycloneDX bill of materials, from the committed lock.

`npm sbom` refuses Reflex's own set of packages, because two of them ask for older ones beside them.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "reflex.lock" / "package-lock.json"


def component(path: str, package: dict[str, Any]) -> dict[str, Any]:
    """One package: its name, version, address in package-URL form and the hash that npm checks."""
    name = package.get("name") or path.rpartition("node_modules/")[2]
    found: dict[str, Any] = {
        "type": "library",
        "name": name,
        "version": package["version"],
        "purl": f"pkg:npm/{name.replace('@', '%40', 1)}@{package['version']}",
    }
    kind, _, digest = package.get("integrity", "").partition("-")
    if kind == "sha512":
        found["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
    return found


def bill(lock: dict[str, Any]) -> dict[str, Any]:
    """All packages but the root, each name and version once."""
    packages = {path: package for path, package in lock["packages"].items() if path and "version" in package}
    parts = {each["purl"]: each for each in (component(path, package) for path, package in packages.items())}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": list(parts.values())}


if __name__ == "__main__":
    json.dump(bill(json.loads(LOCK.read_text())), sys.stdout, indent=1)
