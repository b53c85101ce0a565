"""The line by which Reflex's compiled client imports a script of ours, and finding it again.

The client is compiled twice for development and after an upgrade, from what the last time left: by then the line is
there, and may point to where the script used to be.
"""

import re


def import_line(names: str, script: str) -> str:
    """`names` as in "first, second"."""
    return f'import {{ {names} }} from "{script}";\n'


def pointing_to(source: str, names: str, script: str) -> str | None:
    """The source that was rewritten before, importing from `script` now; None when it was not."""
    line = re.compile(rf'^import \{{ {re.escape(names)} \}} from "[^"\n]+";\n', re.MULTILINE)
    if not line.search(source):
        return None
    return line.sub(lambda _: import_line(names, script), source)
