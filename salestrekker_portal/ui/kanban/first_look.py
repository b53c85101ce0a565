"""The board as the first answer draws it: columns and cards as plain HTML, with the looks of the live board.

It stands where the board will stand until the board's script has come to life. Cards are links already; what moves
a deal comes with the live board, so nothing here looks for a press.
"""

from html import escape

import reflex as rx

from salestrekker_portal.ui.at_once import first_look_place

# What is drawn of each column: more than any window shows; the live board brings the rest.
CARDS = 15

_BONES = '<div class="kb-card"><i class="kb-bone"></i><i class="kb-bone"></i><i class="kb-bone"></i></div>'
_EMPTY_COLUMN = (
    '<div class="kb-column"><div class="kb-head"><p class="kb-title"></p><p class="kb-meta"><i class="kb-bone"></i>'
    f'</p></div><div class="kb-cards"><div class="kb-chunk">{_BONES * 3}</div></div></div>'
)
SKELETON = (
    '<div class="kb" aria-busy="true"><p class="kb-hidden" role="status">Loading deals</p>'
    f'<div class="kb-lane is-loading" aria-hidden="true">{_EMPTY_COLUMN * 5}</div></div>'
)


def waiting_board() -> rx.Component:
    """A skeleton, or the first look in its place."""
    return first_look_place(SKELETON, class_name="kanban")


def first_look(stages: list[dict], page: dict, me: str) -> str:
    """HTML of a board; `stages`, `page` and `me` are those of the board's contract (kanban.py)."""
    columns = "".join(_column(stage, page, me) for stage in stages)
    return f'<div class="kb"><div class="kb-lane">{columns}</div></div>'


def _column(stage: dict, page: dict, me: str) -> str:
    ids = page["order"][stage["id"]]
    count, total = page["counts"][stage["id"]], page["totals"][stage["id"]]
    cards = "".join(_card(page["cards"][deal], me) for deal in ids[:CARDS])
    left = count - len(ids[:CARDS])
    more = f'<span class="kb-more">{left:,} more</span>' if left > 0 else ""
    none = f'<p class="kb-empty">No deals in {escape(stage["name"])}</p>' if not count else ""
    colour = f'<span class="stage-colour" data-colour="{escape(stage["colour"])}"></span>' if stage["colour"] else ""
    money = f'{escape(total)}<span aria-hidden="true">·</span>' if total else ""
    return (
        f'<section class="kb-column" aria-label="{escape(stage["name"])}"><header class="kb-head"><h2 class="kb-title">'
        f'{colour}<span class="kb-title-name">{escape(stage["name"])}</span>'
        f'<span class="kb-count">{count:,}</span></h2>'
        f'<p class="kb-meta">{money}{stage["likely"]}% likely</p></header>'
        f'<div class="kb-cards"><div class="kb-chunk">{cards}</div>{more}{none}</div></section>'
    )


def _card(card: dict, me: str) -> str:
    mine = " is-me" if card["ownerName"] == me else ""
    portal, move = card["portal"], card["move"]
    badge = f'<span class="kb-badge is-{portal["tone"]}">{escape(portal["word"])}</span>' if portal["word"] else ""
    badge = _next_date(card) if _is_dated(card) else badge
    owner = f'<span class="kb-avatar{mine}" title="{escape(card["ownerName"])}">{escape(card["owner"])}</span>'
    lender = f'<span class="kb-lender">{escape(card["lender"])}</span>' if card.get("lender") else ""
    late = " is-stale" if card["stale"] else ""
    return (
        f'<div class="kb-card"><div class="kb-top"><h3 class="kb-name">'
        f'<a href="{escape(card["href"])}">{escape(card["name"])}</a></h3>'
        f'<p class="kb-clients">{escape(card["clients"])}</p></div>'
        f'<div class="kb-line"><span class="kb-amount">{escape(card["amount"])}</span>{lender}'
        f'{badge}{owner if card["owner"] else ""}</div>'
        f'<div class="kb-facts"><span class="kb-move is-{move["who"]}">{escape(move["word"])}</span>'
        f'<span class="kb-fact"><svg class="kb-ring" viewBox="0 0 16 16"></svg>{card["percent"]}%</span>'
        f'<span class="kb-fact"><svg width="14" height="14"></svg>{_tight(card)}</span>'
        f'<span class="kb-fact kb-push{late}">{card["days"]} d</span></div>{_besides(card)}</div>'
    )


def _tight(card: dict) -> str:
    return escape(card["documents"].replace(" of ", "/"))


def _is_dated(card: dict) -> bool:
    """In a locked stage the date that is waited for takes the badge's place."""
    return bool(card.get("next")) and card["portal"]["icon"] == "lock"


def _next_date(card: dict) -> str:
    return f'<span class="kb-fact"><svg width="14" height="14"></svg>{escape(card["next"]["day"])}</span>'


def _besides(card: dict) -> str:
    """The last line, which only some cards have: what a partner waits for, what comes next, loan to value, labels."""
    next_date = _next_date(card) if card.get("next") and not _is_dated(card) else ""
    lvr = f'<span class="kb-fact">LVR {escape(card["lvr"])}</span>' if card.get("lvr") else ""
    labels = "".join(f'<span class="kb-label">{escape(label)}</span>' for label in card["labels"])
    owed = f'<span class="kb-badge is-warn">{escape(card["promise"]["word"])}</span>' if card.get("promise") else ""
    every = owed + next_date + lvr + labels
    return every and f'<div class="kb-besides">{every}</div>'
