"""Whether what a crowd was told is kept is there: in the database, and out of the servers that hand out files."""

import hashlib
from collections import Counter

import httpx
import psycopg

from tests.support.crowd import SECTION, Ledger


def lost_answers(database: psycopg.Connection, ledger: Ledger) -> list[str]:
    """Acknowledged answers that neither stand nor stood there; and those that are not the newest of their field."""
    now = "SELECT raw FROM answers WHERE subject_id = %s AND section_id = %s AND field_key = %s"
    then = f"SELECT c.raw FROM answer_changes c WHERE c.answer_id = (SELECT id FROM ({now.replace('raw', 'id', 1)}) a)"
    lost = []
    for (contact, name), told in ledger.answers.items():
        where = (contact, SECTION, name)
        stands = [raw for (raw,) in database.execute(now, where)]
        stood = {raw for (raw,) in database.execute(then, where)}
        lost += [f"{contact} {name}: {text}" for text in told if text not in stood and text not in stands]
        if stands != told[-1:]:
            lost.append(f"{contact} {name}: {stands} instead of {told[-1]}")
    return lost


def wrong_messages(database: psycopg.Connection, ledger: Ledger) -> dict[str, int]:
    """How often each message of the ledger is there, where that is not once."""
    there = Counter(text for (text,) in database.execute("SELECT text FROM notes WHERE text = ANY(%s)",
                                                         (ledger.messages,)))  # fmt: skip
    return {text: there[text] for text in ledger.messages if there[text] != 1}


async def lost_files(urls: list[str], ledger: Ledger) -> list[str]:
    """Files of the ledger that don't open for their sender, from any of these servers, as they were sent."""
    lost = []
    for url in urls:
        async with httpx.AsyncClient(base_url=url, timeout=30) as http:
            for document, (wanted, cookie) in ledger.files.items():
                answer = await http.get(f"/files/{document}", headers={"cookie": cookie})
                if hashlib.sha256(answer.content).hexdigest() != wanted:
                    lost.append(f"{document} from {url}: {answer.status_code}, {len(answer.content)} bytes")
    return lost
