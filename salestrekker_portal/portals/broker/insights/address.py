"""What the address of Insights says: which deals, since when, and whether last year stands beside."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from salestrekker_portal.domains.access.actor import Actor
from salestrekker_portal.domains.insights.scope import ReportScope, Since, first_day
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.days import local
from salestrekker_portal.portals.incoming.parse import uuid_or_none


@dataclass(frozen=True, kw_only=True)
class InsightsAddress:
    """Everything after /insights?, parsed; nonsense reads as nothing. `owner` is "me", an id or ""."""

    workflow: str = ""
    owner: str = ""
    since: Since = Since.FINANCIAL_YEAR
    against: bool = True

    @property
    def path(self) -> str:
        said = {
            "workflow": self.workflow,
            "owner": self.owner,
            "since": self.since.value if self.since is not Since.FINANCIAL_YEAR else "",
            "against": "" if self.against else "no",
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/insights?{query}" if query else "/insights"

    def but(self, **changes: object) -> "InsightsAddress":
        """The same with some things changed."""
        return replace(self, **changes)

    def scope(self, actor: Actor) -> ReportScope:
        """The deals and days that it means for whoever looks."""
        today = today_of(actor)
        return ReportScope(
            first=first_day(self.since, today, actor.country),
            last=today,
            workflow_id=uuid_or_none(self.workflow),
            owner_id=actor.id if self.owner == "me" else uuid_or_none(self.owner),
        )

    def deals(self, **more: str) -> str:
        """The list of the open deals behind a figure."""
        said = {"workflow": self.workflow, "view": "list", "owner": self.owner} | more
        return "/board?" + urlencode({name: value for name, value in said.items() if value})


def read_address(query) -> InsightsAddress:
    """`query(name)` gives the text after the name in the address, or ""."""
    owner, since = query("owner"), query("since")
    return InsightsAddress(
        workflow=str(uuid_or_none(query("workflow")) or ""),
        owner="me" if owner == "me" else str(uuid_or_none(owner) or ""),
        since=Since(since) if since in set(Since) else Since.FINANCIAL_YEAR,
        against=query("against") != "no",
    )


def today_of(actor: Actor) -> date:
    return local(utc_now(), actor.time_zone).date()
