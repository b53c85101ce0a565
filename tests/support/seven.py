"""Seven households as people meet them: who they are, what is special, and which page each fills in by hand.

`python -m tests.support.seven` puts them into the demo's database before its server starts, all else filled in, and
prints by name the cookie with which the first of each comes in.
"""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import WriteSession, close_database, open_database, transaction
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.organisations import Membership, Organisation, User
from salestrekker_portal.tables.workflows import Stage, Workflow
from tests import factories as make
from tests.cast import Cast
from tests.support.filling import fill


@dataclass(frozen=True, kw_only=True)
class Seven:
    """One deal. The first of `people` (key -> name) answers for everybody; `leave` is left to them."""

    name: str
    people: dict[str, str]
    said: dict[str, Any]
    leave: tuple[str, ...]
    country: str = "AU"
    loan: str = "home_loan"
    roles: dict[str, str] = field(default_factory=dict)
    company: str = ""  # the key of whoever is a company


_BUYS = {"needs.purposes": [{"type": "purchase", "amount": "560,000"}],
         "needs.funds": [{"type": "savings", "amount": "140,000"}]}  # fmt: skip
_WORK = {"type": "salaried", "current": "current", "priority": "primary", "basis": "full_time",
         "employer_name": "Hunter Ridge Nursing", "occupation": "Nurse", "started_on": "8 2019"}  # fmt: skip
_PAY = {"employer_name": "Hunter Ridge Nursing", "gross_salary": "92,500", "gross_salary_frequency": "yearly"}


