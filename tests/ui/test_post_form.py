"""A form for a route of ours leaves the page: nothing prevents its submit."""

from pathlib import Path

import salestrekker_portal
from salestrekker_portal.ui.forms.post import post_form

PACKAGE = Path(salestrekker_portal.__file__).parent


def test_a_post_form_has_no_submit_handler():
    form = post_form(action="/session/client")
    assert "onSubmit" not in str(form.render()) and "/session/client" in str(form.render())


def test_no_screen_posts_with_reflexs_own_form():
    for path in PACKAGE.rglob("*.py"):
        for body in path.read_text(encoding="utf-8").split("el.form(")[1:]:
            assert 'action="/session' not in body.split("post_form(")[0][:1500], path
