"""The switch of who else sees a file. Who sent it sees it anyway, so theirs can't be switched off."""

import reflex as rx

from salestrekker_portal.ui.forms import switch
from salestrekker_portal.ui.kinds import Flag


def audience_switch(
    row: rx.Var, audience: str, *, id: rx.Var, may_share: Flag, on_change, after: rx.Component | None = None
) -> rx.Component:
    """`audience` is "client" or "partner"; `after` is heard behind the words."""
    off = ~may_share | row["note"].to(bool)
    said = after if after is not None else rx.fragment()
    if audience == "partner":
        words = rx.fragment("Share with partner", said)
        return switch(id=id, label=words, checked=row["partner"], on_change=on_change, disabled=off)
    theirs = row["sees"].to(str) != ""
    alone = theirs & ~row["others"].to(bool)
    words = rx.cond(theirs & row["others"].to(bool), "Share with other clients", "Share with client")
    return rx.el.div(
        switch(
            id=id,
            label=rx.fragment(words, said),
            checked=row["client"].to(bool) | alone,
            on_change=on_change,
            disabled=off | alone,
        ),
        title=rx.cond(theirs, row["sees"].to(str) + " sent it, and sees it", ""),
    )
