"""What is counted for whoever watches the server: numbers only, since it began, and a few facts looked up when asked.

Where several processes serve, each counts in files of a folder that they share, and whoever is asked adds all of them up.
"""

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
    values,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from pwa.domain.operations import figures

disable_created_metrics()
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where the client library looks for the folder."""
REGISTRY = CollectorRegistry()
_process = ProcessCollector(registry=REGISTRY)
FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
CUSTODY = ("sync.receive", "sync.put_blob")

_lines = Counter("ombun_lines", "Lines from phones, by what they were answered.", ["outcome"], registry=REGISTRY)
_reasons = Counter("ombun_quarantined", "New lines put in quarantine, by reason.", ["reason"], registry=REGISTRY)
_blobs = Counter("ombun_blobs", "Photos and signatures from phones.", ["outcome"], registry=REGISTRY)
_answers = Counter("ombun_answers", "Answers, by status.", ["status"], registry=REGISTRY)
_custody = Histogram(
    "ombun_custody_seconds", "From a request to its receipts.", ["route"], buckets=FAST, registry=REGISTRY
)
_pages = Histogram("ombun_page_seconds", "From a request to its answer.", ["route"], buckets=FAST, registry=REGISTRY)


def share(folder):
    """From now on this process, and each that it begins, counts in files of this folder; what one process uses is not told any more.

    The library decides that when it is loaded, which is long ago for a server that begins others.
    """
    os.environ[SHARED] = str(folder)
    values.ValueClass = values.MultiProcessValue()
    REGISTRY.unregister(_process)


def taken(arrivals):
    """Count lines that were taken into custody."""
    for one in arrivals:
        _line(one.row.outcome, one.row.reason, one.is_replay)


def brought(report):
    """Count the lines and photos of a file that an officer brought in (custody.imported)."""
    for row in report:
        if "id" in row:
            _line(row["outcome"], row["reason"], row["replay"])
        elif row["outcome"] == "photo":
            blob("known" if row["replay"] else "new")
        elif row["outcome"] == "damaged-photo":
            blob("refused")


def _line(outcome, reason, is_replay):
    _lines.labels("replayed" if is_replay else outcome).inc()
    if reason and not is_replay:
        _reasons.labels(reason).inc()


def blob(outcome):
    """Count a blob: "new", "known" or "refused"."""
    _blobs.labels(outcome).inc()


def answered(endpoint, route, status, seconds):
    _answers.labels(status).inc()
    histogram = _custody if endpoint in CUSTODY else _pages
    histogram.labels(route).observe(seconds)


def text(*, at, alarms):
    """Everything in Prometheus' text format; `alarms` are those of /health."""
    looked_up = CollectorRegistry()
    looked_up.register(Now(figures.now(at=at), alarms))
    return generate_latest(_of_all() if SHARED in os.environ else REGISTRY) + generate_latest(looked_up)


def _of_all():
    """What every process counted, also one that ended since."""
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


class Now:
    """Facts as they are now, given to the client library as gauges."""

    def __init__(self, facts, alarms):
        self._facts, self._alarms = facts, alarms

    def collect(self):
        for name, (value, meaning) in self._facts.items():
            yield GaugeMetricFamily(f"ombun_{name}", meaning, value=value)
        alarms = GaugeMetricFamily("ombun_alarm", "1 for each alarm of /health that is on.", labels=["alarm"])
        for alarm in self._alarms:
            alarms.add_metric([alarm], 1)
        yield alarms
