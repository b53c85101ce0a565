"""What can be searched for: one row a contact, deal, note and document, which the database itself keeps.

Triggers follow the folded words of those tables, so that no use case can forget it and none runs a statement more.
SQLite looks through an FTS5 table of trigrams over it, PostgreSQL through a GIN index of trigrams where pg_trgm is
there; without it, it reads the firm's rows. A table that SQLite has to make anew loses its triggers: a test looks.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, event
from sqlmodel import Field, SQLModel

# What a trigger puts in for a row of each table: kind, whose firm, and its words.
_OF_DEAL = "(SELECT organisation_id FROM deals WHERE deals.id = new.deal_id)"
_GONE = "CASE WHEN new.{gone} IS NULL THEN {words} ELSE '' END"
FOLLOWED = {
    "contacts": ("contact", "new.organisation_id", _GONE.format(gone="archived_at", words="new.search_key")),
    "deals": (
        "deal",
        "new.organisation_id",
        "' ' || new.name_key || ' ' || replace(lower(new.reference), '-', '') || ' '",
    ),
    "notes": ("note", _OF_DEAL, _GONE.format(gone="removed_at", words="new.search_key")),
    "documents": ("document", _OF_DEAL, _GONE.format(gone="removed_at", words="new.search_key")),
}
# The columns whose change is followed.
_WORDS = {
    "contacts": "search_key, archived_at",
    "deals": "name_key, reference",
    "notes": "search_key, removed_at",
    "documents": "search_key, removed_at",
}


class SearchEntry(SQLModel, table=True):
    """`words` are folded (kernel/names.py). The id is a number, because FTS5 names its rows so, and never changes."""

    __tablename__ = "search_entries"
    __table_args__ = (Index("ix_search_entries_kind", "organisation_id", "kind", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
    kind: str = Field(max_length=20)
    subject_id: UUID = Field(sa_type=sa.Uuid, unique=True)
    organisation_id: UUID = Field(sa_type=sa.Uuid)
    words: str = Field(sa_type=sa.Text)


def sqlite_statements() -> list[str]:
    """The FTS5 table, what keeps it beside `search_entries`, and what keeps those beside their tables."""
    put = "INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);"
    take = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);"
    made = [
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "words, content='search_entries', content_rowid='id', tokenize='trigram')",
        f"CREATE TRIGGER search_entries_in AFTER INSERT ON search_entries BEGIN {put} END",
        f"CREATE TRIGGER search_entries_out AFTER DELETE ON search_entries BEGIN {take} END",
        f"CREATE TRIGGER search_entries_new AFTER UPDATE ON search_entries BEGIN {take} {put} END",
    ]
    for table, (kind, firm, words) in FOLLOWED.items():
        made += [
            f"CREATE TRIGGER search_{table}_in AFTER INSERT ON {table} BEGIN INSERT INTO search_entries"
            f"(kind, subject_id, organisation_id, words) VALUES ('{kind}', new.id, {firm}, {words}); "
            "END",
            f"CREATE TRIGGER search_{table}_new AFTER UPDATE OF {_WORDS[table]} ON {table} BEGIN UPDATE search_entries "
            f"SET words = {words} WHERE subject_id = new.id AND words <> {words}; END",
            f"CREATE TRIGGER search_{table}_out AFTER DELETE ON {table} BEGIN "
            "DELETE FROM search_entries WHERE subject_id = old.id; END",
        ]
    return made


def postgres_statements() -> list[str]:
    """The same for PostgreSQL, without the index of trigrams: `GIN`."""
    made = []
    for table, (kind, firm, words) in FOLLOWED.items():
        made += [
            f"CREATE FUNCTION search_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF TG_OP = 'DELETE' THEN DELETE FROM search_entries WHERE subject_id = old.id; "
            "ELSIF TG_OP = 'INSERT' THEN INSERT INTO search_entries(kind, subject_id, organisation_id, words) "
            f"VALUES ('{kind}', new.id, {firm}, {words}); "
            f"ELSE UPDATE search_entries SET words = {words} WHERE subject_id = new.id AND words <> {words}; "
            "END IF; RETURN NULL; END $$",
            f"CREATE TRIGGER search_{table}_in AFTER INSERT OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION search_{table}()",
            f"CREATE TRIGGER search_{table}_new AFTER UPDATE OF {_WORDS[table]} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION search_{table}()",
        ]
    return made


GIN = "CREATE INDEX ix_search_entries_words ON search_entries USING gin (words gin_trgm_ops)"
# What Alembic doesn't compare with the models.
NOT_OF_THE_MODELS = ("search_index", "ix_search_entries_words")


@event.listens_for(SQLModel.metadata, "after_create")
def _follow(target: sa.MetaData, connection: sa.Connection, **_more: object) -> None:
    """A SQLite database that is made from the models, as tests do, is followed as one that was migrated."""
    if connection.dialect.name == "sqlite":
        for statement in sqlite_statements():
            connection.exec_driver_sql(statement)
