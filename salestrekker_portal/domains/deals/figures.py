"""The figures that a deal's card shows, kept on the deal so that the board reads one row a card.

One projector: use cases say that a deal was touched, and before their transaction commits the figures of all deals
that were are worked out once, from what is then so. Nobody else writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.util import identity_key

from salestrekker_portal.database.session import WriteSession, before_commit
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.facts import Facts, facts_from, facts_of
from salestrekker_portal.domains.deals.rules import MoveFacts, portal_state, whose_move, written_lvr
from salestrekker_portal.kernel.text import shortened
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.labels import DealLabel, Label
from salestrekker_portal.tables.workflows import Stage

LABELS_BETWEEN = " · "
LINE_LIMIT = 300
DEALS_AT_ONCE = 500


@dataclass(kw_only=True)
class _Touch:
    """What has to be worked out for one deal. `facts` are those that the use case has read already."""

    figures: bool = False
    clients: bool = False
    labels: bool = False
    facts: Facts | None = None
    profile_pct: int | None = None
    told: dict[str, str] | None = None
    label_names: tuple[str, ...] | None = None

    @property
    def is_known(self) -> bool:
        """Whether nothing has to be read."""
        figures = not self.figures or self.facts is not None
        return figures and not self.clients and (not self.labels or self.label_names is not None)


def deal_touched(
    session: WriteSession,
    deal_id: UUID,
    *,
    facts: Facts | None = None,
    profile_pct: int | None = None,
    told: dict[str, str] | None = None,
) -> None:
    """Requests, documents, portal accesses, loans, securities, the stage or the fact find of a held deal changed.

    The fact find's percent and what it adds up to are handed in by whoever counted them, `facts` by whoever has read
    them after all changes.
    One statement for all deals that were touched, and one more when a figure is another.
    """
    touch = _touch(session, deal_id)
    # Facts count only from a single teller: after a second touch, what the first one read may be old.
    touch.facts = None if touch.figures else facts
    touch.figures = True
    if profile_pct is not None:
        touch.profile_pct = profile_pct
    touch.told = touch.told if told is None else told


def lines_touched(
    session: WriteSession,
    deal_id: UUID,
    *,
    clients: bool = False,
    labels: bool = False,
    label_names: Iterable[str] | None = None,
) -> None:
    """The names of a held deal's clients, or of its labels, changed; `label_names` as for whoever has read them."""
    touch = _touch(session, deal_id)
    touch.label_names = None if touch.labels or label_names is None else tuple(label_names)
    touch.clients, touch.labels = touch.clients or clients, touch.labels or labels


def _touch(session: WriteSession, deal_id: UUID) -> _Touch:
    touched = session.info.get("touched_deals")
    if touched is None:
        touched = session.info["touched_deals"] = {}
        before_commit(session, keep_figures)
    return touched.setdefault(deal_id, _Touch())


async def keep_figures(session: WriteSession) -> None:
    """Work out what was touched so far, and tell open boards of what is another. It runs before every commit."""
    touched: dict[UUID, _Touch] = session.info["touched_deals"]
    if not all(touch.is_known for touch in touched.values()):
        # What will be read has to be there; what is known already is written together with the rest.
        await session.flush()
    ids = sorted(touched)
    for start in range(0, len(ids), DEALS_AT_ONCE):
        part = {deal_id: touched[deal_id] for deal_id in ids[start : start + DEALS_AT_ONCE]}
        values: dict[UUID, dict[str, Any]] = {deal_id: {} for deal_id in part}
        deals, facts = await _facts(session, part)
        for deal_id, known in facts.items():
            counted = part[deal_id].profile_pct
            values[deal_id] |= _figures_from(known, deals[deal_id].profile_pct if counted is None else counted)
        for deal_id, touch in part.items():
            if touch.told is not None:
                values[deal_id]["told_figures"] = touch.told
        await _lines(session, part, values)
        for deal_id, deal in deals.items():
            _put(session, deal, values[deal_id])
    touched.clear()
    await session.flush()


