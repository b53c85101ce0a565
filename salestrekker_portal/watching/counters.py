"""How many events and requests there were, how they ended and how long they took, since this process began."""

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

COUNTED = CollectorRegistry()
ProcessCollector(registry=COUNTED)

_done = Counter("portal_handled", "Events and requests by how they ended", ("handler", "outcome"), registry=COUNTED)
_seconds = Histogram(
    "portal_handling_seconds",
    "How long events and requests took",
    registry=COUNTED,
    buckets=(0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
)


def handled(handler: str, outcome: str, seconds: float) -> None:
    """`outcome`: done, refused (with a sentence) or failed (a fault)."""
    _done.labels(handler, outcome).inc()
    _seconds.observe(seconds)
