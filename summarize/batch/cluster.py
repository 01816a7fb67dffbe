"""Batch runs on a Ray cluster: Ray Data reads, an actor pool summarizes, and shards appear in one folder.

A shard is a run of rows of one input file, summarized by one actor and written under a name that says
which rows it holds, whole or not at all. So a task that Ray runs twice, because a node was lost,
writes the same file twice, and every row is there once; the names in order give the rows in order.
Inputs and output must be where every node can reach them: a shared folder or an object store.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from summarize.batch.progress import RunTally
from summarize.batch.shards import ERRORS, ShardFolder, Shards, begin, digest
from summarize.errors import InputError, MissingDependencyError, OptionError, SummarizeError
from summarize.reading.lines import UNKNOWN, Dialect
from summarize.reading.rows import Row
from summarize.reading.storage import Folder, is_stream


def run_on_ray(
    sources: Sequence[str],
    shards: Shards,
    *,
    address: str | None = None,
    workers: int | None = None,
    gpus: float = 0.0,
    limit: int | None = None,
    split: str = "test",
    config: str | None = None,
    dialect: Dialect = UNKNOWN,
    fail_fast: bool = False,
    tell: Callable[[str], None] | None = None,
) -> RunTally:
    """Summarize all rows of some inputs on a cluster.

    Args:
        sources: as for a run on one machine; one file is read by one task.
        shards: where to and what.
        address: of a cluster, or "auto"; None uses the one that is connected, or starts one here.
        workers: actors; None for as many as the cluster has cores, or GPUs where they are asked for.
        gpus: GPUs of each actor.
        limit: rows of each input to do; None for all.
        split, config: of hub data sets.
        dialect: how files of lines are written.
        fail_fast: stop at the first shard with a row that fails.
        tell: is told in words which columns of the first input are read.

    Raises:
        MissingDependencyError: without Ray.
        OutputError: where the folder holds another run, or cannot be written.
        InputError: for an input that is not there, or at the first failed row with `fail_fast`.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingDependencyError(
            "--engine ray needs ray: pip install 'summarize-toolkit[ray]'"
        ) from error
    from summarize.reading.inputs import Inputs, open_inputs

    if streams := [name for name in sources if is_stream(name)]:
        raise OptionError(f"{streams[0]}: the nodes of a cluster cannot read it; write it to a shared file")
    parts = open_inputs(sources, split, config, dialect=dialect)
    next(Inputs(parts[:1], shards.settings.columns, tell).rows(), None)  # before a cluster is asked for
    begin(Folder(shards.output), shards, [part.identity() for part in parts], limit)
    if not ray.is_initialized():
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    start, tally = time.monotonic(), RunTally()
    for result in _results(parts, shards, workers, gpus, limit):
        tally.done += result["done"]
        tally.failed += result["failed"]
        tally.skipped += result["skipped"]
        if fail_fast and result["failed"]:
            raise InputError(
                f"{shards.output}/{result['name']}: {result['failed']} rows failed; see its {ERRORS}"
            )
    tally.seconds = time.monotonic() - start
    return tally


def _results(
    parts: Sequence[Any],
    shards: Shards,
    workers: int | None,
    gpus: float,
    limit: int | None,
) -> Iterator[dict[str, Any]]:
    """Yield for each shard its name and how many rows were done, failed and skipped."""
    import ray
    from ray.data import ActorPoolStrategy, DataContext

    DataContext.get_current().enable_progress_bars = False
    if workers is None:
        cluster: Any = ray  # partly untyped
        resources = cluster.cluster_resources()
        workers = max(1, int(resources.get("GPU", 0) / gpus if gpus else resources.get("CPU", 1)))
    read_part: Any = _read  # Ray's types know no keyword arguments
    items = [{"part": part, "number": number} for number, part in enumerate(parts)]
    # Reading asks for no core of its own: on a small cluster the actors have them all.
    read = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
        read_part,
        batch_size=1,
        fn_kwargs={"shards": shards, "limit": limit},
        num_cpus=0,
        concurrency=max(1, min(workers, len(items))),
    )
    written = read.map_batches(
        ShardWriter,
        batch_size=1,
        fn_constructor_args=(shards,),
        compute=ActorPoolStrategy(min_size=1, max_size=workers),
        num_cpus=1,
        num_gpus=gpus or None,
    )
    try:
        yield from written.iter_rows()
    except ray.exceptions.RayTaskError as error:
        if not isinstance(error.cause, SummarizeError):
            raise
        # Ray writes advice of its own behind the message.
        raise InputError(str(error.cause).partition("\n")[0]) from None


def _read(batch: dict[str, Any], shards: Shards, limit: int | None) -> Iterator[dict[str, list[Any]]]:
    """Read one part and yield its rows a shard at a time, none for those that are done. On the cluster."""
    import pickle

    from summarize.reading.inputs import each_row

    part, number = batch["part"][0], int(batch["number"][0])
    rows = islice(each_row(part, shards.settings.columns), limit)
    folder, shard = ShardFolder(shards.output), 0
    while chosen := list(islice(rows, shards.rows)):
        name = shards.name(number, shard)
        skipped = shards.resume and folder.holds(name, chosen)
        yield {"name": [name], "count": [len(chosen)], "rows": [b"" if skipped else pickle.dumps(chosen)]}
        shard += 1


class ShardWriter:
    """An actor: summarizes the rows of a shard and writes it.

    The summarizer runs in a process of its own beside the actor, since a row that kills a process would
    otherwise kill one actor after the other.
    """

    def __init__(self, shards: Shards) -> None:
        from summarize.batch.pool import Pool

        self._shards = shards
        self._folder = ShardFolder(shards.output)
        self._pool = Pool(shards.settings, 1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """Summarize one shard, unless it is there."""
        import pickle

        name = str(batch["name"][0])
        if not batch["rows"][0]:
            return {"name": [name], "done": [0], "failed": [0], "skipped": [int(batch["count"][0])]}
        rows: list[Row] = pickle.loads(batch["rows"][0])
        good: list[bytes] = []
        bad: list[bytes] = []
        for outcome in self._pool.outcomes(iter(rows)):
            (good if outcome.good else bad).append(outcome.line)
        self._folder.write(name, self._packed(b"".join(good)), b"".join(bad), digest(rows))
        return {"name": [name], "done": [len(good)], "failed": [len(bad)], "skipped": [0]}

    def _packed(self, lines: bytes) -> bytes:
        if self._shards.format == "jsonl" or not lines:
            return lines
        import tempfile
        from pathlib import Path

        from summarize.batch.parquet import pack

        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "lines", Path(folder) / "table"
            source.write_bytes(lines)
            pack(source, target)
            return target.read_bytes()
