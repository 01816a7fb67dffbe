"""Every error the toolkit raises on purpose, as one tree drawn once.

The docstring of each class is its contract. The message of an instance says what was tried and what
to do next; a command prints it as it stands. Anything else that escapes is a bug in the toolkit.
"""


class SummarizeError(Exception):
    """Something the caller can mend: the message says what was tried and what to do."""


class InputError(SummarizeError):
    """An input (file, URL, row, standard input) could not be read as text."""


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
