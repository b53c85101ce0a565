"""Taking the fact find along: everybody's, a person's or the household's, as PDF, CSV or JSON."""

import reflex as rx

from salestrekker_portal.portals.broker.profile.state import BrokerProfileState as S
from salestrekker_portal.ui import forms
from salestrekker_portal.ui.forms.post import post_form
from salestrekker_portal.ui.marks import icon

KINDS = [("pdf", "PDF, to read"), ("csv", "CSV, for a spreadsheet"), ("json", "JSON, for other software")]


def taking() -> rx.Component:
    """A small form of plain HTML: the download is the answer to a post."""
    form = post_form(
        rx.el.input(type="hidden", name="deal", value=S.shown_deal),
        forms.select(id="take-of", name="of", label="Whose answers", choices=S.takes_of, blank="Everybody’s"),
        forms.select(id="take-kind", name="kind", label="As", choices=KINDS, blank=None),
        rx.el.div(forms.submit(icon("download"), "Download", tone="second"), class_name="button-row"),
        action="/deals/fact-find",
        class_name="fields taking",
    )
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Take the fact find along"), form, class_name="help no-print"
    )
