"""The same sentence in the words of another country."""

import re

# Word by word, so that a new sentence is right in New Zealand too.
_NEW_ZEALAND = {
    "broker": "adviser",
    "brokers": "advisers",
    "Broker": "Adviser",
    "Brokers": "Advisers",
}
_WORDS = re.compile(r"\b(" + "|".join(_NEW_ZEALAND) + r")\b")


def said_in(country: str, text: str) -> str:
    """The text as clients read it there: who is a broker in Australia is an adviser in New Zealand."""
    return _WORDS.sub(lambda found: _NEW_ZEALAND[found[0]], text) if country == "NZ" else text
