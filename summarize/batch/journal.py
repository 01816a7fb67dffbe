"""What a run has done, kept so that a kill at any moment loses nothing: rows, errors, and a journal of both.

While a run goes on there are three files beside OUT: `OUT.part` with the rows, `OUT.errors.jsonl`, and
`OUT.journal`. A line of the journal says how many rows of the input are done and how long the two files
were then; whatever they hold beyond its last whole line is cut off when the run is resumed. At the end
`OUT.part` becomes OUT and the journal goes; `OUT.run.json` then says what run OUT is of, and its checksum.
The journal is the lock, too: it is never replaced by another file, and who holds it holds all of them.
"""

from __future__ import annotations

import gzip
import json
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any
from zlib import crc32

from summarize.batch.finished import Paths, checksum, differing, parsed, record_finished
from summarize.batch.work import RowResult
from summarize.errors import OutputError

MEMBER = 64  # rows of the input in one gzip member, the smallest part that can be continued


@dataclass(frozen=True)
class ResumePoint:
    """A state that a run can go back to.

    Attributes:
        rows: rows of the input that are done, failed ones included.
        failed: how many of them failed.
        digest: checksum of those rows.
        output, errors: length of the two files in bytes.
        output_sum, errors_sum: CRC-32 of that much of them.
        complete: whether the whole input is done, and only the end remains.
    """

    rows: int = 0
    failed: int = 0
    digest: int = 0
    output: int = 0
    errors: int = 0
    output_sum: int = 0
    errors_sum: int = 0
    complete: bool = False


