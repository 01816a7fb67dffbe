"""Keeps ballots and votes in a file of SQLite. A vote is on the disk before its voter is told so.

The log is written ahead and flushed at every commit (WAL, synchronous=FULL), a transaction a vote: killing
the server, or the machine's power, loses no vote that was acknowledged. Nothing is counted here.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, fields
from datetime import UTC, datetime
from pathlib import Path

from summarize.errors import InputError, OutputError
from summarize.web.voting.ballots import CHOICES, FIELDS, PARTS, Ballot, Vote

MEMORY = ":memory:"
# What SQLite's header says a file is of, and the version of its tables.
_APPLICATION, _VERSION = 0x53564F54, 1  # "SVOT"
_PATIENCE = 30.0  # seconds to wait for another process that writes

_TABLES = f"""
CREATE TABLE ballots (
    id TEXT PRIMARY KEY, article TEXT NOT NULL, text_hash TEXT NOT NULL,
    "left" TEXT NOT NULL, left_signature TEXT NOT NULL, "right" TEXT NOT NULL, right_signature TEXT NOT NULL,
    parts TEXT NOT NULL, voter TEXT NOT NULL, shown TEXT NOT NULL
);
CREATE INDEX ballots_of_voter ON ballots (voter);
CREATE TABLE votes (
    number INTEGER PRIMARY KEY, ballot TEXT NOT NULL REFERENCES ballots (id),
    article TEXT NOT NULL, text_hash TEXT NOT NULL, part TEXT NOT NULL CHECK (part IN {PARTS}),
    "left" TEXT NOT NULL, left_signature TEXT NOT NULL, "right" TEXT NOT NULL, right_signature TEXT NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN {CHOICES}), voter TEXT NOT NULL, "cast" TEXT NOT NULL,
    UNIQUE (ballot, part)
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
"""
_BALLOT = tuple(field.name for field in fields(Ballot))
_COLUMNS = ", ".join(f'"{name}"' for name in FIELDS)
# All but part, choice and time comes from the ballot: nobody can vote on a pair that was not handed out.
# Until all parts are judged the names are hidden, and a voter may think again; a vote sent twice is one.
_CAST = f"""
INSERT INTO votes ({_COLUMNS})
SELECT id, article, text_hash, :part, "left", left_signature, "right", right_signature, :choice, voter, :cast
FROM ballots WHERE id = :ballot
ON CONFLICT (ballot, part) DO UPDATE SET choice = excluded.choice, "cast" = excluded."cast"
"""


class VoteStore:
    """Ballots and votes in a file, for any number of threads and processes.

    Args:
        path: the file, made where there is none; `MEMORY` keeps votes as long as this object.

    Raises:
        InputError: for a file that holds something else.
        OutputError: where it cannot be written.
    """

    def __init__(self, path: str = MEMORY) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            self._link = sqlite3.connect(
                path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            # Before anything is written: a database of something else stays as it is.
            fresh = not _is_votes(self._link, path)
            self._link.execute("PRAGMA journal_mode = WAL")
            self._link.execute("PRAGMA synchronous = FULL")
            if fresh:
                self._make_tables()
        except sqlite3.Error as error:
            raise _unusable(path, error) from error

    def _make_tables(self) -> None:
        with closing(self._link.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")  # of two that start at once, one makes them
            if not _is_votes(self._link, self.path):
                for statement in _TABLES.split(";"):
                    cursor.execute(statement)
            cursor.execute("COMMIT")

    @property
    def lasting(self) -> bool:
        """Whether votes outlive this process."""
        return self.path != MEMORY

    def hand_out(self, ballot: Ballot) -> None:
        """Keep a ballot before it is shown.

        Raises:
            OutputError: where it cannot be written, such as on a full disk.
        """
        row = [",".join(value) if isinstance(value, tuple) else value for value in astuple(ballot)]
        with self._writing() as link:
            link.execute(f"INSERT INTO ballots VALUES ({', '.join('?' * len(row))})", row)

    def cast(self, ballot: str, part: str, choice: str) -> None:
        """Keep a vote; it is on the disk when this returns.

        Args:
            ballot: the id of one that was handed out; a vote on none is passed over.
            part, choice: one of `PARTS`, one of `CHOICES`; a second vote on a part replaces the first.

        Raises:
            OutputError: where it cannot be written, such as on a full disk.
        """
        values = {"ballot": ballot, "part": part, "choice": choice, "cast": now()}
        with self._writing() as link:
            link.execute(_CAST, values)

    def ballot(self, ballot: str) -> Ballot | None:
        """Return a ballot by its id, or None."""
        return next(iter(self._ballots("WHERE id = ?", ballot)), None)

    def ballots_of(self, voter: str) -> list[Ballot]:
        """Return what a voter was shown, in order."""
        return self._ballots("WHERE voter = ? ORDER BY rowid", voter)

    def choices(self, ballot: str) -> dict[str, str]:
        """Return what was chosen on a ballot so far, by part."""
        with self._lock:
            return dict(
                self._link.execute("SELECT part, choice FROM votes WHERE ballot = ?", (ballot,)).fetchall()
            )

    def votes(self) -> list[Vote]:
        """Return all votes in the order in which they were cast."""
        with self._lock:
            return _votes(self._link)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._link.close()

    def _ballots(self, condition: str, value: str) -> list[Ballot]:
        with self._lock:
            rows = self._link.execute(f"SELECT * FROM ballots {condition}", (value,)).fetchall()
        named = (dict(zip(_BALLOT, row, strict=True)) for row in rows)
        return [Ballot(**row | {"parts": tuple(row["parts"].split(","))}) for row in named]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                yield self._link
        except sqlite3.Error as error:
            raise OutputError(
                f"this could not be kept: {error}; whoever runs the app should look at the file of --votes"
            ) from error


def read_votes(path: str | Path) -> list[Vote]:
    """Return the votes in a file without changing it, also while an app writes to it.

    Raises:
        InputError: for a file that is not there, or holds something else.
    """
    where = Path(path)
    if not where.is_file():
        raise InputError(f"{path}: there is no such file; name the one of `summarize app --votes FILE`")
    address = f"{where.absolute().as_uri()}?mode=ro"
    if not os.access(where.parent, os.W_OK) and not Path(f"{where}-wal").exists():
        address += "&immutable=1"  # nobody writes there, and the log's index could not be made
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as link:
            if not _is_votes(link, str(path)):
                raise InputError(f"{path}: holds no votes yet; vote in `summarize app --votes {path}` first")
            return _votes(link)
    except sqlite3.Error as error:
        raise _unusable(str(path), error) from error


def now() -> str:
    """Return the time as votes have it: ISO 8601, UTC, in milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _votes(link: sqlite3.Connection) -> list[Vote]:
    return [Vote(*row) for row in link.execute(f"SELECT {_COLUMNS} FROM votes ORDER BY number")]


def _is_votes(link: sqlite3.Connection, path: str) -> bool:
    """Tell whether a database holds votes; False for an empty one.

    Raises:
        InputError: where it holds something else, or votes of a later version.
    """
    application, version, tables = (
        link.execute(query).fetchone()[0]
        for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if not application and not tables:
        return False
    if application != _APPLICATION:
        raise InputError(f"{path}: is a database of something else, not of votes; name another file")
    if version > _VERSION:
        raise InputError(f"{path}: was written by a later version of summarize-toolkit; install that one")
    return True


def _unusable(path: str, error: sqlite3.Error) -> InputError | OutputError:
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
        return InputError(f"{path}: is no file of votes; name one that `summarize app --votes` made")
    return OutputError(
        f"{path}: votes cannot be kept there: {error}; name a file in a folder you may write to"
    )
