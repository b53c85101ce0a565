"""A deal with something of everything in it, and the people who write it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sqlalchemy import Text, func, select
from sqlalchemy import cast as sql_cast

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.bank_statements.integrations import choose
from salestrekker_portal.domains.portal_access.delivery import LINK_PURPOSE, hash_of_pin
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.errors import NotFound
from salestrekker_portal.kernel.tokens import new_token, seal, token_hash
from salestrekker_portal.tables.bank_statements import Provider
from salestrekker_portal.tables.billing import SmsCreditEntry
from salestrekker_portal.tables.contacts import Contact
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Document, DocumentRequest, RequestState, Slot, UploaderKind
from salestrekker_portal.tables.labels import Label
from salestrekker_portal.tables.notes import AuthorKind, Note
from salestrekker_portal.tables.organisations import PortalSettings, PrivacyMode
from salestrekker_portal.tables.portal_access import PortalAccess, PortalLink
from salestrekker_portal.tables.workflows import Stage
from tests import factories as make
from tests.cast import Cast

# No two people of one firm share an e-mail or a mobile, however many deals a test makes.
_numbers = count(570_110)
PIN = "123456"

Act = Callable[[WriteSession, "Scene", str], Awaitable[Any]]


class NothingThere(NotFound):
    """The deal has nothing that this use case could be done to now: as refused as any other."""


@dataclass(frozen=True)
class Writer:
    """A use case. `kept` are the columns, one of which holds the text afterwards, in every case where it was saved.

    `last_stands`: it overwrites, so of two who say different things only one need be found. `after` names the writers
    that have to come first, so that there is something to do; `refused` says why it is refused even then.
    """

    act: Act
    kept: tuple = ()
    last_stands: bool = False
    after: tuple[str, ...] = ()
    refused: str = ""

    @property
    def name(self) -> str:
        return self.act.__name__


@dataclass
class Collected:
    """The writers of one module, gathered as they are defined."""

    made: list[Writer] = field(default_factory=list)

    def __call__(self, *kept, **more) -> Callable[[Act], Act]:
        def keep(act: Act) -> Act:
            self.made.append(Writer(act=act, kept=kept, **more))
            return act

        return keep


@dataclass(kw_only=True)
class Ground:
    """What a firm has for its deals: stages for loans and for leads, and a label. Some use cases take it away."""

    loans: list[Stage]
    leads: list[Stage]
    label: Label


@dataclass(kw_only=True)
class Scene:
    """One deal of alice's. kim and sam are in the portal, lee is not; priya follows it; bob assists."""

    cast: Cast
    deal: Deal
    kim_contact: Contact
    sam_contact: Contact
    lee_contact: Contact
    kim_access: PortalAccess
    sam_access: PortalAccess
    ground: Ground
    kim: Actor = field(init=False)
    sam: Actor = field(init=False)

    def __post_init__(self) -> None:
        def client(of: Actor, contact: Contact, access: PortalAccess) -> Actor:
            return replace(of, id=contact.id, name=contact.name, access_id=access.id, deal_id=self.deal.id)

        self.kim = client(self.cast.kim, self.kim_contact, self.kim_access)
        self.sam = client(self.cast.sam, self.sam_contact, self.sam_access)

    async def all_stages(self, session: WriteSession) -> list[Stage]:
        """Of the workflow for loans, as it is now: other use cases add stages and delete them."""
        found = select(Stage).where(Stage.workflow_id == self.ground.loans[0].workflow_id).order_by(Stage.position)
        return list(await session.scalars(found))

    @property
    def alice(self) -> Actor:
        return self.cast.alice

    @property
    def bob(self) -> Actor:
        return self.cast.bob

    @property
    def priya(self) -> Actor:
        return self.cast.priya

    async def request(self, session: WriteSession, *states: RequestState, text: str = "") -> DocumentRequest:
        """A request in one of these states, the one that the text chooses."""
        found = select(DocumentRequest).where(
            DocumentRequest.deal_id == self.deal.id, DocumentRequest.withdrawn_at.is_(None)
        )
        if states:
            found = found.where(DocumentRequest.state.in_(states))
        return await one_of(session, found.order_by(DocumentRequest.created_at, DocumentRequest.id), text)

    async def document(self, session: WriteSession, *where, text: str = "") -> Document:
        found = select(Document).where(Document.deal_id == self.deal.id, Document.removed_at.is_(None), *where)
        return await one_of(session, found.order_by(Document.created_at, Document.id), text)

    async def note(self, session: WriteSession, *where, text: str = "") -> Note:
        found = select(Note).where(Note.deal_id == self.deal.id, *where)
        return await one_of(session, found.order_by(Note.created_at, Note.id), text)

    async def access(self, session: WriteSession, *, live: bool = True) -> PortalAccess:
        """The newest way in of a client, one that works or one that is over."""
        gone = PortalAccess.revoked_at
        found = select(PortalAccess).where(PortalAccess.deal_id == self.deal.id)
        found = found.where(gone.is_(None) if live else gone.is_not(None))
        return await one_of(session, found.order_by(PortalAccess.created_at.desc(), PortalAccess.id))


