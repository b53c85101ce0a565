"""Column types that keep the promises of their names on SQLite and PostgreSQL alike."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator):
    """An instant. Refuses naive values going in; SQLite forgets the zone, so it is put back coming out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime can't be stored: use utc_now()")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StrEnumType(TypeDecorator):
    """A StrEnum stored by value, so that renaming a member never changes data."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:
        return None if value is None else self.kind(value)


def Json() -> sa.types.TypeEngine:
    """JSON that must be replaced, never edited in place; JSONB on PostgreSQL."""
    return sa.JSON().with_variant(JSONB(), "postgresql")


def Folded(length: int | None = None) -> sa.types.TypeEngine:
    """A folded name (`kernel/names.py`): compared byte by byte, so that both databases have one order."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def Ranked() -> sa.types.TypeEngine:
    """A board rank: compared byte by byte on both databases."""
    return sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
