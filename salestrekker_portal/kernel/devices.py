"""A browser in a few words, for people who look for the one that isn't theirs."""

# In this order: Edge also calls itself Chrome, and both call themselves Safari.
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "Mac"),
            ("Windows", "Windows"), ("Linux", "Linux"))  # fmt: skip


def browser_name(agent: str) -> str:
    """A few words for a user agent: Chrome on Android."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
