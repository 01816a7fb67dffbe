"""Options of summarizers and metrics as people write them: `damping=0.7`, `textrank:damping=0.7`.

Every command reads them here, so that `-O plain=true` and `textrank:plain=true` mean the same everywhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

from summarize.errors import OptionError

_WORDS = {"true": True, "false": False, "none": None}


def read_option(text: str) -> tuple[str, Any]:
    """Return the name and the value of one option, "damping=0.7".

    A value is a Python literal, or true, false and none in any case; all else is text. Quotes make text of
    anything: model='7'.

    Raises:
        OptionError: where the text is no NAME=VALUE.

    Example:
        >>> read_option("damping=0.7"), read_option("plain=true"), read_option("model=llama3:8b")
        (('damping', 0.7), ('plain', True), ('model', 'llama3:8b'))
    """
    name, equals, value = text.strip().partition("=")
    if not equals or not name.isidentifier():
        raise OptionError(f"an option is written NAME=VALUE, as in damping=0.7, not {text!r}")
    try:
        return name, ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return name, _WORDS.get(value.lower(), value)


def read_named(text: str) -> tuple[str, dict[str, Any]]:
    """Return a name and the options behind it; a value may hold colons, as addresses do.

    Raises:
        OptionError: where what follows the name is no option.

    Example:
        >>> read_named("textrank:damping=0.6:plain=true")
        ('textrank', {'damping': 0.6, 'plain': True})
        >>> read_named("judge:base_url=http://localhost:80/v1")
        ('judge', {'base_url': 'http://localhost:80/v1'})
    """
    first, *more = re.split(r":(?=\w+=)", text.strip())
    name, colon, rest = first.partition(":")
    if colon:
        raise OptionError(f"{text!r}: {rest!r} is no option; write {name}:NAME=VALUE")
    return name, dict(map(read_option, more))


def options_of(implementation: Callable[..., Any]) -> dict[str, Any]:
    """Return the options of a class, which are the keywords of its constructor, with their defaults."""
    import inspect

    parameters = inspect.signature(implementation).parameters.values()
    return {p.name: p.default for p in parameters if p.kind is not p.VAR_KEYWORD}


def check_options(owner: str, known: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse options that a summarizer or metric does not have, and values unlike their defaults.

    Args:
        owner: what the options are of, for the message.
        known: as `options_of` returns them.
        given: the options by name.

    Raises:
        OptionError: where one does not exist, or has a value of the wrong kind.
    """
    if unknown := [name for name in given if name not in known]:
        has = f"it has {', '.join(known)}" if known else "it has none"
        raise OptionError(f"{owner} has no option {', '.join(map(repr, unknown))}; {has}")
    for name, value in given.items():
        default = known[name]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(default, bool):
            wanted, fits = "true or false", isinstance(value, bool)
        elif isinstance(default, int):
            wanted, fits = "a whole number", number and isinstance(value, int)
        elif isinstance(default, float):
            wanted, fits = "a number", number
        elif isinstance(default, str):
            wanted, fits = f"text (write {name}='{value}')", not isinstance(value, int | float)
        else:
            continue
        if not fits:
            raise OptionError(f"{owner}: {name} must be {wanted}, not {value!r}")
