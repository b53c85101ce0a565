"""Alice's bell, and what clients were and were not told, so that the demo shows both."""

from datetime import timedelta

from sqlalchemy import update

from salestrekker_portal.database.session import WriteSession, transaction
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.notices.catalogue import BY_KEY
from salestrekker_portal.domains.notices.rules import Person, Skip, sentence_for
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.notifications import Audience, Notice, SkippedMessage, Why
from salestrekker_portal.tables.outbox import Channel, Delivery, OutboxMessage

# event, deal, who, what by name, hours ago, whether it was read
_NEWS = (
    ("client_uploaded", "odea-rewi", "Siobhán O’Dea", ("Payslips, last 3 months", "Driver licence"), 2, False),
    ("client_wrote", "odea-rewi", "Siobhán O’Dea", ("",), 3, False),
    ("client_changed", "ngata", "Mārama Ngata", ("",), 5, False),
    ("partner_lead", "odea-rewi", "Dev Patel", ("",), 26, True),
    ("client_first_login", "ngata", "Mārama Ngata", ("",), 30, True),
    ("client_submitted", "haddad", "Noor Haddad", ("",), 50, True),
)
# event, deal, to, channel, why not (None: it was delivered), hours ago
_TOLD = (
    ("documents_requested", "odea-rewi", "Siobhán O’Dea", Channel.EMAIL, None, 70),
    ("note_shared", "odea-rewi", "Siobhán O’Dea", Channel.EMAIL, None, 27),
    ("note_shared", "odea-rewi", "Tāne Rewi", Channel.EMAIL, Why.BOUNCED, 27),
    ("stage_changed", "odea-rewi", "Siobhán O’Dea", None, Why.OFF_BY_FIRM, 60),
    ("partner_stage", "odea-rewi", "Dev Patel", None, Why.OFF_BY_PERSON, 60),
)


async def furnish_news(world: World) -> None:
    """The demo's past is past: nobody is told of it again."""
    async with transaction() as session:
        await session.execute(update(Activity).values(tell_at=None))
        await session.execute(update(Notice).values(send_at=None))
        await session.execute(update(Answer).values(answered_at=utc_now() - timedelta(hours=27)))
        for line in _NEWS:
            _line(session, world, *line)
        for message in _TOLD:
            _message(session, world, *message)
        await session.flush()


def _line(session: WriteSession, world: World, event, deal, author, names, hours, read) -> None:
    at = utc_now() - timedelta(hours=hours)
    session.add(
        Notice(
            organisation_id=world.firms["harbour"].organisation.id,
            deal_id=world.deals[deal],
            audience=Audience.STAFF,
            recipient_id=world.staff["alice"].id,
            event=event,
            author=author,
            items=[{"id": "", "name": name} for name in names],
            facts={"count": 31} if event == "client_changed" else {},
            bell=True,
            created_at=at,
            happened_at=at,
            read_at=at + timedelta(hours=1) if read else None,
        )
    )


def _message(session: WriteSession, world: World, event, deal, to, channel, why, hours) -> None:
    at = utc_now() - timedelta(hours=hours)
    kept = {
        "organisation_id": world.firms["harbour"].organisation.id,
        "deal_id": world.deals[deal],
        "recipient_name": to,
        "channel": channel,
        "created_at": at,
    }
    if why is None:
        mailbox = f"{to.split()[0].lower()}@example.com"
        cause = f"demo:{new_id()}"
        session.add(
            OutboxMessage(
                kind=f"notice.{event}", recipient=mailbox, dedupe_key=cause, status=Delivery.DELIVERED, due_at=at,
                sent_at=at, **kept,
            )
        )  # fmt: skip
        return
    entry = BY_KEY[event]
    sentence = sentence_for(Skip(why=why, channel=channel), entry, Person(name=to, email="tane@example.com"))
    session.add(SkippedMessage(audience=entry.audience, event=event, why=why, sentence=sentence, **kept))
