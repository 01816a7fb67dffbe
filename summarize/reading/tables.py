"""Parquet, Arrow and hub data sets as rows, a batch of records in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarize.errors import InputError, MissingDependencyError, OptionError
from summarize.reading.columns import HUB_DATASETS
from summarize.reading.rows import Row
from summarize.reading.storage import open_file, size_of

_RECORDS = 64  # rows decoded at once


def require(module: str, why: str) -> None:
    """Import a package of the extra `batch`.

    Raises:
        MissingDependencyError: with the command that installs it.
    """
    from importlib import import_module

    try:
        import_module(module)
    except ImportError as error:
        needs = f"{why} needs {module}: pip install 'summarize-toolkit[batch]'"
        raise MissingDependencyError(needs) from error


class Parquet:
    """A Parquet file."""

    def __init__(self, path: str) -> None:
        require("pyarrow", path)
        import pyarrow.parquet as parquet

        self.name = path
        self.position = 0
        try:
            with open_file(path) as raw, parquet.ParquetFile(raw) as file:
                self.size = int(file.metadata.num_rows)
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: is no Parquet file, or a damaged one: {error}") from error

    def identity(self) -> list[Any]:
        """Return name, size in bytes and number of rows."""
        return [self.name, size_of(self.name), self.size]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order."""
        import pyarrow.parquet as parquet

        try:
            with open_file(self.name) as raw, parquet.ParquetFile(raw) as file:
                for batch in file.iter_batches(_RECORDS):
                    for values in batch.to_pylist():
                        self.position += 1
                        yield Row(self.name, self.position, values)
        except (OSError, ValueError) as error:
            yield Row(self.name, self.position + 1, error=f"the file breaks off here: {error}")


class Arrow:
    """An Arrow file or stream (.arrow, .feather), as `datasets` keeps them too."""

    def __init__(self, path: str) -> None:
        require("pyarrow", path)
        self.name = path
        self.position = 0
        self.size = 0  # a stream does not know its number of rows

    def identity(self) -> list[Any]:
        """Return name and size in bytes."""
        return [self.name, size_of(self.name)]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order."""

        try:
            with open_file(self.name) as source:
                for batch in _record_batches(source):
                    for start in range(0, batch.num_rows, _RECORDS):
                        for values in batch.slice(start, _RECORDS).to_pylist():
                            self.position += 1
                            yield Row(self.name, self.position, values)
        except (OSError, ValueError) as error:
            yield Row(self.name, self.position + 1, error=f"the file breaks off here: {error}")


def _record_batches(source: Any) -> Iterator[Any]:
    import pyarrow as pa

    try:
        reader = pa.ipc.open_file(source)
    except pa.ArrowInvalid:
        source.seek(0)
        yield from pa.ipc.open_stream(source)
        return
    for index in range(reader.num_record_batches):
        yield reader.get_batch(index)


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

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order.

        Raises:
            OptionError: for a split or configuration that does not exist.
            InputError: where the hub has no such set or does not answer.
        """
        import datasets

        repository, config, split = self._asked
        try:
            stream = datasets.load_dataset(repository, config, split=split, streaming=True)
            for values in stream:
                self.position += 1
                yield Row(self.name, self.position, dict(values))
        except ValueError as error:
            # So the library says that a split or configuration does not exist, and names those that do.
            raise OptionError(f"hub:{self._given}: {error}") from error
        except (OSError, datasets.exceptions.DatasetsError) as error:
            raise InputError(f"hub:{self._given}: no such data set, or no answer ({error})") from error
