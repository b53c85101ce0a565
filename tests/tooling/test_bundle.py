"""What the builder's configuration and its pages are given: few files, and the page before its scripts."""

import gzip
import re

import pytest
from reflex.utils.frontend_skeleton import _compile_vite_config
from reflex_base.config import get_config

from salestrekker_portal.build import ROOT, WEB, build
from salestrekker_portal.built_pages import CALM, URGENT, let_the_page_paint_first
from salestrekker_portal.portals.http.fewer_files import GROUPS, grouped
from salestrekker_portal.portals.http.no_markup import MARKUP, MODULE, STEP, without_markup
from salestrekker_portal.served import current


def test_the_builders_configuration_is_the_known_one_and_takes_the_groups():
    plain = _compile_vite_config(get_config())
    once = grouped(plain)
    assert GROUPS in once and "noExternal" in once and grouped(once) == once


def test_an_unknown_configuration_says_where_to_look():
    with pytest.raises(RuntimeError, match="fewer_files"):
        grouped("export default {}")


def test_it_takes_the_step_that_leaves_react_without_markup():
    once = without_markup(grouped(_compile_vite_config(get_config())))
    assert STEP in once and without_markup(once) == once
    with pytest.raises(RuntimeError, match="no_markup"):
        without_markup("export default {}")


@pytest.mark.browser  # as those tests, it needs the bundle
def test_react_is_the_known_one_and_no_text_becomes_markup_in_what_is_built():
    build()
    react = (WEB / "node_modules" / "react-dom" / "cjs" / MODULE).read_text()
    assert [text for text, times, _ in MARKUP if react.count(text) != times] == []
    scripts = ((current(WEB) or WEB) / "build" / "client" / "assets").glob("*.js")
    sinks = re.compile(r"(inner|outer)HTML\s*=[^=]|insertAdjacentHTML\(|document\.write\(|parseFromString\(|srcdoc=")
    assert [each.name for each in scripts if sinks.search(each.read_text())] == []
    assert [each.name for each in (ROOT / "assets").glob("*.js") if sinks.search(each.read_text())] == []


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
