"""What the built pages are given after the builder is done with them.

Forty scripts are asked for in the head of a page, as urgently as its style and its font; on a phone's connection they
share the line, and the page is white until the last of them is nearly here. What paints comes first.
"""

import gzip
from pathlib import Path

URGENT, CALM = '<link rel="modulepreload"', '<link fetchpriority="low" rel="modulepreload"'


def let_the_page_paint_first(bundle: Path) -> int:
    """Lower the scripts' priority in every page of the bundle; how many pages. Their compressed copies follow."""
    pages = [page for page in bundle.rglob("*.html") if URGENT in page.read_text(encoding="utf-8")]
    for page in pages:
        page.write_text(page.read_text(encoding="utf-8").replace(URGENT, CALM), encoding="utf-8")
        for copy in (page.with_name(page.name + suffix) for suffix in (".br", ".gz", ".zst")):
            copy.unlink(missing_ok=True)
        page.with_name(page.name + ".gz").write_bytes(gzip.compress(page.read_bytes(), 9, mtime=0))
    return len(pages)
