"""Founding a brokerage: everything it needs before its first deal, in one transaction."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import exists, select

from salestrekker_portal.database.session import ReadSession, WriteSession
from salestrekker_portal.domains.organisations import standard
from salestrekker_portal.domains.questions.flows import standard_flows
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.kernel.errors import Conflict, Invalid
from salestrekker_portal.kernel.text import initials
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.organisations import (
    Country,
    Flow,
    Membership,
    Organisation,
    PartnerPortalSettings,
    PortalSettings,
    Role,
    User,
)
from salestrekker_portal.tables.workflows import Stage, Workflow


@dataclass(frozen=True, kw_only=True)
class Founded:
    """A new brokerage with its first admin and its two workflows; stages by their own name."""

    organisation: Organisation
    admin: User
    home_loans: Workflow
    leads: Workflow
    home_loan_stages: dict[str, Stage]
    lead_stages: dict[str, Stage]
    labels: dict[str, Label]
    flows: list[Flow]
    settings: PortalSettings
    partner_settings: PartnerPortalSettings


async def found_organisation(
    session: WriteSession,
    *,
    name: str,
    country: Country,
    time_zone: str,
    admin: User,
    short_code: str = "",
    phone: str | None = None,
    email: str | None = None,
    licence: str = "",
) -> Founded:
    """Make a brokerage that is ready for its first deal. `admin` may be new or already there.

    Raises Invalid when the time zone does not exist.
    """
    # Days and months of everything that follows are counted by it; a name that nobody knows would fail each night.
    if time_zone not in available_timezones():
        raise Invalid({"time_zone": "Choose a time zone from the list."})
    organisation = Organisation(
        name=name,
        short_code=(short_code or initials(name))[:8],
        country=country,
        time_zone=time_zone,
        phone=phone,
        email=email,
        licence=licence,
        sms_enabled=True,
    )
    session.add_all([organisation, admin])
    await session.flush()
    add_member(session, organisation.id, admin, Role.ADMIN)
    home_loans, home_loan_stages = await _workflow(session, organisation, "Home loans", 0, standard.HOME_LOANS)
    leads, lead_stages = await _workflow(session, organisation, "Leads", 1, standard.LEADS)
    settings = PortalSettings(organisation_id=organisation.id)
    partner_settings = PartnerPortalSettings(organisation_id=organisation.id, default_workflow_id=leads.id)
    labels = {label: Label(organisation_id=organisation.id, name=label) for label in standard.LABELS}
    flows = _flows(organisation)
    credits = _starting_credits(organisation)
    session.add_all([settings, partner_settings, *labels.values(), *flows, credits])
    await session.flush()
    return Founded(
        organisation=organisation,
        admin=admin,
        home_loans=home_loans,
        leads=leads,
        home_loan_stages=home_loan_stages,
        lead_stages=lead_stages,
        labels=labels,
        flows=flows,
        settings=settings,
        partner_settings=partner_settings,
    )


def _starting_credits(organisation: Organisation) -> SmsCreditEntry:
    """The first month's allowance, so that nothing has to happen before the first invitation."""
    return SmsCreditEntry(
        organisation_id=organisation.id,
        credits=standard.STARTING_SMS_CREDITS,
        reason="Starting allowance",
        period=f"{local(utc_now(), organisation.time_zone):%Y-%m}",
    )


def add_member(session: WriteSession, organisation_id: UUID, user: User, role: Role) -> Membership:
    """Give a user a place in a brokerage."""
    membership = Membership(user_id=user.id, organisation_id=organisation_id, role=role)
    session.add(membership)
    return membership


async def is_first_run(session: ReadSession) -> bool:
    """Whether nobody has set this installation up yet."""
    # By organisations, not users: an installation is set up once there is a firm.
    return not await session.scalar(select(exists().where(Organisation.id.is_not(None))))


async def demand_first_run(session: ReadSession) -> None:
    """Raises Conflict once there is an organisation."""
    if not await is_first_run(session):
        raise Conflict("This portal has been set up already. Sign in, or ask your admin for an account.")


async def _workflow(
    session: WriteSession, organisation: Organisation, name: str, position: int, starts: tuple[standard.StageStart, ...]
) -> tuple[Workflow, dict[str, Stage]]:
    workflow = Workflow(organisation_id=organisation.id, name=name, position=position)
    session.add(workflow)
    await session.flush()
    stages = {
        start.name: Stage(
            workflow_id=workflow.id,
            name=start.name,
            client_name=start.client_name,
            client_meaning=said_in(organisation.country, start.client_meaning),
            position=place,
            fact_find=start.fact_find,
            probability_pct=start.probability_pct,
            stale_days=start.stale_days,
            with_lender=start.with_lender,
        )
        for place, start in enumerate(starts)
    }
    session.add_all(stages.values())
    await session.flush()
    return workflow, stages


def _flows(organisation: Organisation) -> list[Flow]:
    """For each kind of loan the whole fact find of the firm's country, and the part that a lender asks first."""
    return [
        Flow(organisation_id=organisation.id, name=name, flow_type=loan.value, section_ids=ids, position=place)
        for place, (name, loan, ids) in enumerate(standard_flows(organisation.country))
    ]
