"""Plausible words for every empty field around a button, typed as a person would type them."""

import re
from collections.abc import Collection
from itertools import count
from pathlib import Path

from playwright.sync_api import Error, Locator

from salestrekker_portal.kernel import clock

FIELDS = (Path(__file__).parent / "fields.js").read_text()
# Numbers that nobody of the demo has.
_MOBILES = tuple(f"0491 570 9{number}" for number in range(50, 70))
PASSWORD = "harbour ferry at nine"


class Filler:
    """Fills fields on one page: the same words in the same order on every page of the same kind."""

    def __init__(self, acting: Collection[str], password: str) -> None:
        self._acting, self._password, self._count = sorted(acting), password, count(10)

    def fill(self, button: Locator) -> int:
        """Fill what is empty around the button, as far as there is something; how many fields that were."""
        fields, radios = button.evaluate(FIELDS, self._acting), set()
        empty = [field for field in fields if not field["filled"]]
        for field in empty:
            if field["name"] in radios:
                continue
            if field["kind"] == "radio":
                radios.add(field["name"])
            try:
                self._put(button.page.locator(f'[data-fill="{field["index"]}"]').first, field)
            except Error:
                continue  # gone since, because of what was filled before it
        return len(empty)

    def change(self, button: Locator) -> int:
        """Where everything is filled, change the first plain text a little; how many were."""
        for field in button.evaluate(FIELDS, self._acting):
            if field["kind"] in ("text", "textarea") and _is_plain(field["words"]):
                node = button.page.locator(f'[data-fill="{field["index"]}"]').first
                node.fill(node.input_value() + " too", timeout=1500)
                return 1
        return 0

    def _put(self, node: Locator, field: dict) -> None:
        if field["kind"] == "select":
            node.select_option(field["choices"][-1] if field["choices"] else "", timeout=1500)
        elif field["kind"] in ("checkbox", "radio"):
            node.check(force=True, timeout=1500)
        else:
            node.fill(self._plausible(field["words"], field["kind"], f"{field['label']} {field['help']}"), timeout=1500)

    def _plausible(self, words: str, kind: str, help: str) -> str:
        """Something that a field with these words would take: its own example, where that is a day or an amount."""
        number = next(self._count)
        if wanted := re.search(r"type (.+?) to confirm", help, re.I):
            return wanted[1].strip("“”\"")
        if re.search(r"for example \d+ \d+ \d{4}", help, re.I):
            return f"21 3 {clock.utc_now().year + 1}"
        if re.search(r"for example,? \d+/\d+/\d{4}", help, re.I):
            return f"21/3/{clock.utc_now().year + 1}"
        if amount := re.search(r"for example (\$?[\d,]+k?)\b", help, re.I):
            return amount[1]
        tries = (
            (r"current|now\b.*password|current-password", self._password),
            (r"password", PASSWORD),
            (r"\babn\b", "51 824 753 556"),
            (r"\bacn\b", "004 085 616"),
            (r"mail", f"walk{number}@example.com"),
            (r"mobile|phone|tel\b", _MOBILES[number % len(_MOBILES)]),
            (r"\bdue\b", "in 3 days"),
            (r"dd/mm|date|birth", "1/02/1990"),
            (r"https|url|video|link", f"https://vimeo.com/{76979871 + number}"),
            (r"decimal|numeric|value|amount|number|credits", "25"),
            (r"colour|color", "#205080"),
        )
        if kind in ("email", "tel", "password", "date", "url", "number"):
            words = f"{kind} {words}"
        return next((value for pattern, value in tries if re.search(pattern, words)), f"Walked by {number}")


def _is_plain(words: str) -> bool:
    return not re.search(
        r"mail|mobile|phone|date|value|amount|%|credit|number|decimal|numeric|url|https|code|colour", words
    )