def _works(*people: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for who in people:
        found |= {f"applicant.employment@{who}": [_WORK], f"income.salary@{who}": [_PAY]}
    return found


SEVEN = (
    Seven(name="couple with guarantor", people={"ana": "Ana Ortiz", "ben": "Ben Ortiz", "gus": "Gus Ortiz"},
          roles={"gus": "security_guarantor"}, leave=("needs.property",),
          said={**_BUYS, **_works("ana", "ben"),
                "applicant.personal_details@ana": {"marital_status": "married", "spouse_is_applicant": "yes",
                                                   "spouse": "{ben}"},
                "applicant.personal_details@ben": {"marital_status": "married", "spouse_is_applicant": "yes",
                                                   "spouse": "{ana}"},
                "applicant.addresses@ana": {"living_arrangement": "renting", "current_street_name": "Kestrel"},
                "applicant.addresses@ben": {"living_arrangement": "renting", "current_street_name": "Kestrel"},
                "expenses.household": {"members": "{ana},{ben}"},
                "assets.property": [{"use": "owner_occupied", "value": "900,000", "ownership": '{{"{gus}": 100}}'}]}),
    Seven(name="separated owner", people={"una": "Una Marsh"}, leave=("needs.borrowing",),
          said={**_works("una"), "applicant.personal_details@una": {"marital_status": "separated"},
                "needs.purposes": [{"type": "refinance", "amount": "400,000"},
                                   {"type": "buy_out", "amount": "90,000"}],
                "assets.property": [{"use": "owner_occupied", "value": "800,000",
                                     "ownership": '{{"{una}": 50, "outside:1:Bart Marsh": 50}}'}],
                "liabilities.home_loans": [{"type": "home_loan", "balance": "400,000", "after_settlement": "refinance",
                                            "ownership": '{{"{una}": 50, "outside:1:Bart Marsh": 50}}'}]}),
    Seven(name="expat", people={"wei": "Wei Lim"}, leave=("income.salary",),
          said={**_BUYS, "applicant.personal_details@wei": {"residency_status": "non_resident"},
                "applicant.addresses@wei": {"current_country": "sg", "current_suburb": "Bukit Timah",
                                            "living_arrangement": "employer_housing"},
                "applicant.employment@wei": [_WORK], "income.salary@wei": [_PAY]}),
    Seven(name="retiree", people={"ivy": "Ivy Dunn"}, leave=("needs.reverse_mortgage",),
          said={"applicant.personal_details@ivy": {"date_of_birth": "12 4 1951", "marital_status": "widowed"},
                "applicant.employment@ivy": [{"type": "retired", "since": "7 2016"}],
                "needs.purposes": [{"type": "reverse_mortgage", "amount": "150,000"}],
                "assets.property": [{"use": "owner_occupied", "value": "900,000"}]}),
    Seven(name="company with two directors", people={"co": "Rye Pty Ltd", "joan": "Joan Rye", "tom": "Tom Rye"},
          company="co", loan="commercial_loan", roles={"joan": "director", "tom": "director"},
          leave=("entity.details",), said={}),
    Seven(name="NZ couple with KiwiSaver", people={"mia": "Mia Tau", "rua": "Rua Tau"}, country="NZ",
          leave=("assets.kiwisaver",),
          said={"needs.purposes": [{"type": "first_home", "amount": "560,000"}],
                "needs.funds": [{"type": "kiwisaver", "amount": "41,000"}], **_works("mia", "rua"),
                "assets.kiwisaver": [{"provider": "Kea", "balance": "42,000"}]}),
    Seven(name="personal loan", people={"zoe": "Zoe Park"}, loan="personal_loan", leave=("needs.loan",),
          said={**_works("zoe"), "needs.uses": [{"type": "car", "amount": "24,000"}]}),
)  # fmt: skip


async def put(session: WriteSession, firm: Organisation, owner: User, stage: Stage, case: Seven) -> tuple[Deal, dict]:
    """The deal with its people; nothing is answered yet."""
    contacts: dict[str, Contact] = {}
    for number, (key, name) in enumerate(case.people.items()):
        first, _, last = name.partition(" ")
        company = {"company_name": name} if key == case.company else {}
        contacts[key] = await make.make_contact(
            session, firm, "Joan" if company else first, "Rye" if company else last, **company,
            email=f"{key}@example.com", mobile=f"+6149157{SEVEN.index(case)}{number:03d}",
        )  # fmt: skip
    deal = await make.make_deal(session, firm, stage, owner, *contacts.values(), name=case.name, loan_kind=case.loan)
    for key, role in case.roles.items():
        await session.execute(
            update(DealApplicant)
            .where(DealApplicant.deal_id == deal.id, DealApplicant.contact_id == contacts[key].id)
            .values(role=role)
        )
    return deal, contacts


async def come_in(session: WriteSession, firm: Organisation, owner: User, deal: Deal, contact: Contact) -> str:
    """A way in for the first of them, who sees the others; the session's secret."""
    access = await make.make_access(session, deal, contact, owner, sees_other_applicants=True)
    return await open_session(session, portal=Portal.CLIENT, organisation_id=firm.id, hours=12, access_id=access.id)


async def started(cast: Cast, case: Seven) -> tuple[Actor, UUID, dict[str, UUID]]:
    """The case in the database of a test: the first of them as they come in, the deal, and everybody's ids."""
    async with transaction() as session:
        firm = await make.make_organisation(session, name="Ana", short_code="AN", country=case.country)
        if case.country == cast.firm.country:
            firm, stage = cast.firm, cast.stages[0]
        else:
            _, [stage, *_] = await make.make_workflow(session, firm)
        deal, contacts = await put(session, firm, cast.alice_user, stage, case)
        token = await come_in(session, firm, cast.alice_user, deal, next(iter(contacts.values())))
        await session.flush()
        actor = await actor_of(session, Portal.CLIENT, token)
        return actor, deal.id, {key: contact.id for key, contact in contacts.items()}


async def answer_for(case: Seven, actor: Actor, deal_id: UUID, ids: dict[str, UUID], leave: tuple[str, ...]) -> None:
    """Everything but what is left to them."""
    await fill(actor, deal_id, case.said, ids, leave)


async def _make() -> dict[str, str]:
    open_database(settings().database)
    tokens = {}
    try:
        for case in SEVEN:
            async with transaction() as session:
                firm = await session.scalar(
                    select(Organisation).where(Organisation.country == case.country).order_by(Organisation.created_at)
                )
                owner = await session.scalar(
                    select(User).join(Membership, Membership.user_id == User.id)
                    .where(Membership.organisation_id == firm.id).order_by(Membership.created_at)
                )  # fmt: skip
                stage = await session.scalar(
                    select(Stage).join(Workflow, Workflow.id == Stage.workflow_id)
                    .where(Workflow.organisation_id == firm.id, Stage.fact_find == "editable").order_by(Stage.position)
                )  # fmt: skip
                deal, contacts = await put(session, firm, owner, stage, case)
                first = next(iter(case.people))
                tokens[case.name] = await come_in(session, firm, owner, deal, contacts[first])
                await session.flush()
                actor = await actor_of(session, Portal.CLIENT, tokens[case.name])
                ids = {key: contact.id for key, contact in contacts.items()}
                deal_id = deal.id
            await answer_for(case, actor, deal_id, ids, case.leave)
    finally:
        await close_database()
    return tokens


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_make())))
