"""The dashboard for the page's first answer: the greeting and the one next step, which is what a phone shows first."""

from html import escape

import reflex as rx

from salestrekker_portal.database.session import ReadSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.bank_statements.queries import current, statement_requests_in
from salestrekker_portal.domains.fact_find.submission import changed_since_sent
from salestrekker_portal.domains.portal_access.home import home_of
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.client.dashboard.bank import bank_words
from salestrekker_portal.portals.client.dashboard.words import about_words, hello_words, next_step, profile_words
from salestrekker_portal.portals.http.first_looks import first_look_of
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.ui.at_once import first_look_place

_SKELETON = (
    '<div aria-busy="true"><span class="unseen">Loading</span><div class="stack" aria-hidden="true"><div class="card">'
    '<div class="card-body stack"><span class="bone is-title"></span><span class="bone"></span><span class="bone">'
    '</span><span class="bone is-short"></span></div></div></div></div>'
)


def waiting_dashboard() -> rx.Component:
    """A skeleton, or the first look in its place."""
    return first_look_place(_SKELETON, class_name="at-once")


@first_look_of("/portal", portal=Portal.CLIENT)
async def dashboard_at_once(session: ReadSession, actor: Actor, _query) -> str:
    """Greeting and next step of one's own application."""
    home = await home_of(session, actor)
    statements = current(await statement_requests_in(session, actor, home.deal.id))
    changed = await changed_since_sent(session, actor, home.access)
    bank = bank_words(statements, home.owner.first_name, utc_now())
    step = next_step(home, home.first_name, bank, changed=changed)
    link = f'<a class="button is-primary" href="{escape(step["to"])}">{escape(step["label"])}</a>'
    press = f'<div class="button-row">{link}</div>'
    profile, whose, note, percent = profile_words(home)
    progress = (
        f'<div class="stack is-tight"><div class="row"><span>{escape(whose)}</span>'
        f'<span class="muted push">{percent}% done</span></div>'
        f'<div class="meter"><span style="width:{percent}%"></span></div>'
        f'<p class="small muted">{escape(note)}</p></div>'
    )
    return (
        f'<header class="page-head"><div class="page-head-words"><h1>{escape(hello_words(home, actor.time_zone))}</h1>'
        f'<p class="page-lead">{escape(about_words(home))}</p></div></header><div class="columns"><div class="stack">'
        '<section class="card is-next"><div class="card-body"><div class="stack"><div class="stack is-tight">'
        f'<p class="eyebrow">{escape(step["eyebrow"])}</p><h2>{escape(step["title"])}</h2>'
        f'<p class="muted">{escape(step["text"])}</p></div>{press if step["to"] else ""}{progress if profile else ""}'
        "</div></div></section></div></div>"
    )
