"""What counts as a change of the frontend, and what the build hands to the toolchain."""

import pytest

from salestrekker_portal import build
from salestrekker_portal.portals.http.same_origin import BAKED, OWN, PORT_LOST, own_origin


@pytest.fixture
def tree(tmp_path, monkeypatch):
    (tmp_path / "salestrekker_portal/__pycache__").mkdir(parents=True)
    (tmp_path / "assets/external").mkdir(parents=True)
    (tmp_path / "rxconfig.py").write_text("config = 1")
    (tmp_path / "salestrekker_portal/page.py").write_text("a page")
    (tmp_path / "assets/portal.css").write_text("p {}")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["rxconfig.py", "salestrekker_portal/page.py", "assets/portal.css"])
def test_a_changed_source_changes_the_stamp(tree, name):
    before = build.fingerprint()
    (tree / name).write_text("something else")
    assert build.fingerprint() != before


def test_a_renamed_source_changes_the_stamp(tree):
    before = build.fingerprint()
    (tree / "assets/portal.css").rename(tree / "assets/theme.css")
    assert build.fingerprint() != before


@pytest.mark.parametrize("name", ["salestrekker_portal/__pycache__/page.py", "assets/external/copy.js", "README.md"])
def test_what_is_no_source_does_not(tree, name):
    before = build.fingerprint()
    (tree / name).write_text("anything")
    (tree / "salestrekker_portal/page.py").touch()
    assert build.fingerprint() == before


def test_the_toolchain_sees_none_of_our_settings(monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET", "keep me")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    monkeypatch.setenv("__REFLEX_SKIP_COMPILE", "true")
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://registry.example")
    given = build.toolchain_environment()
    assert not {"PORTAL_SECRET", "DATABASE_URL", "__REFLEX_SKIP_COMPILE"} & given.keys()
    assert given["NPM_CONFIG_REGISTRY"] == "http://registry.example"
    assert given["REFLEX_TELEMETRY_ENABLED"] == "false"


def test_the_committed_lock_names_no_place_to_download_from():
    lock = (build.ROOT / "reflex.lock/package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_the_client_is_rewritten_once():
    source = f"before {BAKED} between {PORT_LOST} after"
    changed = own_origin(source)
    assert changed == f"before {OWN} between  after"
    assert own_origin(changed) == changed


def test_an_unknown_client_is_refused():
    with pytest.raises(RuntimeError, match="review"):
        own_origin("another Reflex")
