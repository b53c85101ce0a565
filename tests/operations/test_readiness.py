"""Living and being able to work are two questions; figures for whoever runs it hold nothing about people."""

import asyncio
import json
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from salestrekker_portal import status as command
from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.adapters.scanner_clamd import ClamdScanner
from salestrekker_portal.config import FilesBy, Settings
from salestrekker_portal.database.session import close_database, open_database, reading, transaction
from salestrekker_portal.domains.billing import service as billing
from salestrekker_portal.domains.outbox import service as outbox
from salestrekker_portal.domains.outbox.queue import queues
from salestrekker_portal.due.engine import Engine, Lane
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.routes import health as health_routes
from salestrekker_portal.portals.routes.health import HEALTH_ROUTES
from salestrekker_portal.tables.outbox import Channel, Delivery
from salestrekker_portal.watching import disk, readiness, workers
from tests.adapters.test_blobs import new_bucket
from tests.support.ports import free_port


@pytest.fixture(autouse=True)
def _anew(monkeypatch, tmp_path):
    readiness.forget()
    set_settings(monkeypatch, data=tmp_path)
    yield
    readiness.forget()


def set_settings(monkeypatch, **chosen) -> None:
    given = Settings(**chosen)
    for module in (readiness, disk, health_routes, command):
        monkeypatch.setattr(module, "settings", lambda: given)
    monkeypatch.setattr("salestrekker_portal.watching.metrics.settings", lambda: given)


async def asked(path: str, **headers: str | bytes) -> httpx.Response:
    readiness.forget()
    transport = httpx.ASGITransport(app=Starlette(routes=list(HEALTH_ROUTES)))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
        return await client.get(path, headers=headers)


async def heartbeat(name: str = "here-1") -> workers.Heartbeat:
    beating = workers.Heartbeat(name=name)
    await beating.beat()
    return beating


async def test_everything_works(database) -> None:
    await heartbeat()
    answer = await asked("/ready")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": {"database": "ok", "worker": "ok", "disk": "ok"}}


async def test_without_a_worker_the_process_lives_and_the_portal_is_not_ready(database) -> None:
    assert (await asked("/health")).status_code == 200
    assert (await asked("/ready/here")).status_code == 200
    answer = await asked("/ready")
    assert answer.status_code == 503 and "nothing leaves" in answer.json()["parts"]["worker"]


async def test_a_worker_that_is_silent_is_missing_and_one_that_left_is_gone(database, frozen_clock) -> None:
    beating = await heartbeat()
    clock.freeze(frozen_clock + timedelta(seconds=50))
    assert (await asked("/ready")).status_code == 200
    clock.freeze(frozen_clock + timedelta(seconds=70))
    assert (await asked("/ready")).status_code == 503
    await beating.beat()
    assert (await asked("/ready")).status_code == 200
    await beating.leave()
    assert (await asked("/ready")).status_code == 503


async def test_the_database_is_away(database) -> None:
    await close_database()
    assert (await asked("/health")).status_code == 200
    for path in ("/ready", "/ready/here"):
        answer = await asked(path)
        assert answer.status_code == 503 and answer.json()["parts"]["database"] == "no answer"


async def test_redis_is_away(database, monkeypatch, tmp_path) -> None:
    await heartbeat()
    set_settings(monkeypatch, data=tmp_path, redis_url=f"redis://127.0.0.1:{free_port()}/0")
    answer = await asked("/ready/here")
    assert answer.status_code == 503 and answer.json()["parts"] == {"database": "ok", "redis": "no answer"}


async def test_the_disk_is_full(database, monkeypatch, tmp_path, caplog) -> None:
    await heartbeat()
    set_settings(monkeypatch, data=tmp_path, least_free_mb=10**9)
    answer = await asked("/ready")
    assert answer.status_code == 503 and "MB are free" in answer.json()["parts"]["disk"]
    await disk.look_for_room()
    assert "make room" in caplog.text


def test_a_folder_in_which_nothing_can_be_written_has_no_room(tmp_path, monkeypatch) -> None:
    assert disk.free_bytes(tmp_path) > 0

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.tempfile, "TemporaryFile", full)
    assert disk.free_bytes(tmp_path) == 0


