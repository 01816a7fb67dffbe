"""Metrics by name: one table of strings, and the entry points of other packages."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from summarize.errors import MissingDependencyError, OptionError
from summarize.options import check_options, options_of, read_named

from .base import Metric

GROUP = "summarize.metrics"
BUILT_IN = {
    "rouge": ".overlap:RougeMetric",
    "bleu": ".overlap:Bleu",
    "chrf": ".overlap:ChrF",
    "meteor": ".overlap:Meteor",
    "bertscore": ".bertscore:BertScore",
    "judge": ".judge:JudgeScore",
    "statistics": ".sourced:Extraction",
    "support": ".sourced:Support",
    "editing": ".sourced:Editing",
}

# Those that cost: they run where they are named, and not because they are installed.
_ASKED_FOR = ("bertscore", "judge")


def metric_table() -> dict[str, str]:
    """Return every registered name with its "module:Class", built-ins first.

    Raises:
        OptionError: where a plugin claims a name that is taken.
    """
    from importlib.metadata import entry_points

    found = dict(BUILT_IN)
    for point in entry_points(group=GROUP):
        if found.get(point.name, point.value) != point.value:
            raise OptionError(
                f"the metric name {point.name!r} is claimed by {point.value}; uninstall its package"
            )
        found[point.name] = point.value
    return found


def load_metric(specification: str) -> Metric:
    """Load a metric by name and options, "rouge:mode=perl"; a value may hold colons, as addresses do.

    Raises:
        OptionError: for a name or an option that there is not.
        MissingDependencyError: where a package it needs is not installed.
    """
    name, options = read_named(specification)
    names = metric_table()
    if name not in names:
        raise OptionError(f"no metric is called {name!r}; there are {', '.join(names)}")
    module, _, attribute = names[name].partition(":")
    metric: type[Metric] = getattr(import_module(module, __package__), attribute)
    if metric.package and not find_spec(metric.package):
        raise MissingDependencyError(
            f"{name} needs {metric.package}: pip install 'summarize-toolkit[{metric.extra}]'"
        )
    check_options(name, options_of(metric), options)
    return metric(**options)


def installed_metrics() -> list[str]:
    """Return the names of the metrics that run here as they are, without a server or a download."""
    found = []
    for name in metric_table():
        if name in _ASKED_FOR:
            continue
        try:
            load_metric(name)
        except (MissingDependencyError, ImportError):
            continue
        found.append(name)
    return found
