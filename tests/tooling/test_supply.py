"""What the product is made of: every package locked with its hashes, listed, audited loudly; and the code looked at."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from salestrekker_portal import build
from salestrekker_portal.build import ROOT

SBOM = spec_from_file_location("sbom_npm", ROOT / "deploy" / "sbom_npm.py")
sbom_npm = module_from_spec(SBOM)
SBOM.loader.exec_module(sbom_npm)
# What bandit asks about, and why it is right here.
EXPLAINED = {
    ("render.py", "B704"): "the template's own HTML; what people typed is escaped by Jinja before",
    ("search.py", "B608"): "names of our own tables and columns put together once, and no value of anybody",
    ("serve.py", "B104"): "compares with the address to listen on, and listens on what the operator set",
    ("serve.py", "B310"): "asks our own health page on this machine",
}
LOCK = (ROOT / "requirements.lock").read_text()
HASHES = r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
ENTRY = re.compile(rf"^([A-Za-z0-9._-]+)(?:\[[a-z0-9, _-]+\])?==(\S+)[^\n]*\n{HASHES}", re.M)


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    return {normalised(name): version for name, version in ENTRY.findall(LOCK + "\n")}


def test_every_package_has_one_version_and_its_hashes():
    lines = [line for line in LOCK.splitlines() if line and not line.startswith(("#", " "))]
    assert len(lines) > 80 and len(locked()) == len(lines), "a line of the lock has no hash, or no exact version"


def test_the_lock_is_of_the_readable_list():
    readable = (ROOT / "requirements.txt").read_text()
    wanted = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[a-z0-9,]+\])?==([^\s#]+)", readable, re.M)
    stale = [name for name, version in wanted if locked().get(normalised(name)) != version]
    assert not stale, f"run `make lock`: {stale}"


def test_a_fresh_installation_takes_the_lock_and_nothing_else():
    script = (ROOT / "deploy" / "setup.sh").read_text()
    assert "--require-hashes -r requirements.lock" in script
    assert "requirements.lock" in (ROOT / "deploy" / "Dockerfile").read_text()


def test_set_up_once_nothing_is_installed_until_the_list_or_its_lock_changes(tmp_path):
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "setup.sh").write_text("echo installing\n")
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv").mkdir()
    for list_, stamp in (("requirements.txt", ".requirements"), ("requirements.lock", ".requirements.lock")):
        (tmp_path / list_).write_text("as it was")
        (tmp_path / ".venv" / stamp).write_text("as it was")

    def said() -> str:
        return subprocess.run(["make", "-s", "setup"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert said() == ""
    (tmp_path / "requirements.lock").write_text("a mended package that another one brings")
    assert said() == "installing\n"


def test_another_set_of_npm_packages_builds_nothing(tmp_path, monkeypatch):
    lock = tmp_path / "package-lock.json"
    monkeypatch.setattr(build, "NPM_LOCK", lock)
    lock.write_bytes(b"what was installed")
    try:
        build.demand_the_lock(b"what was committed")
    except build.BuildFailed as refusal:
        assert "reflex.lock/package-lock.json" in str(refusal)
    else:
        raise AssertionError("another lock was taken without a word")
    assert lock.read_bytes() == b"what was committed"
    build.demand_the_lock(b"what was committed")


def test_the_bill_of_materials_names_every_npm_package():
    lock = json.loads(sbom_npm.LOCK.read_text())
    parts = sbom_npm.bill(lock)["components"]
    assert {each["name"] for each in parts} >= {"react", "react-router", "socket.io-client"}
    assert all(each["version"] and each["purl"].startswith("pkg:npm/") for each in parts)
    assert sum("hashes" in each for each in parts) > 0.9 * len(parts)


def test_an_audit_that_could_not_ask_fails_loudly(tmp_path):
    for name in ("pip-audit", "npm"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        tool = tmp_path / "bin" / name
        tool.write_text("#!/bin/sh\nexit ${" + name.replace("-", "_").upper() + ":-0}\n")
        tool.chmod(0o755)

    def audit(**codes: str) -> subprocess.CompletedProcess:
        environment = {"VENV": os.path.relpath(tmp_path, ROOT), "PATH": os.environ["PATH"], **codes}
        return subprocess.run(["sh", "deploy/audit.sh"], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert audit().returncode == 0
    for code in ({"PIP_AUDIT": "1"}, {"NPM": "1"}):
        said = audit(**code)
        assert said.returncode == 1 and "NOT AUDITED" in said.stderr and "The audit FAILED" in said.stderr


@pytest.mark.slow
def test_bandit_finds_nothing_that_has_no_reason_beside_it():
    done = subprocess.run([sys.executable, "-m", "bandit", "-q", "-r", "salestrekker_portal", "-f", "json", "-ll"],
                          cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    found = {(each["filename"].rpartition("/")[2], each["test_id"]): f"{each['line_number']}: {each['issue_text']}"
             for each in json.loads(done.stdout)["results"]}  # fmt: skip
    assert found.keys() == EXPLAINED.keys(), "mend it, or say why it is right: " + str(
        {place: found.get(place) for place in found.keys() ^ EXPLAINED.keys()}
    )
