"""The on-screen outbox shows an e-mail as mail programs draw it, to whoever may read it there."""

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from salestrekker_portal.adapters.console import ScreenSender
from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.outbox.content import Content
from salestrekker_portal.domains.outbox.service import enqueue, opened
from salestrekker_portal.kernel.ids import new_id
from salestrekker_portal.portals.routes.letters import LETTER_ROUTES
from salestrekker_portal.tables.outbox import Channel, ShownMessage

pytestmark = pytest.mark.usefixtures("sqlite")


async def shown(cast) -> str:
    async with transaction() as session:
        content = Content(sender="Alice", subject="News", paragraphs=["Hello <b>Kim</b>,", "I need:", "• Payslips"])
        row = enqueue(
            session, organisation_id=cast.firm.id, kind="portal.invitation", channel=Channel.EMAIL,
            recipient="kim@example.com", recipient_name="Kim", cause=new_id(), content=content,
        )  # fmt: skip
        await session.flush()
        envelope = opened(row)
    await ScreenSender().send(envelope)
    async with reading() as session:
        return f"/outbox/letter/{await session.scalar(select(ShownMessage.id))}"


async def answer(path: str, cookie: str = "") -> httpx.Response:
    transport = httpx.ASGITransport(app=Starlette(routes=LETTER_ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.example.com") as browser:
        return await browser.get(path, headers={"cookie": cookie})


def served_as(monkeypatch, mode: Mode) -> None:
    real = Settings(mode=mode, secret="x" * 40)
    monkeypatch.setattr("salestrekker_portal.portals.routes.letters.settings", lambda: real)


async def test_the_frame_has_the_letter_and_can_do_nothing(cast, monkeypatch):
    served_as(monkeypatch, Mode.DEMO)
    found = await answer(await shown(cast))
    assert found.status_code == 200 and "v:roundrect" not in found.text and "&lt;b&gt;Kim" in found.text
    assert '<base target="_top">' in found.text and "<li" in found.text
    assert "script" not in found.headers["content-security-policy"] and "default-src 'none'" in str(found.headers)


async def test_a_firms_letters_are_its_own_and_nothing_is_shown_where_mail_really_leaves(cast, monkeypatch):
    path = await shown(cast)
    served_as(monkeypatch, Mode.EMBEDDED)
    for who, status in (("alice", 200), ("mallory", 404), ("kim", 404), ("priya", 404)):
        assert (await answer(path, cast.cookies[who])).status_code == status, who
    assert (await answer(path)).status_code == 404
    for wrong in ("x", "019a0000-0000-7000-8000-000000000000", "%00", "a" * 500):
        assert (await answer(f"/outbox/letter/{wrong}", cast.cookies["alice"])).status_code == 404
    monkeypatch.setattr(Settings, "is_local", False)
    assert (await answer(path, cast.cookies["alice"])).status_code == 404
