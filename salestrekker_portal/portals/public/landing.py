"""The front door."""

import reflex as rx

from salestrekker_portal.portals.pages import page


@page("/", title="Welcome", portal=None)
def landing() -> rx.Component:
    return rx.el.main(rx.el.h1("Are you a broker, a client or a partner?"))
