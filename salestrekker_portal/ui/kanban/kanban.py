"""The board of a workflow: columns of deals that a person moves, and that others' moves reach.

The browser keeps its own copy of the order, so a card stays where it was put while the server hears of it.
Its script loads only with a page that uses it; what stands there before: first_look.py.

What goes in:
    stages  [{id, name, likely, locked, folded?}]: `likely` in per cent, `locked` when the client's profile is
            read-only in that stage, `folded` when the column starts as a spine (the browser remembers).
    page    {rev, seq, order, counts, totals, cards}: the first deals of every stage, set by `load`. A `rev`
            that differs from the last one replaces all that the board had; while it is 0 or absent, a
            skeleton. Take `rev` from the clock: a counter that restarts with the server would repeat itself.
            order {stage: [deal ids]}, counts {stage: number of all its deals},
            totals {stage: "$1,955,500"}, cards {deal id: Card}.
    patch   {seq, moves, cards, removed, counts, totals}: one change, told to every open board, the mover's
            too. moves [{id, stage, after}], cards [Card, whole, or its id and the keys that changed],
            removed [deal ids], counts and totals of the stages that changed. Folded in when its seq is newer
            than what was seen; an older one is ignored, a gap asks for `on_stale`. Send the whole card of a
            deal that may lie below what others have loaded: one that moves into view without its card also
            asks for `on_stale`. Every open board gets every seq, with no moves when it shows none of them.
            Clear it in `load`.
    more    {stage, seq, order, cards}: the answer to `on_more`; `seq` is the board's when it was read.
    me      the name of who looks: their own deals are marked.
    error   a sentence in place of the board, with "Try again" (`on_stale`).

Card: {id, href, name, clients, amount, portal: {tone, icon, word}, labels, percent, documents, days, stale,
    move: {who: "us" | "client" | "lender", word}, owner, ownerName, and where there is one: lender, lvr,
    next: {day, what}}.
    Tones: ok, warn, bad, info, outline, plain. Icons: user-check, user-x, mail, lock, clock, eye, or "".

The page may set two CSS variables: --frame-top, the height of a bar that sticks to the top of a phone, and
--kb-below, the room to leave beneath the board (64px).

What comes out:
    on_move(deal, stage, after)  after "" is the top. The card has moved already: answer with a patch that
                                 names this move or, to refuse, with a page of a new rev. Unanswered for ten
                                 seconds, the board asks for `on_stale`.
    on_more(stage, last)         the deals after `last` are wanted.
    on_stale()                   something was missed: load, and set a page with a new rev.
    on_elsewhere(deal)           optional; the deal is to go to another board: "Another workflow…" of its menu.
    on_open(deal), on_add(stage) optional; the deal's name is a link in any case.
"""

import reflex as rx

from ..beside import beside

# Everything the script imports from beside itself has to reach the build with it.
_PARTS = (
    "board_state.js",
    "card.jsx",
    "column.jsx",
    "kanban.css",
    "keys.js",
    "menu.jsx",
    "parts.jsx",
    "preferences.js",
    "swipe.js",
)
for _part in _PARTS:
    beside(f"{_part}")


class Kanban(rx.Component):
    """The wrapped script; use `board`. Part of its page, so that it travels with the page and not after it."""

    library = beside("kanban.jsx").importable_path
    tag = "Kanban"
    # Native dragging: the drop is told at once, in a fifth of the weight of the libraries that animate it.
    # lucide-react is the version that rx.icon brings.
    lib_dependencies: list[str] = [
        "@atlaskit/pragmatic-drag-and-drop@4.0.0",
        "@atlaskit/pragmatic-drag-and-drop-auto-scroll@3.2.1",
        "lucide-react@1.26.0",
    ]

    stages: rx.Var[list[dict]]
    page: rx.Var[dict]
    patch: rx.Var[dict]
    more: rx.Var[dict]
    me: rx.Var[str]
    error: rx.Var[str]

    on_move: rx.EventHandler[rx.event.passthrough_event_spec(str, str, str)]
    on_more: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]
    on_stale: rx.EventHandler[rx.event.no_args_event_spec]
    on_elsewhere: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_open: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_add: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def board(**props) -> rx.Component:
    """The board; the props are those of the module's contract.

    It keeps the height of a board from the first paint, so that nothing jumps when the script arrives.
    """
    return rx.el.div(Kanban.create(**props), class_name="kanban", style={"min_height": "420px"})