class Journal:
    """The files of a run, open for writing from the last checkpoint on.

    Args:
        paths: where they are.
        identity: what must be the same when the run is resumed: input and options, as JSON can hold it.
        resume: go on where a journal stands; else a journal is in the way.
        overwrite: start over, whatever stands there.
        every: seconds between checkpoints.

    Raises:
        OutputError: where something stands in the way, another run is writing, or the run that is to be
            resumed was another one.
    """

    def __init__(
        self, paths: Paths, identity: dict[str, Any], *, resume: bool, overwrite: bool, every: float = 1.0
    ) -> None:
        self.paths = paths
        self._identity = identity
        self._every = every
        self._saved = time.monotonic()
        self._zipped = paths.output.suffix == ".gz"
        self._buffer: list[bytes] = []
        try:
            self._journal = _open_locked(paths)
            try:
                self._open(resume, overwrite)
            except BaseException:
                self._journal.close()
                raise
        except OSError as error:
            raise OutputError(
                f"{paths.output}: cannot be written: {error.strerror or error}; check the folder"
            ) from error
        self._state = self.checkpoint

    def _open(self, resume: bool, overwrite: bool) -> None:
        """Open the other files, now that nobody else may: the lock is held."""
        paths = self.paths
        exists = has_begun(paths)
        if exists and not resume and not overwrite:
            raise OutputError(
                f"{paths.output}: a run into it was not finished; go on with --resume, or "
                "start over with --overwrite"
            )
        if not exists and paths.output.exists() and not overwrite:
            paths.journal.unlink()  # it is empty, and stands there only since it was locked
            raise OutputError(f"{paths.output}: exists already; name another output, or use --overwrite")
        if not exists or overwrite:
            self._begin()
        self.checkpoint = done = self._recall(self._identity)
        self._part = _continue(paths.part, done.output, done.output_sum) if not self.finished else None
        self._errors = _continue(paths.errors, done.errors, done.errors_sum)

    @property
    def finished(self) -> bool:
        """Whether a run was killed when only the journal was left to be removed."""
        return self.checkpoint.complete and not self.paths.part.exists() and self.paths.output.exists()

    def add(self, outcome: RowResult, digest: int) -> None:
        """Write what became of the next row, and save where it is time.

        Args:
            outcome: a line of output or of the errors file.
            digest: checksum of the input up to this row.

        Raises:
            OSError: where the disk is full, for one; what was saved before stays.
        """
        state = self._state
        if not outcome.good:
            self._errors.write(outcome.line)
            state = replace(
                state,
                failed=state.failed + 1,
                errors=state.errors + len(outcome.line),
                errors_sum=crc32(outcome.line, state.errors_sum),
            )
        elif self._zipped:
            self._buffer.append(outcome.line)
        else:
            state = self._write(state, outcome.line)
        if self._zipped and (state.rows + 1) % MEMBER == 0:
            state = self._write(state, self._member())
        self._state = replace(state, rows=state.rows + 1, digest=digest)
        if not self._buffer and time.monotonic() - self._saved >= self._every:
            self.save()

    def save(self, complete: bool = False) -> None:
        """Make sure that what was written is on the disk, and note that it is."""
        state = self._state
        if complete and self._buffer:
            state = self._state = self._write(state, self._member())
        if self._buffer:  # rows of a member that is not full: they are done again after a kill
            return
        if complete:
            state = self._state = replace(state, complete=True)
        for file in (self._part, self._errors):
            if file is not None:
                file.flush()
                os.fsync(file.fileno())
        self._journal.write(json.dumps(vars(state)).encode() + b"\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.checkpoint = state
        self._saved = time.monotonic()

    def finish(self) -> None:
        """Put the output in its place and remove the journal."""
        self.paths.record.unlink(missing_ok=True)  # of a run before, which this output is not of
        if self.paths.part.exists() and self.paths.output.suffix == ".parquet":
            from summarize.batch.parquet import pack

            new = self.paths.output.with_name(self.paths.output.name + ".new")
            pack(self.paths.part, new)
            os.replace(new, self.paths.output)
            self.paths.part.unlink()
        elif self.paths.part.exists():
            os.replace(self.paths.part, self.paths.output)
        if not self.checkpoint.errors:
            self.paths.errors.unlink(missing_ok=True)
        record_finished(self.paths, self._identity)
        self.paths.journal.unlink()

    def close(self) -> None:
        """Close the files as they are; nothing is saved."""
        for file in (self._part, self._errors, self._journal):
            try:
                if file is not None:
                    file.close()
            except OSError:
                pass  # the disk is full: what was not saved is cut off on resuming

    def _write(self, state: ResumePoint, data: bytes) -> ResumePoint:
        assert self._part is not None
        self._part.write(data)
        return replace(state, output=state.output + len(data), output_sum=crc32(data, state.output_sum))

    def _member(self) -> bytes:
        data = b"".join(self._buffer)
        self._buffer.clear()
        return gzip.compress(data, 6, mtime=0) if data else b""

    def _begin(self) -> None:
        """Make the journal one that tells of a run without a row; a kill leaves one that counts for none."""
        self._journal.truncate(0)
        self._journal.write(json.dumps(self._identity).encode() + b"\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())

    def _recall(self, identity: dict[str, Any]) -> ResumePoint:
        """Return the last whole checkpoint, and cut off what a kill left behind it."""
        self._journal.seek(0)
        header, *lines = self._journal.read().split(b"\n")
        told = parsed(header)
        if not told:
            raise OutputError(f"{self.paths.journal}: is damaged; start over with --overwrite")
        if changed := differing(told, identity):
            raise OutputError(
                f"{self.paths.output}: the run to resume was another one: it differs in {changed}; resume it "
                "as it was begun, or start over with --overwrite"
            )
        whole = lines[:-1]  # behind the last line break is nothing, or a torn line
        while whole and not _is_checkpoint(whole[-1]):  # a disk that lost its power may leave zeros, too
            whole.pop()
        length = len(header) + 1 + sum(len(line) + 1 for line in whole)
        self._journal.truncate(length)  # in append mode, what is written next goes behind it
        return ResumePoint(**parsed(whole[-1])) if whole else ResumePoint()


def _is_checkpoint(line: bytes) -> bool:
    names = ResumePoint.__dataclass_fields__
    found = parsed(line)
    return found.keys() == names.keys() and all(isinstance(value, int) for value in found.values())


def has_begun(paths: Paths) -> bool:
    """Tell whether a journal tells of a run; one without a whole line was left by a start that was killed."""
    try:
        with open(paths.journal, "rb") as file:
            return file.readline().endswith(b"\n")
    except FileNotFoundError:
        return False


def _open_locked(paths: Paths) -> IO[bytes]:
    """Open the journal, made empty where there is none, and lock it.

    A run that ends removes its journal. Whoever had opened that one holds the lock of a file that nobody
    else will find, so what is locked must be what stands at the path.

    Raises:
        OutputError: where another run holds it.
    """
    while True:
        file = open(paths.journal, "ab+")  # noqa: SIM115 - the journal closes it
        try:
            _lock(file, paths)
            if os.path.samestat(os.fstat(file.fileno()), os.stat(paths.journal)):
                return file
        except FileNotFoundError:
            pass  # removed since it was opened
        except BaseException:
            file.close()
            raise
        file.close()


def _continue(path: Path, length: int, wanted: int) -> IO[bytes]:
    """Open a file for writing behind so many bytes.

    Raises:
        OutputError: where something else has changed it since.
    """
    if length and (not path.exists() or path.stat().st_size < length):
        raise OutputError(f"{path}: is shorter than the run left it; start over with --overwrite")
    if length and checksum(path, length) != wanted:
        raise OutputError(f"{path}: has been changed since the run left it; start over with --overwrite")
    file = open(path, "rb+" if path.exists() else "wb+")  # noqa: SIM115 - the journal closes it
    file.truncate(length)
    file.seek(length)
    return file


def _lock(file: IO[bytes], paths: Paths) -> None:
    try:
        import fcntl
    except ImportError:  # there is none on Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(f"{paths.output}: another run is writing it; wait for it, or end it") from error