async def _facts(session: WriteSession, touched: dict[UUID, _Touch]) -> tuple[dict[UUID, Deal], dict[UUID, Facts]]:
    """The deals, and the facts of those whose figures were touched; read as far as they are not at hand."""
    facts = {deal_id: touch.facts for deal_id, touch in touched.items() if touch.facts is not None}
    unread = [deal_id for deal_id, touch in touched.items() if touch.figures and touch.facts is None]
    deals: dict[UUID, Deal] = {}
    if unread:
        read = select(Deal, Stage.with_lender, Stage.fact_find, *facts_of(Deal.id))
        for row in await session.execute(read.join(Stage, Stage.id == Deal.stage_id).where(Deal.id.in_(unread))):
            deals[row.Deal.id], facts[row.Deal.id] = row.Deal, facts_from(row, row.with_lender, row.fact_find)
    at_hand = {deal_id: session.identity_map.get(identity_key(Deal, deal_id)) for deal_id in touched.keys() - deals}
    deals |= {deal_id: deal for deal_id, deal in at_hand.items() if deal is not None}
    if missing := touched.keys() - deals:
        deals |= {deal.id: deal for deal in await session.scalars(select(Deal).where(Deal.id.in_(missing)))}
    return deals, facts


def _figures_from(facts: Facts, profile_pct: int) -> dict[str, Any]:
    state = portal_state(live=facts.live, consented=facts.consented, ended=facts.ended)
    return {
        "portal_state": state,
        "profile_pct": profile_pct,
        "documents_asked": facts.asked,
        "documents_in": facts.arrived,
        "written_lvr": written_lvr(facts.owed_cents, facts.worth_cents),
        "move": whose_move(
            MoveFacts(
                with_lender=facts.with_lender,
                portal_state=state,
                mode=facts.mode,
                profile_pct=profile_pct,
                asked_open=facts.owed,
                to_review=facts.to_review,
                tasks_due=facts.tasks_due,
            )
        ),
    }


async def _lines(session: WriteSession, touched: dict[UUID, _Touch], values: dict) -> None:
    with_clients = [deal_id for deal_id, touch in touched.items() if touch.clients]
    if with_clients:
        names: dict[UUID, list[str]] = {deal_id: [] for deal_id in with_clients}
        rows = await session.execute(
            select(DealApplicant.deal_id, Contact)
            .join(Contact, DealApplicant.contact_id == Contact.id)
            .where(DealApplicant.deal_id.in_(with_clients))
            .order_by(DealApplicant.position, DealApplicant.created_at)
        )
        for deal_id, contact in rows:
            names[deal_id].append(contact.name)
        for deal_id, found in names.items():
            values[deal_id]["clients_line"] = _clients_line(found)
    known = {deal_id: touch.label_names for deal_id, touch in touched.items() if touch.label_names is not None}
    for deal_id, names_of_labels in known.items():
        values[deal_id]["labels_line"] = labels_line(names_of_labels)
    with_labels = [deal_id for deal_id, touch in touched.items() if touch.labels and deal_id not in known]
    if with_labels:
        worn: dict[UUID, list[str]] = {deal_id: [] for deal_id in with_labels}
        labelled = await session.execute(
            select(DealLabel.deal_id, Label.name)
            .join(Label, DealLabel.label_id == Label.id)
            .where(DealLabel.deal_id.in_(with_labels))
            .order_by(Label.name)
        )
        for deal_id, label in labelled:
            worn[deal_id].append(label)
        for deal_id, found in worn.items():
            values[deal_id]["labels_line"] = labels_line(found)


def begin_lines(deal: Deal, clients: Iterable[str]) -> None:
    """What a deal that is being made starts with; it is in no session yet."""
    deal.clients_line = _clients_line(clients)


def _clients_line(names: Iterable[str]) -> str:
    return shortened(", ".join(names), LINE_LIMIT)


def labels_line(names: Iterable[str]) -> str:
    return shortened(LABELS_BETWEEN.join(names), LINE_LIMIT)


def _put(session: WriteSession, deal: Deal, values: dict[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(deal, name) != value]
    for name in changed:
        setattr(deal, name, values[name])
    if changed:
        board_changed(session, deal.organisation_id, deal.id)
