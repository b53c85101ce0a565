"""A member of staff looking at a client's pages as the client sees them: never the client, and never a change."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

PREVIEW_ONLY = "This is a preview: nothing you do here is saved. Only the client can do that, from their own link."


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Whose pages, and the options that an invitation would have where there is none yet."""

    deal_id: UUID
    contact_id: UUID
    by_id: UUID
    by_name: str
    # The session that opened it: a preview ends with it.
    opened_by: UUID
    flow_id: UUID | None = None
    flow_name: str = "Everything"
    section_ids: tuple[str, ...] = ()
    sees_other_applicants: bool = False
    asks_bank_statements: bool = False
    request_ids: tuple[UUID, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As the session keeps it."""
        facts = asdict(self)
        ids = {name: str(facts[name]) for name in ("deal_id", "contact_id", "by_id", "opened_by")}
        flow = str(self.flow_id) if self.flow_id else None
        return {**facts, **ids, "flow_id": flow, "section_ids": list(self.section_ids),
                "request_ids": [str(each) for each in self.request_ids]}  # fmt: skip

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Preview":
        """Back from what a session keeps."""
        return cls(
            **{
                **kept,
                "deal_id": UUID(kept["deal_id"]),
                "contact_id": UUID(kept["contact_id"]),
                "by_id": UUID(kept["by_id"]),
                "opened_by": UUID(kept["opened_by"]),
                "flow_id": UUID(kept["flow_id"]) if kept["flow_id"] else None,
                "section_ids": tuple(kept["section_ids"]),
                "request_ids": tuple(UUID(each) for each in kept["request_ids"]),
            }
        )
