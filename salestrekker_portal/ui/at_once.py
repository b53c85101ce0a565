"""The place in a built page where the server puts what somebody may see, before any script has run."""

from html.parser import HTMLParser

import reflex as rx

from .beside import beside

# Around what the server replaces: portals/http/first_looks.py.
BEGIN, END = "<!--first-look-->", "<!--/first-look-->"
_CALLED = {"class": "className"}


class FirstLookPlace(rx.Component):
    """`html` is what the built page says there, `bones` the same for who comes by a link: see the script."""

    library = beside("at_once.jsx").importable_path
    tag = "FirstLookPlace"
    html: rx.Var[str]
    bones: rx.Var[list]


def first_look_place(waiting: str, *, class_name: str) -> rx.Component:
    """`waiting` is HTML for the time without data. React leaves it alone until it draws the real thing, which is still
    to come: the place is busy."""
    attributes = {"aria-busy": "true"}
    html = f"{BEGIN}{waiting}{END}"
    return FirstLookPlace.create(html=html, bones=bones_of(waiting), class_name=class_name, custom_attrs=attributes)


def bones_of(waiting: str) -> list:
    """HTML of ours as [name, attributes, children] an element, in React's names: drawn without being read as HTML."""
    reader = _Bones()
    reader.feed(waiting)
    reader.close()
    return reader.open[0]


class _Bones(HTMLParser):
    """`open` are the children of each element that has not ended yet, the page's own first."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[list] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        children: list = []
        self.open[-1].append([tag, {_CALLED.get(name, name): value for name, value in attrs}, children])
        self.open.append(children)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].append(data)
