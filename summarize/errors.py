"""Every error the toolkit raises on purpose, as one hierarchy of classes.

The docstring of each class is its contract. The message of an instance says what was tried and what
to do next; a command prints it as it stands. Anything else that escapes is a bug in the toolkit.
`Failure` holds an error where many documents are worked on and one of them must not end the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class SummarizeError(Exception):
    """Something the caller can fix: the message says what was tried and what to do."""


class InputError(SummarizeError):
    """An input (file, URL, row, standard input) could not be read as text."""


class DamagedInputError(InputError):
    """An input is damaged or not complete; what comes before the damage has been read.

    Attributes:
        line: the line or row behind the last whole one.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class NotAnArticleError(InputError):
    """A web page was read, but is not an article; `force` reads it anyway."""


class EmptyTextError(InputError):
    """The input was read, but holds no sentence that could be summarized."""


class OptionError(SummarizeError):
    """A name or a value given as an option is not one the toolkit knows."""


class UnknownSummarizerError(OptionError):
    """No summarizer of that name is registered."""


class DuplicateSummarizerError(SummarizeError):
    """Two installed packages register a summarizer under one name."""


class MissingDependencyError(SummarizeError):
    """An optional package is not installed; the message holds the command that installs it."""


class ModelError(SummarizeError):
    """A model could not be found, fetched, loaded or run."""


class OutputError(SummarizeError):
    """A result could not be written where it was asked for."""


def first_line(error: BaseException) -> str:
    """Return the first line of what a library's error says, or its type where it says nothing.

    Example:
        >>> first_line(OSError("no route to host")), first_line(TimeoutError())
        ('no route to host', 'TimeoutError')
    """
    return (str(error).strip() or type(error).__name__).splitlines()[0]


@contextmanager
def panics_as_errors(what: str) -> Iterator[None]:
    """Turn the panic of a library written in Rust into an error of the input.

    Such a panic is no `Exception`, so that it would end a whole run for the sake of one text.

    Raises:
        InputError: where it panics.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{what} failed on this text ({error}); please report the text") from error


@dataclass(frozen=True, slots=True)
class Failure:
    """Takes the place of a document or a brief that could not be made.

    Attributes:
        source: the file, URL or row, as messages call it; empty where nobody named it.
        error: what happened.
    """

    source: str
    error: Exception

    @property
    def reason(self) -> str:
        """What happened, without the source; for a bug in the code with the error's type.

        Example:
            >>> Failure("a.txt", InputError("a.txt: is empty")).reason
            'is empty'
        """
        if isinstance(self.error, SummarizeError):
            return str(self.error).removeprefix(f"{self.source}: ")
        return f"{type(self.error).__name__}: {self.error}"

    def __str__(self) -> str:
        told = not self.source or self.source in self.reason
        return self.reason if told else f"{self.source}: {self.reason}"
