"""Parquet, Arrow and hub data sets as rows, a batch of records in memory at a time, needed columns only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarize.errors import DamagedInputError, InputError, OptionError, first_line
from summarize.reading.columns import HUB_DATASETS, Columns
from summarize.reading.deadline import SECONDS_TO_REACH_THE_HUB, within
from summarize.reading.rows import HEAD, Row, settle, settled
from summarize.reading.storage import is_address, open_file, require, size_of

_RECORDS = 64  # rows decoded at once


class _Columnar:
    """A file of columns; how it is opened is told by the children."""

    def __init__(self, path: str) -> None:
        require("pyarrow", path)
        self.name = path
        self.size = self.position = 0

    def rows(self, asked: Columns | None = None) -> Iterator[Row]:
        """Yield the rows in order; see `RowSource`."""
        self.position = 0
        try:
            with open_file(self.name) as raw:
                columns, needed = None, None
                if asked is not None:
                    columns = self._settled(raw, asked)
                    needed = [name for name in columns.needed if name in self._names(raw)]
                for batch in self._batches(raw, _RECORDS, needed):
                    for values in _records(batch):
                        self.position += 1
                        if isinstance(values, str):
                            yield Row(self.name, self.position, error=values, columns=columns)
                        else:
                            yield Row(self.name, self.position, values, columns=columns)
        except (OSError, ValueError) as error:
            where = f"{self.name}:{self.position + 1}"
            # Arrow tells damage as an OSError too, but one without a number; so does a network.
            if isinstance(error, OSError) and (error.errno or is_address(self.name)):
                raise InputError(f"{where}: could not be read any further: {error}") from error
            raise DamagedInputError(
                f"{where}: the file breaks off here: {error}", self.position + 1
            ) from error

    def _settled(self, raw: Any, asked: Columns) -> Columns:
        """Return the columns of the file; one that cannot be read is none of them."""
        names = self._names(raw)
        samples: list[dict[str, Any]] = [{} for _ in range(HEAD)]
        for name in asked.candidates(names):
            try:
                batch = next(self._batches(raw, HEAD, [name]), None)
            except (OSError, ValueError):
                continue
            for sample, values in zip(samples, _records(batch) if batch is not None else (), strict=False):
                sample |= values if isinstance(values, dict) else {}
        return settle(asked, [sample for sample in samples if sample], self.name, names)

    def _names(self, raw: Any) -> list[str]:
        raise NotImplementedError

    def _batches(self, raw: Any, records: int, columns: Sequence[str] | None) -> Iterator[Any]:
        raise NotImplementedError


class Parquet(_Columnar):
    """A Parquet file."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        try:
            with open_file(path) as raw:
                self.size = int(_parquet(raw).metadata.num_rows)
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: is no Parquet file, or a damaged one: {error}") from error

    def identity(self) -> list[Any]:
        """Return name, size in bytes and number of rows."""
        return [self.name, size_of(self.name), self.size]

    def _names(self, raw: Any) -> list[str]:
        return list(_parquet(raw).schema_arrow.names)

    def _batches(self, raw: Any, records: int, columns: Sequence[str] | None) -> Iterator[Any]:
        file = _parquet(raw)
        # Group by group and without threads, since Arrow keeps a megabyte for every thousand rows otherwise.
        for group in range(file.num_row_groups):
            yield from file.iter_batches(records, [group], columns=columns, use_threads=False)


def _parquet(raw: Any) -> Any:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(raw)


class Arrow(_Columnar):
    """An Arrow file or stream (.arrow, .feather), as `datasets` keeps them too."""

    def identity(self) -> list[Any]:
        """Return name and size in bytes."""
        return [self.name, size_of(self.name)]

    def _names(self, raw: Any) -> list[str]:
        return list(_arrow(raw).schema.names)

    def _batches(self, raw: Any, records: int, columns: Sequence[str] | None) -> Iterator[Any]:
        reader = _arrow(raw)
        stored = (
            (reader.get_batch(index) for index in range(reader.num_record_batches))
            if hasattr(reader, "num_record_batches")
            else reader
        )
        for batch in stored:
            chosen = batch if columns is None else batch.select(columns)
            for start in range(0, chosen.num_rows, records):
                yield chosen.slice(start, records)


