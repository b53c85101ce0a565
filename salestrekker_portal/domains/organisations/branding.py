"""A firm's own colour, as long as it can be read."""

import re

from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.text import clean

# WCAG 2.2, 1.4.3: words need 4.5 to 1 against what they stand on. Buttons carry white words on the colour, and
# words in the colour stand on its own light tint.
LEAST_CONTRAST = 4.5
SOFT_SHARE = 0.08
_HEX = re.compile(r"^#?([0-9a-fA-F]{6})$")


def checked_colour(raw: object) -> str | None:
    """#rrggbb in lower case, or None for our own colour. Raises Invalid (`theme_colour`)."""
    text = clean(raw)
    if not text:
        return None
    match = _HEX.match(text)
    if match is None:
        raise Invalid({"theme_colour": "Enter a colour as # and six letters or digits, for example #0f6b66."})
    colour = f"#{match.group(1).lower()}"
    ratio = min(contrast(colour, "#ffffff"), contrast(colour, tint(colour)))
    if ratio < LEAST_CONTRAST:
        why = f"Words in {colour}, or white ones on it, are hard to read: {ratio:.1f} to 1."
        raise Invalid({"theme_colour": f"{why} Choose a darker colour: {LEAST_CONTRAST} to 1 is the least."})
    return colour


def tint(colour: str) -> str:
    """The light tint that stands behind words in the colour: 8 per cent of it in white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * SOFT_SHARE + 255 * (1 - SOFT_SHARE)):02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """The contrast of two #rrggbb colours as WCAG counts it: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
