"""A message names who wrote, not the deal's owner, and also somebody who has one name."""

from dataclasses import replace

import pytest

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.tables.organisations import Role
from tests import factories as make
from tests.domains.documents.world import give_links
from tests.domains.notifications.world import mails, tell

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("names", [("Hēmi", "Parata"), ("Suharto", "")])
async def test_a_note_names_its_writer(cast, names):
    await give_links(cast)
    async with transaction() as session:
        writer = await make.make_user(
            session, cast.firm, Role.BROKER, email="writer@example.com", first_name=names[0], last_name=names[1]
        )
        actor = replace(cast.alice, id=writer.id, name=writer.name, role=Role.BROKER)
        await add_note(session, actor, cast.deal.id, "The valuer comes on Thursday", with_client=True)
    await tell()
    subject = (await mails("notice.note_shared"))["kim@example.com"].partition("\n")[0]
    assert subject.startswith(names[0]) and "Alice" not in subject, subject
