"""ClamAV's protocol against a server that speaks it, well and badly, and against the real one where it is installed."""

import asyncio
import zipfile
from io import BytesIO

import pytest

from salestrekker_portal.adapters.scanner_clamd import ClamdScanner, scan_of
from salestrekker_portal.domains.documents.ports import ScanOutcome
from tests.adapters.twins.clamd import EICAR, ENCRYPTED, NESTED, Clamd, ClamdFault
from tests.support import machine
from tests.support.ports import free_port


@pytest.fixture
async def clamd():
    twin = Clamd()
    await twin.start()
    yield twin
    await twin.stop()


async def pieces(content: bytes, size: int = 100_000):
    for start in range(0, len(content), size):
        yield content[start : start + size]


def scanner(twin: Clamd) -> ClamdScanner:
    return ClamdScanner(twin.address, connect_seconds=0.5, total_seconds=1)


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-1.7\n" + bytes(range(256)) * 4000])
async def test_a_clean_file_is_read_to_its_last_byte(clamd, content):
    assert (await scanner(clamd).scan(pieces(content))).outcome is ScanOutcome.CLEAN
    assert clamd.scanned == [content]


@pytest.mark.parametrize(
    ("content", "outcome", "words"),
    [
        (EICAR, ScanOutcome.INFECTED, "send a clean copy"),
        (b"x" * 70_000 + EICAR, ScanOutcome.INFECTED, "nobody can open it"),
        (ENCRYPTED, ScanOutcome.UNCHECKABLE, "without the password"),
        (NESTED, ScanOutcome.UNCHECKABLE, "one by one"),
    ],
)
async def test_what_was_found_says_what_to_do(clamd, content, outcome, words):
    scan = await scanner(clamd).scan(pieces(content))
    assert scan.outcome is outcome and words in scan.sentence and scan.found


@pytest.mark.parametrize("fault", list(ClamdFault))
async def test_no_clear_answer_is_never_clean(clamd, fault):
    clamd.faults = [fault]
    scan = await scanner(clamd).scan(pieces(b"payslip" * 60_000))
    assert scan.outcome is ScanOutcome.UNREACHED and "We are checking this file" in scan.sentence
    assert (await scanner(clamd).scan(pieces(b"payslip"))).outcome is ScanOutcome.CLEAN


async def test_a_file_over_clamds_limit_is_said_to_be_too_large(clamd):
    clamd.stream_max = 500_000
    scan = await scanner(clamd).scan(pieces(b"x" * 20_000_000))
    # The line is reset while we still send, so the answer may be lost; it is never taken for clean.
    assert scan.outcome in (ScanOutcome.UNCHECKABLE, ScanOutcome.UNREACHED)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "[::1]:1"])
async def test_nobody_there_is_not_clean(address):
    scan = await ClamdScanner(address, connect_seconds=0.5).scan(pieces(b"payslip"))
    assert scan.outcome is ScanOutcome.UNREACHED


async def test_over_a_unix_socket(tmp_path):
    twin = Clamd()
    await twin.start(tmp_path / "clamd.sock")
    assert (await scanner(twin).scan(pieces(EICAR))).outcome is ScanOutcome.INFECTED
    await twin.stop()


async def test_our_own_problems_are_not_put_down_to_the_scanner(clamd):
    async def broken():
        yield b"a"
        raise ValueError("the disk")

    with pytest.raises(ValueError, match="disk"):
        await scanner(clamd).scan(broken())


async def test_many_at_once_take_turns(clamd):
    scans = await asyncio.gather(*(ClamdScanner(clamd.address).scan(pieces(b"x" * n)) for n in range(20)))
    assert {scan.outcome for scan in scans} == {ScanOutcome.CLEAN}


@pytest.mark.parametrize("answer", ["", "OK", "stream: OK FOUND?", "x stream: OK", "stream: ok", "PONG"])
def test_only_the_plain_ok_is_clean(answer):
    assert scan_of(answer).outcome is not ScanOutcome.CLEAN


@pytest.fixture
async def real_clamd(tmp_path):
    """The daemon itself with one signature of our own: it needs no download and a few megabytes."""
    program = machine.clamd()
    if program is None:
        pytest.fail(machine.CLAMAV.hint)
    (tmp_path / "db").mkdir()
    (tmp_path / "db/test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    port = free_port()
    (tmp_path / "clamd.conf").write_text(
        f"DatabaseDirectory {tmp_path}/db\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\nStreamMaxLength 2M\n"
        "MaxFileSize 2M\nAlertExceedsMax yes\nAlertEncrypted yes\n"
    )
    quiet = asyncio.subprocess.DEVNULL
    command = (program, "-c", str(tmp_path / "clamd.conf"))
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    for _ in range(200):
        try:
            (await asyncio.open_connection("127.0.0.1", port))[1].close()
            break
        except OSError:
            await asyncio.sleep(0.05)
    yield f"127.0.0.1:{port}"
    process.kill()
    await process.wait()


async def test_the_real_clamd_agrees_with_its_twin(real_clamd):
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("payslip.txt", EICAR)
    there = ClamdScanner(real_clamd)
    assert (await there.scan(pieces(b"%PDF-1.7 a payslip"))).outcome is ScanOutcome.CLEAN
    assert (await there.scan(pieces(EICAR))).outcome is ScanOutcome.INFECTED
    assert (await there.scan(pieces(zipped.getvalue()))).outcome is ScanOutcome.INFECTED
    too_large = (await there.scan(pieces(b"x" * 5_000_000))).outcome
    assert too_large in (ScanOutcome.UNCHECKABLE, ScanOutcome.UNREACHED)
