"""The upload box, once per requested document, also inside `rx.foreach`.

A local script and not `rx.upload`: Reflex's component can only cancel under an id that is known when the
page is compiled, reports one progress for all files, and posts to `/_upload`, which is open to everybody and
which we close (see portals/routes/uploads.py). Only XMLHttpRequest reports upload progress in every browser.
Photos are made smaller before they travel (smaller.js); every other file travels as it is.

What goes in:
    box        the key of the request: uploads on their way stay with it when the page is drawn again.
    name       of the request; the file input is labelled "Upload <name>".
    fields     {name: text}, sent before each file; `authorise` of the route reads them.
    accept, max_bytes, words
               what is refused before it is sent, and in which words: `**box_rules()` of domains/documents/checks.
    known      ids of the documents that the page lists itself: their "Uploaded" rows disappear.
    primary    this box is the one thing to do next.
    photos     offer the camera on a phone.
    compact    a paperclip beside other things instead of a box of its own.
    children   what stands above the files in the box: heading, reason, earlier files.

What comes out:
    on_done(document_id)   a file is in. Load the list again, and let `known` contain the id.
    on_refused(sentence)   optional; the box already shows the sentence as an alert.
"""

from typing import Any

import reflex as rx

from ..beside import beside

# Everything the script imports from beside itself has to reach the build with it.
for _part in ("upload_queue.js", "smaller.js", "uploads.css"):
    beside(f"{_part}")


class UploadBox(rx.Component):
    """The wrapped script; use `upload_box`."""

    library = beside("upload_box.jsx").importable_path
    tag = "UploadBox"
    # The version that rx.icon brings.
    lib_dependencies: list[str] = ["lucide-react@1.26.0"]

    box: rx.Var[str]
    name: rx.Var[str]
    endpoint: rx.Var[str]
    fields: rx.Var[dict[str, str]]
    accept: rx.Var[str]
    max_bytes: rx.Var[int]
    words: rx.Var[dict[str, str]]
    known: rx.Var[list[str]]
    primary: rx.Var[bool]
    photos: rx.Var[bool]
    compact: rx.Var[bool]

    on_done: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_refused: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def upload_box(
    *children: rx.Component,
    box: rx.Var[str] | str,
    name: rx.Var[str] | str,
    fields: rx.Var[dict[str, str]] | dict[str, Any],
    accept: str,
    max_bytes: int,
    words: dict[str, str],
    endpoint: str = "/files",
    known: rx.Var[list[str]] | list[str] | None = None,
    primary: rx.Var[bool] | bool = False,
    photos: rx.Var[bool] | bool = True,
    compact: rx.Var[bool] | bool = False,
    **props: Any,
) -> rx.Component:
    """One box; arguments as in the module's contract."""
    return UploadBox.create(
        *children,
        box=box,
        name=name,
        fields=fields,
        endpoint=endpoint,
        max_bytes=max_bytes,
        accept=accept,
        words=words,
        known=[] if known is None else known,
        primary=primary,
        photos=photos,
        compact=compact,
        **props,
    )