def _arrow(raw: Any) -> Any:
    import pyarrow as pa

    raw.seek(0)
    try:
        return pa.ipc.open_file(raw)
    except pa.ArrowInvalid:
        raw.seek(0)
        return pa.ipc.open_stream(raw)


def _records(batch: Any) -> Iterator[dict[str, Any] | str]:
    """Yield the values of each record, or why they cannot be read; one bad cell costs its own row."""
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError):
        for index in range(batch.num_rows):
            yield _record(batch, index)


def _record(batch: Any, index: int) -> dict[str, Any] | str:
    import pyarrow as pa

    values: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            values[name] = column[index].as_py()
        except (ValueError, OverflowError) as error:
            try:  # a date beyond those that Python has is still one as a text
                values[name] = column[index].cast(pa.string()).as_py()
            except (ValueError, OverflowError, NotImplementedError):
                return f"column {name!r} holds what cannot be read: {error}"
    return values


class Hub:
    """A data set by its name on the hub, or a folder laid out as one; streamed, never downloaded whole."""

    def __init__(self, name: str, split: str, config: str | None) -> None:
        require("datasets", f"hub:{name}")
        self.name = f"hub:{name}[{split}]"
        self.size = self.position = 0
        repository, usual = HUB_DATASETS.get(name, (name, None))
        self._asked = (repository, config or usual, split)
        self._given = name

    def identity(self) -> list[Any]:
        """Return repository, configuration and split."""
        return list(self._asked)

    def rows(self, asked: Columns | None = None) -> Iterator[Row]:
        """Yield the rows in order; see `RowSource`.

        Raises:
            OptionError: for a split or configuration that does not exist.
            InputError: where the hub has no such set or does not answer.
        """
        return settled(self._read(), asked, self.name)

    def _read(self) -> Iterator[Row]:
        import datasets

        self.position, away = 0, _unreachable(self._asked[0])
        try:
            for values in _stream(*self._asked, offline=bool(away)):
                self.position += 1
                yield Row(self.name, self.position, dict(values))
        except ValueError as error:
            # So the library says that a split or configuration does not exist, and names those that do.
            raise OptionError(f"hub:{self._given}: {error}") from error
        except (OSError, RuntimeError, datasets.exceptions.DatasetsError) as error:
            why = f"the hub has no such data set or does not answer ({error})"
            if away:
                why = f"the hub cannot be reached ({away}); give a file of the data set, or try again later"
            raise InputError(f"hub:{self._given}: there is no such file or folder here, and {why}") from error


def _unreachable(repository: str) -> str:
    """Return why the hub cannot be asked for a data set, or nothing.

    The library asks six times, in half a minute, before it says so.
    """
    if Path(repository).exists():  # a data set on the disk, as the hub has it
        return ""
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import HfHubHTTPError

    seconds = SECONDS_TO_REACH_THE_HUB
    try:
        within(seconds, lambda: HfApi().dataset_info(repository, timeout=seconds))
    except (HfHubHTTPError, ValueError):  # it did answer, or the name is none: which is told by who reads
        return ""
    except Exception as error:
        return f"asked {constants.ENDPOINT}: {first_line(error)}"
    return ""


@contextmanager
def _offline(offline: bool) -> Iterator[None]:
    """Have the library look into its cache only, without asking the hub first."""
    import datasets

    before = datasets.config.HF_HUB_OFFLINE
    datasets.config.HF_HUB_OFFLINE = before or offline
    try:
        yield
    finally:
        datasets.config.HF_HUB_OFFLINE = before


def _stream(repository: str, config: str | None, split: str, offline: bool) -> Any:
    from datasets import load_dataset

    try:
        with _offline(offline):
            return load_dataset(repository, config, split=split, streaming=True)
    except RuntimeError as error:
        # A repository with a loading script, which the library no longer runs. The hub keeps a copy of it
        # as Parquet, in a folder for each configuration.
        if "scripts are no longer supported" not in str(error):
            raise
        copy = "refs/convert/parquet"
        return load_dataset(repository, data_dir=config, split=split, streaming=True, revision=copy)
