"""The figures that a deal's card shows, kept on the deal so that the board reads one row a card."""

from uuid import UUID

from sqlalchemy import func, select

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.contacts.models import Contact
from salestrekker_portal.domains.deals.changes import board_changed
from salestrekker_portal.domains.deals.models import Deal, DealApplicant
from salestrekker_portal.domains.deals.rules import MoveFacts, portal_state, whose_move
from salestrekker_portal.domains.documents.models import DocumentRequest, RequestState
from salestrekker_portal.domains.labels.models import DealLabel, Label
from salestrekker_portal.domains.portal_access.models import PortalAccess
from salestrekker_portal.domains.workflows.models import Stage
from salestrekker_portal.kernel.text import shortened

LABELS_BETWEEN = " · "
LINE_LIMIT = 300

_IN = (RequestState.UPLOADED, RequestState.ACCEPTED)
_OWED = (RequestState.REQUESTED, RequestState.ASKED_AGAIN)


async def refresh_figures(session: WriteSession, deal_id: UUID, *, profile_pct: int | None = None) -> Deal:
    """Work a deal's figures out again, and tell open boards when one changed. The deal has been accessed already.

    Call it after anything that changes requests, documents, portal accesses or the fact find; hand the fact
    find's `profile_pct` in when it changed. One statement, and one more when something changed.
    """
    await session.flush()
    row = (await session.execute(_facts(deal_id))).one()
    deal: Deal = row.Deal
    figures = {
        "portal_state": portal_state(live=row.live, consented=row.consented, ended=row.ended),
        "profile_pct": deal.profile_pct if profile_pct is None else profile_pct,
        "documents_asked": row.asked,
        "documents_in": row.arrived,
    }
    figures["move"] = whose_move(
        MoveFacts(
            with_lender=row.with_lender,
            portal_state=figures["portal_state"],
            mode=row.fact_find,
            profile_pct=figures["profile_pct"],
            asked_open=row.owed,
            to_review=row.to_review,
        )
    )
    return await _put(session, deal, figures)


async def refresh_lines(session: WriteSession, deal: Deal) -> Deal:
    """Write the names of the clients and of the labels on the deal again."""
    await session.flush()
    contacts = await session.scalars(
        select(Contact)
        .join(DealApplicant, DealApplicant.contact_id == Contact.id)
        .where(DealApplicant.deal_id == deal.id)
        .order_by(DealApplicant.position, DealApplicant.created_at)
    )
    labels = await session.scalars(
        select(Label.name)
        .join(DealLabel, DealLabel.label_id == Label.id)
        .where(DealLabel.deal_id == deal.id)
        .order_by(Label.name)
    )
    lines = {
        "clients_line": clients_line([contact.name for contact in contacts]),
        "labels_line": labels_line(list(labels)),
    }
    return await _put(session, deal, lines)


def clients_line(names: list[str]) -> str:
    return shortened(", ".join(names), LINE_LIMIT)


def labels_line(names: list[str]) -> str:
    return shortened(LABELS_BETWEEN.join(names), LINE_LIMIT)


async def _put(session: WriteSession, deal: Deal, values: dict) -> Deal:
    changed = [name for name, value in values.items() if getattr(deal, name) != value]
    for name in changed:
        setattr(deal, name, values[name])
    if changed:
        board_changed(session, deal.organisation_id, deal.id)
        await session.flush()
    return deal


def _facts(deal_id: UUID):
    """The deal with everything that its figures follow from, in one statement."""
    requests = (
        DocumentRequest.deal_id == deal_id,
        DocumentRequest.withdrawn_at.is_(None),
    )

    def asked(*more):
        return select(func.count()).where(*requests, *more).select_from(DocumentRequest).scalar_subquery()

    def accesses(*more):
        held = (PortalAccess.deal_id == deal_id, *more)
        return select(func.count()).where(*held).select_from(PortalAccess).scalar_subquery()

    live = PortalAccess.revoked_at.is_(None)
    return (
        select(
            Deal,
            Stage.with_lender,
            Stage.fact_find,
            accesses(live).label("live"),
            accesses(live, PortalAccess.consented_at.is_not(None)).label("consented"),
            accesses(PortalAccess.revoked_at.is_not(None)).label("ended"),
            asked(DocumentRequest.state != RequestState.NOT_NEEDED).label("asked"),
            asked(DocumentRequest.state.in_(_IN)).label("arrived"),
            asked(DocumentRequest.state.in_(_OWED), DocumentRequest.sent_at.is_not(None)).label("owed"),
            asked(DocumentRequest.state == RequestState.UPLOADED).label("to_review"),
        )
        .join(Stage, Stage.id == Deal.stage_id)
        .where(Deal.id == deal_id)
    )
