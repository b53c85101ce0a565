"""What the app must load to look like itself. Plain CSS: there is no Tailwind and no Radix.

`rx.App(stylesheets=STYLESHEETS, head_components=head(), reset_style=False, html_lang="en-AU", toaster=None,
app_wraps=app_wraps())`: the stock overlay is left out, because it brings a toast library along.
Dark follows the machine on the first visit (`default_color_mode="system"`), then what the person chose.
"""

import reflex as rx

# The order matters: tokens first, screens last.
STYLESHEETS = [
    f"styles/{name}.css"
    for name in ("tokens", "base", "controls", "frame", "data", "feedback", "screens", "settings", "day")
]


def head() -> list[rx.Component]:
    """Icon, font preload and bar colours for the page head."""
    return [
        rx.el.script(src="/translated.js"),
        rx.el.script(src="/early-clicks.js"),
        rx.el.script(src="/once.js"),
        rx.el.script(src="/refusals.js", type="module"),
        rx.el.script(src="/typed.js", type="module"),
        rx.el.script(src="/faster.js", type="module"),
        rx.el.script(src="/passkeys.js"),
        rx.el.script(src="/idle.js"),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(
            rel="preload",
            href="/fonts/inter-latin.woff2",
            custom_attrs={"as": "font"},
            type="font/woff2",
            cross_origin="anonymous",
        ),
        rx.el.meta(name="theme-color", content="#ffffff", custom_attrs={"media": "(prefers-color-scheme: light)"}),
        rx.el.meta(name="theme-color", content="#141c25", custom_attrs={"media": "(prefers-color-scheme: dark)"}),
    ]


def app_wraps() -> dict:
    """What `rx.App` wraps around every page: an error boundary with our own words, and no toast library."""
    from .feedback.pages import broken

    return {(55, "ErrorBoundary"): lambda stateful: broken(stateful=stateful)}
