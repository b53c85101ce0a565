"""Prometheus' text: the counters of this process, and gauges that are looked up when somebody asks."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import engine, reading
from salestrekker_portal.domains.outbox.queue import DEAD, Queue, queues
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.tables.watching import Worker
from salestrekker_portal.watching.counters import COUNTED
from salestrekker_portal.watching.disk import free_bytes
from salestrekker_portal.watching.readiness import PartCheck, checks
from salestrekker_portal.watching.workers import all_workers


class _Now:
    """A collector of what was just looked up."""

    def __init__(self, families: list[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._families


async def exposition(open_tabs: int) -> bytes:
    """Everything, in Prometheus' text format."""
    found = await checks()
    families = [*_parts(found), _gauge("portal_open_tabs", "Tabs that watch something", open_tabs)]
    families.append(_gauge("portal_disk_free_bytes", "Room where files are kept", free_bytes(settings().data)))
    if any(each.part == "database" and each.is_well for each in found):
        async with reading() as session:
            families += [*_queues(await queues(session)), *_workers(await all_workers(session))]
    checked_out = getattr(engine().pool, "checkedout", lambda: 0)()
    families.append(_gauge("portal_database_connections_used", "Of this process", checked_out))
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Now(families))  # type: ignore[arg-type]
    return bytes(generate_latest(COUNTED) + generate_latest(registry))


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)


def _parts(found: list[PartCheck]) -> Iterator[GaugeMetricFamily]:
    ready = GaugeMetricFamily("portal_ready", "1 when a part works", labels=("part",))
    for each in found:
        ready.add_metric((each.part,), float(each.is_well))
    yield ready


def _queues(found: list[Queue]) -> Iterator[GaugeMetricFamily]:
    count = GaugeMetricFamily("portal_queue_messages", "Messages by state", labels=("channel", "status"))
    oldest = GaugeMetricFamily("portal_queue_oldest_seconds", "How long overdue", labels=("channel", "status"))
    for each in found:
        labels = (each.channel.value, each.status.value)
        count.add_metric(labels, each.count)
        if each.status not in DEAD:
            oldest.add_metric(labels, each.oldest.total_seconds())
    yield from (count, oldest)


def _workers(found: list[Worker]) -> Iterator[GaugeMetricFamily]:
    silent = GaugeMetricFamily("portal_worker_silent_seconds", "Since it was heard", labels=("worker",))
    lanes = GaugeMetricFamily("portal_lane", "What lanes have done", labels=("worker", "lane", "figure"))
    for each in found:
        silent.add_metric((each.name,), (utc_now() - each.seen_at).total_seconds())
        for lane, figures in each.lanes.items():
            for figure, value in figures.items():
                lanes.add_metric((each.name, lane, figure), float(value))
    yield from (silent, lanes)
