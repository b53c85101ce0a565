"""What a reader that speaks finds in a PDF: every mark in the structure tree, in order, by the rules of ISO 14289-1."""

import io
from itertools import pairwise

from pypdf import PdfReader
from pypdf.generic import ContentStream

_SHOWS = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"S"}
_KNOWN = {"/Document", "/H1", "/H2", "/H3", "/P"}


def faults(content: bytes) -> list[str]:
    """Each thing wrong, in words; none for a file that can be read aloud."""
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    found = []
    if not str(root.get("/Lang", "")).startswith("en-"):
        found.append("no language")
    if not (reader.metadata and reader.metadata.title):
        found.append("no title")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        found.append("the file's name is shown for its title")
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("not marked")
    if "/StructTreeRoot" not in root:
        return [*found, "no structure"]
    return found + _content(reader) + _tree(reader)


def _content(reader: PdfReader) -> list[str]:
    """Whatever is drawn is tagged, or an artifact; each mark is in the tree, at its own place."""
    found = []
    parents = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    of_page = dict(zip(parents[::2], (each.get_object() for each in parents[1::2]), strict=True))
    for number, page in enumerate(reader.pages, start=1):
        open_marks: list[int | None] = []
        seen: list[int] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                artifact = operands[0] == "/Artifact"
                open_marks.append(None if artifact else int(operands[1]["/MCID"]))
                seen += [] if artifact else [int(operands[1]["/MCID"])]
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in _SHOWS and not open_marks:
                found.append(f"page {number}: something is drawn outside the structure")
        elements = of_page.get(page.get("/StructParents"), [])
        if seen != list(range(len(elements))):
            found.append(f"page {number}: marks {seen[:3]}… are not those of the tree")
    return found


def _tree(reader: PdfReader) -> list[str]:
    document = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    kinds = [str(each.get_object()["/S"]) for each in document["/K"]]
    found = [f"{kind} is no kind of element" for kind in sorted({document["/S"], *kinds} - _KNOWN)]
    ranks = [int(kind[2]) for kind in kinds if kind.startswith("/H")]
    if not ranks or ranks[0] != 1:
        found.append("does not begin with a heading of the first rank")
    found += [f"a heading of rank {after} follows one of rank {before}" for before, after in pairwise(ranks)
              if after > before + 1]  # fmt: skip
    return found