async def test_the_scanner_is_asked(database, monkeypatch, tmp_path) -> None:
    await heartbeat()
    said = [b"PONG\0"]

    async def clamd(reader, writer) -> None:
        assert await reader.readexactly(6) == b"zPING\0"
        writer.write(said[0])
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(clamd, "127.0.0.1", 0)
    address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    set_settings(monkeypatch, data=tmp_path, scanner="clamav", clamav_address=address)
    monkeypatch.setattr("salestrekker_portal.wiring.scanner", lambda: ClamdScanner(address, connect_seconds=1))
    assert (await asked("/ready")).status_code == 200
    said[0] = b"UNKNOWN COMMAND\0"
    assert "can't be opened" in (await asked("/ready")).json()["parts"]["scanner"]
    server.close()
    await server.wait_closed()
    assert (await asked("/ready")).status_code == 503


async def dead_letter(cast) -> None:
    async with transaction() as session:
        for number, status in enumerate((Delivery.FAILED, Delivery.QUEUED)):
            message = outbox.enqueue(
                session, organisation_id=cast.firm.id, kind="account.link", channel=Channel.EMAIL,
                recipient=f"secret{number}@example.com", recipient_name="Secretive Person", cause=cast.firm.id,
                content=outbox.Content(sender="Portal", paragraphs=["a secret"]),
            )  # fmt: skip
            message.status, message.due_at = status, utc_now() - timedelta(hours=2)
            message.problem = "secret0@example.com does not exist"


async def test_metrics_want_the_token(database, cast, monkeypatch, tmp_path) -> None:
    assert (await asked("/metrics")).status_code == 404
    set_settings(monkeypatch, data=tmp_path, metrics_token="only for us")
    for wrong in ("", "Bearer ", "only for us", "Bearer only for u", "Bearer ünlike"):
        assert (await asked("/metrics", authorization=wrong.encode())).status_code == 404
    await dead_letter(cast)
    lanes = Engine([Lane(name="email", round=lambda: None)])  # type: ignore[arg-type, return-value]
    beating = workers.Heartbeat(name="here-1", lanes=lanes.told)
    await beating.beat()
    text = (await asked("/metrics", authorization="Bearer only for us")).text
    assert 'portal_queue_messages{channel="email",status="queued"} 1.0' in text
    assert 'portal_queue_messages{channel="email",status="failed"} 1.0' in text
    assert 'portal_ready{part="worker"} 1.0' in text and 'lane="email"' in text and "process_" in text
    assert "ecret" not in text and "example.com" not in text


async def test_the_status_names_firms_and_kinds_and_what_needs_somebody(database, cast, database_url, monkeypatch,
                                                                        tmp_path) -> None:  # fmt: skip
    await dead_letter(cast)
    set_settings(monkeypatch, data=tmp_path, database_url=database_url)
    told = await command.status()
    words = command.in_words(told)
    assert f"{cast.firm.name}: account.link by email, failed (other), tried 0" in words
    assert "NEEDS YOU  worker: no worker" in words and "NEEDS YOU  queue: email queued for 120 minutes" in words
    assert "ecret" not in words + json.dumps(told) and "example.com" not in words


async def test_after_a_restore_the_queue_can_be_given_up(database, cast, database_url, monkeypatch, tmp_path) -> None:
    set_settings(monkeypatch, data=tmp_path, database_url=database_url)
    async with transaction() as session:
        for number in range(3):
            outbox.enqueue(
                session, organisation_id=cast.firm.id, kind=f"kind{number}", channel=Channel.SMS, cause=cast.firm.id,
                recipient="+61491570156", recipient_name="Kim", content=outbox.Content(sender="Portal"), credits_held=1,
            )  # fmt: skip
    async with reading() as session:
        held = await billing.balance(session, cast.firm.id)
    assert await command.withdraw() == 3 and await command.withdraw() == 0
    open_database(database_url)
    async with reading() as session:
        assert await billing.balance(session, cast.firm.id) == held + 3
        assert [each.status for each in await queues(session)] == []
    async with transaction() as session:
        assert not await outbox.claim(session, "worker")


async def test_the_bucket_is_asked(database, monkeypatch, tmp_path, s3) -> None:
    await heartbeat()
    set_settings(monkeypatch, data=tmp_path, files=FilesBy.BUCKET)
    monkeypatch.setattr(readiness, "file_store", lambda: SealedFiles(new_bucket(s3), b"k" * 32))
    assert (await asked("/ready")).json()["parts"]["files"] == "ok"
    nowhere = new_bucket(s3, endpoint=f"http://127.0.0.1:{free_port()}", seconds=1.0)
    monkeypatch.setattr(readiness, "file_store", lambda: SealedFiles(nowhere, b"k" * 32))
    answer = await asked("/ready")
    assert answer.status_code == 503 and answer.json()["parts"]["files"] == "no answer"
