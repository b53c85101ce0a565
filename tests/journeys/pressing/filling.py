"""Plausible words for every empty field around a button, typed as a person would type them."""

import re
from collections.abc import Collection
from itertools import count

from playwright.sync_api import Error, Locator

FIELDS = r"""
(button, acting) => {
  const props = (node) => {
    const key = Object.keys(node).find((each) => each.startsWith("__reactProps"));
    return key ? node[key] : {};
  };
  const acts = (node) => acting.some((name) =>
    [node, node.closest("label")].some((each) => each && (String(props(each).onChange) + String(props(each).onClick)).includes(name)));
  const around = button.closest("dialog, form") || button.closest("section, main") || document.body;
  const whole = around.matches("dialog, form");
  return [...around.querySelectorAll("input, textarea, select")].flatMap((node, index) => {
    const shown = node.checkVisibility({ visibilityProperty: true });
    node.setAttribute("data-fill", index);
    const label = [...(node.labels || [])].map((each) => each.innerText).join(" ") + " " + (node.getAttribute("aria-label") || "");
    const group = node.type === "radio" && around.querySelector(`input[name="${CSS.escape(node.name)}"]:checked`);
    const filled = node.type === "checkbox" ? node.checked : node.type === "radio" ? !!group : node.value !== "";
    if (!shown || node.disabled || node.readOnly || acts(node) || ["file", "hidden", "search"].includes(node.type)) return [];
    if (["checkbox", "radio"].includes(node.type) && !whole) return [];
    const choices = node.tagName === "SELECT" ? [...node.options].filter((o) => o.value && !o.disabled).map((o) => o.value) : [];
    return [{ index, filled, choices, kind: node.tagName === "SELECT" ? "select" : node.type,
              words: [label, node.name, node.placeholder, node.autocomplete, node.inputMode].join(" ").toLowerCase(),
              mode: node.inputMode, name: node.name }];
  });
}
"""
# Numbers that are kept for fiction, here and in the United Kingdom, and that nobody of the demo has.
_MOBILES = ("0491 570 159", *(f"+44 7700 9001{number}" for number in range(23, 40)))
PASSWORD = "harbour ferry at nine"


class Filler:
    """Fills fields on one page: the same words in the same order on every page of the same kind."""

    def __init__(self, acting: Collection[str], password: str) -> None:
        self._acting, self._password, self._count = sorted(acting), password, count(10)

    def fill(self, button: Locator) -> None:
        """Fill what is empty around the button; where nothing is, change the first plain text a little."""
        fields = button.evaluate(FIELDS, self._acting)
        page, radios = button.page, set()
        for field in fields:
            if field["filled"] or field["name"] in radios:
                continue
            if field["kind"] == "radio":
                radios.add(field["name"])
            try:
                self._put(page.locator(f'[data-fill="{field["index"]}"]').first, field)
            except Error:
                continue  # gone since, because of what was filled before it
        plain = [field for field in fields if field["filled"] and field["kind"] == "text" and _is_plain(field["words"])]
        if plain and not any(not field["filled"] for field in fields):
            node = page.locator(f'[data-fill="{plain[0]["index"]}"]').first
            node.fill(node.input_value() + " too", timeout=1500)

    def _put(self, node: Locator, field: dict) -> None:
        if field["kind"] == "select":
            node.select_option(field["choices"][-1] if field["choices"] else "", timeout=1500)
        elif field["kind"] in ("checkbox", "radio"):
            node.check(force=True, timeout=1500)
        else:
            node.fill(self._plausible(field["words"], field["kind"]), timeout=1500)

    def _plausible(self, words: str, kind: str) -> str:
        """Something that a field with these words would take."""
        number = next(self._count)
        tries = (
            (r"current|now\b.*password|current-password", self._password),
            (r"password", PASSWORD),
            (r"mail", f"walk{number}@example.com"),
            (r"mobile|phone|tel\b", _MOBILES[number % len(_MOBILES)]),
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
