"""Files of contacts: one whose columns are chosen, one that was looked at, one that came in; a merge, and a pair."""

from salestrekker_portal.database.session import WriteSession
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.contacts import Contact, DifferentContacts
from salestrekker_portal.tables.imports import DataImport, ImportRow, ImportStatus, RowState
from salestrekker_portal.tables.merges import ContactMerge
from tests.cast import Cast

STATES = {
    ImportStatus.COLUMNS: RowState.WAITING,
    ImportStatus.CHECKED: RowState.GOOD,
    ImportStatus.DONE: RowState.IN,
}


async def lay_out_imports(session: WriteSession, cast: Cast) -> dict[str, str]:
    """Their ids by name: import_columns, import_checked and import_done."""
    ids: dict[str, str] = {}
    for status, state in STATES.items():
        file = DataImport(
            organisation_id=cast.firm.id, by_id=cast.alice_user.id, by_name="Alice", file_name=f"{status}.csv",
            digest=status, status=status, columns=["Name"], mapping=["name"], rows=1,
        )  # fmt: skip
        session.add(file)
        await session.flush()
        session.add(ImportRow(import_id=file.id, number=2, state=state, cells=["QZ Import"]))
        ids[f"import_{status}"] = str(file.id)
    bare, gone = (
        Contact(organisation_id=cast.firm.id, first_name="QZBARE", last_name=name) for name in ("One", "Two")
    )
    gone.archived_at = utc_now()
    session.add_all([bare, gone])
    await session.flush()
    merge = ContactMerge(organisation_id=cast.firm.id, kept_id=cast.kim_contact.id, gone_id=gone.id)
    one, other = sorted((cast.kim_contact.id, gone.id))
    pair = DifferentContacts(organisation_id=cast.firm.id, one_id=one, other_id=other)
    session.add_all([merge, pair])
    await session.flush()
    return ids | {"bare": str(bare.id), "merge": str(merge.id), "pair": str(pair.id)}
