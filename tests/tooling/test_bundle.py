"""What the builder's configuration and its pages are given: few files, and the page before its scripts."""

import gzip

import pytest
from reflex.utils.frontend_skeleton import _compile_vite_config
from reflex_base.config import get_config

from salestrekker_portal.built_pages import CALM, URGENT, let_the_page_paint_first
from salestrekker_portal.portals.http.fewer_files import GROUPS, grouped


def test_the_builders_configuration_is_the_known_one_and_takes_the_groups():
    plain = _compile_vite_config(get_config())
    once = grouped(plain)
    assert GROUPS in once and "noExternal" in once and grouped(once) == once


def test_an_unknown_configuration_says_where_to_look():
    with pytest.raises(RuntimeError, match="fewer_files"):
        grouped("export default {}")


def test_scripts_are_asked_for_after_what_paints(tmp_path):
    page = tmp_path / "board" / "index.html"
    page.parent.mkdir()
    page.write_text(f'<html><head>{URGENT} href="/assets/a.js"/><link rel="stylesheet"/></head></html>')
    page.with_name("index.html.br").write_bytes(b"of the page before")
    (tmp_path / "other.html").write_text("<html></html>")
    assert let_the_page_paint_first(tmp_path) == 1
    assert page.read_text().count(CALM) == 1 and URGENT not in page.read_text()
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert not page.with_name("index.html.br").exists()
    assert let_the_page_paint_first(tmp_path) == 0
