"""What the tests of bank statements share: the invented bank, a store in a folder, and short ways through."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from salestrekker_portal.adapters.bank_demonstration import DemonstrationBank
from salestrekker_portal.adapters.scanner_none import NoScanner
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.bank_statements import asking, looking, opening
from salestrekker_portal.domains.bank_statements.integrations import choose
from salestrekker_portal.domains.bank_statements.landing import Store
from salestrekker_portal.domains.bank_statements.rules import WORDING_VERSION
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.bank_statements import Provider, StatementConsent, StatementRequest, StatementSummary
from salestrekker_portal.tables.documents import Document
from salestrekker_portal.tables.notifications import Notice
from tests.domains.documents.world import give_links
from tests.support.local_files import LocalFiles

BANKS = (Provider.DEMONSTRATION,)
SECRET = "whsec_dGhlIHRlc3RzIGJhbms="


@dataclass
class World:
    """Harbour Finance with the invented bank switched on, kim and sam with their links."""

    cast: object
    store: Store
    folder: object
    bank: DemonstrationBank = field(
        default_factory=lambda: DemonstrationBank(secret=SECRET, delay=timedelta(seconds=-1))
    )

    @property
    def providers(self):
        return {self.bank.key: self.bank}

    async def activate(self, **facts) -> None:
        facts = {"switched_on": True, "provider": "demonstration", "for_firm": True, **facts}
        async with transaction() as session:
            await choose(session, self.cast.alice, BANKS, **facts)

    async def ask(self, *contacts, actor=None, **facts) -> list[StatementRequest]:
        contacts = contacts or (self.cast.kim_contact,)
        async with transaction() as session:
            return await asking.request_statements(
                session,
                actor or self.cast.alice,
                BANKS,
                self.cast.deal.id,
                contact_ids=[each.id for each in contacts],
                **facts,
            )

    async def open(self, request, actor=None, wording=WORDING_VERSION):
        return await opening.open_request(
            self.providers, actor or self.cast.kim, request.id, wording=wording, address="203.0.113.9"
        )

    async def decide(self, started, outcome="good") -> dict[str, str]:
        """The client chooses at the bank; the words with which they come back."""
        back = self.bank.decide(started.subject, outcome)
        return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}

    async def come_back(self, query, actor=None) -> bool:
        return await opening.come_back(self.providers, actor or self.cast.kim, query)

    async def look(self) -> int:
        return await looking.one_round(self.providers, self.store)

    async def through(self, outcome="good") -> StatementRequest:
        """Asked, opened, decided, back, and looked after."""
        [request] = await self.ask()
        _, started = await self.open(request)
        await self.come_back(await self.decide(started, outcome))
        await self.look()
        return await self.row(request)

    async def row(self, request) -> StatementRequest:
        async with reading() as session:
            return await session.get(StatementRequest, request.id)

    async def all(self, table, *where) -> list:
        async with reading() as session:
            return list(await session.scalars(select(table).where(*where)))

    async def consents(self, request) -> list[StatementConsent]:
        return await self.all(StatementConsent, StatementConsent.request_id == request.id)

    async def documents(self) -> list[Document]:
        found = await self.all(Document, Document.deal_id == self.cast.deal.id)
        return sorted(found, key=lambda each: each.name)

    async def summary(self, request) -> StatementSummary | None:
        found = await self.all(StatementSummary, StatementSummary.request_id == request.id)
        return found[0] if found else None

    async def happened(self, kind: str) -> list[Activity]:
        return await self.all(Activity, Activity.kind == f"bank_statements:{kind}")

    async def asked_by_email(self) -> list[Notice]:
        return await self.all(Notice, Notice.event == "bank_statements_requested")

    def files(self) -> int:
        return sum(1 for each in self.folder.rglob("*") if each.is_file())


async def make_world(cast, folder) -> World:
    store = Store(files=LocalFiles(folder, b"a secret for the tests only"), scanner=NoScanner())
    world = World(cast=cast, store=store, folder=folder)
    await give_links(cast)
    await world.activate()
    return world