async def one_of(session: WriteSession, found, text: str = ""):
    """One of these rows: the first, or by the last figure of the text. Raises NothingThere."""
    rows = list(await session.scalars(found.execution_options(populate_existing=False)))
    if not rows:
        raise NothingThere("row")
    return rows[int(text[-1]) % len(rows)] if text[-1:].isdigit() else rows[0]


async def settle_in(session: WriteSession, cast: Cast) -> None:
    """What the firm needs once: credits enough, a bank, and privacy at an address."""
    own = await session.scalar(select(PortalSettings).where(PortalSettings.organisation_id == cast.firm.id))
    own.privacy_mode, own.privacy_url = PrivacyMode.LINK, "https://example.com/privacy"
    banks = {"switched_on": True, "provider": "demonstration", "for_firm": True}
    await choose(session, cast.alice, (Provider.DEMONSTRATION,), **banks)
    session.add(SmsCreditEntry(organisation_id=cast.firm.id, credits=1_000_000, reason="For many rounds"))


async def break_ground(session: WriteSession, cast: Cast) -> Ground:
    _, loans = await make.make_workflow(session, cast.firm)
    _, leads = await make.make_workflow(session, cast.firm, "Leads")
    return Ground(loans=loans, leads=leads, label=await make.make_label(session, cast.firm, f"Urgent {next(_numbers)}"))


async def make_scene(session: WriteSession, cast: Cast, ground: Ground) -> Scene:
    """One more deal. Its kept figures are still to be counted."""
    people = [
        Contact(
            organisation_id=cast.firm.id, first_name=first, last_name="Nguyen",
            email=f"{first}-{next(_numbers)}@example.com".lower(), mobile=f"+61491{next(_numbers):06}",
        )
        for first in ("Kim", "Sam", "Lee")
    ]  # fmt: skip
    session.add_all(people)
    await session.flush()
    deal = await make.make_deal(session, cast.firm, ground.loans[1], cast.alice_user, *people)
    await make.let_partner_follow(session, deal, cast.priya_partner)
    scene = Scene(
        cast=cast, deal=deal, kim_contact=people[0], sam_contact=people[1], lee_contact=people[2],
        kim_access=await make.make_access(session, deal, people[0], cast.alice_user, wrong_pins=0),
        sam_access=await make.make_access(session, deal, people[1], cast.alice_user),
        ground=ground,
    )  # fmt: skip
    scene.kim_access.pin_hash = hash_of_pin(scene.kim_access.id, PIN)
    await _papers(session, scene)
    for access in (scene.kim_access, scene.sam_access):
        await _give_link(session, access)
    return scene


async def _papers(session: WriteSession, scene: Scene) -> None:
    asked = {
        name: DocumentRequest(
            deal_id=scene.deal.id, contact_id=scene.kim_contact.id, name=name, added_by=scene.cast.alice_user.id,
            sent_at=utc_now(), state=state, position=position,
        )
        for position, (name, state) in enumerate(
            (("Payslips", RequestState.REQUESTED), ("Lease", RequestState.UPLOADED), ("Rates", RequestState.NOT_NEEDED),
             ("Passport", RequestState.UPLOADED))
        )
    }  # fmt: skip
    session.add_all(asked.values())
    await session.flush()
    kim = scene.kim_contact.id
    by_kim = {"uploader_kind": UploaderKind.CLIENT, "uploader_id": kim, "contact_id": kim}
    for name in ("Lease", "Passport"):
        answers = by_kim | {"request_id": asked[name].id}
        await make.make_document(session, scene.deal, scene.cast.alice_user, f"{name}.pdf", **answers)
    shared = {"slot": Slot.CREDIT_GUIDE, "shared_with_client_at": utc_now()}
    await make.make_document(session, scene.deal, scene.cast.alice_user, "Guide.pdf", **shared)
    await make.make_document(session, scene.deal, scene.cast.alice_user, "Other.pdf")
    drafted = {"drafted_at": utc_now(), "uploader_kind": UploaderKind.CLIENT, "uploader_id": scene.kim_contact.id}
    await make.make_document(session, scene.deal, scene.cast.alice_user, "Draft.pdf", **drafted)
    session.add_all([
        Note(deal_id=scene.deal.id, author_kind=AuthorKind.USER, author_id=scene.cast.alice_user.id,
             author_name="Alice", text="Call them"),
        Note(deal_id=scene.deal.id, author_kind=AuthorKind.CLIENT, author_id=scene.kim_contact.id,
             author_name="Kim", text="When?", shared_with_client_at=utc_now()),
    ])  # fmt: skip


async def _give_link(session: WriteSession, access: PortalAccess) -> None:
    """The link that an invitation brought."""
    token = new_token()
    sealed = seal(token, secret=settings().secret, purpose=LINK_PURPOSE)
    session.add(PortalLink(access_id=access.id, token_hash=token_hash(token), token_sealed=sealed))


async def held_somewhere(session, text: str, columns: tuple) -> bool:
    """Whether one of the columns holds the text."""
    for column in columns:
        found = select(func.count()).select_from(column.class_).where(sql_cast(column, Text).contains(text))
        if await session.scalar(found):
            return True
    return False
