"""One public function: its description from its docstring, and JSON Schemas of what it takes and gives."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarize.registry import table
from summarize.web.server.limits import (
    MAX_ARTICLES,
    MAX_BULLETS,
    MAX_EVALUATED,
    MAX_ROWS,
    MAX_SUMMARIZERS,
    MAX_WORDS,
)

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
STYLES = ("headline", "bullets", "wysk")
_SECTION = re.compile(r"^(Args|Returns|Raises):$", re.MULTILINE)
_ARGUMENT = re.compile(r"^    (\w+): (.+(?:\n        .+)*)", re.MULTILINE)
_INSIDE = ("properties", "patternProperties")


@dataclass(frozen=True)
class Endpoint:
    """A function that programs may call.

    Attributes:
        function: with type hints, and a docstring with "Args" and "Returns".
        gives: returns the JSON Schema of what it returns.
        reaches_out: whether it may ask another server, which its result then rests on.
    """

    function: Callable[..., Any]
    gives: Callable[[], Schema]
    reaches_out: bool = False

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.function.__name__

    @cached_property
    def sections(self) -> dict[str, str]:
        """The docstring by its headings; what stands above them is under "About"."""
        first, *rest = _SECTION.split(inspect.getdoc(self.function) or "")
        return {"About": first.strip(), **dict(zip(rest[::2], rest[1::2], strict=True))}

    @property
    def about(self) -> str:
        """What it does and what it returns, in a line of text."""
        returns = _line(self.sections.get("Returns", ""))
        return f"{_line(self.sections['About'])}{' Returns: ' * bool(returns)}{returns}"

    @cached_property
    def takes(self) -> Schema:
        """JSON Schema of its arguments, as one object."""
        found = dict(_ARGUMENT.findall(self.sections.get("Args", "")))
        parameters = inspect.signature(self.function).parameters.values()
        properties = {
            one.name: {
                **_limits(one),
                **({"description": _line(found[one.name])} if one.name in found else {}),
                **({} if one.default is one.empty else {"default": one.default}),
            }
            for one in parameters
        }
        required = [one.name for one in parameters if one.default is one.empty]
        return {
            "type": "object", "properties": properties, "required": required, "additionalProperties": False
        }  # fmt: skip

    @cached_property
    def returned(self) -> Schema:
        """JSON Schema of what it returns."""
        found: Schema = plain(self.gives())
        return found

    @cached_property
    def type_returned(self) -> Schema:
        """The same without words about it, which a client shows as a type."""
        found: Schema = _undescribed(self.returned)
        return found


def listed(items: Schema, **more: Any) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, **more}


def holding(**properties: Schema) -> Schema:
    """Return the schema of an object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _limits(parameter: inspect.Parameter) -> Schema:
    """Return the schema of an argument: what its name stands for everywhere, else what its type says."""
    names = list(table())
    known: dict[str, Schema] = {
        "summarizer": TEXT | {"enum": names},
        "summarizers": {
            "anyOf": [listed(TEXT | {"enum": names}, minItems=1, maxItems=MAX_SUMMARIZERS), TEXT]
        },
        "articles": {"anyOf": [listed(TEXT, maxItems=MAX_ROWS), TEXT]},
        "documents": {"anyOf": [listed(TEXT, minItems=1, maxItems=MAX_ARTICLES), TEXT]},
        "words": {"type": "integer", "minimum": 0, "maximum": MAX_WORDS},
        "bullets": {"type": "integer", "minimum": 1, "maximum": MAX_BULLETS},
        "limit": {"type": "integer", "minimum": 1, "maximum": MAX_EVALUATED},
        "style": TEXT | {"enum": list(STYLES)},
        "language": TEXT | {"pattern": "^(auto|[A-Za-z]{2,3})$"},
    }
    return known.get(parameter.name, TEXT)


def plain(schema: Any, definitions: Mapping[str, Any] | None = None) -> Any:
    """Return a JSON Schema that simple readers understand: one piece, one type each, open for new fields.

    Args:
        schema: with definitions of its own, none of which holds itself.
        definitions: those of what it is part of.

    Example:
        >>> plain({"type": ["string", "null"], "additionalProperties": False})
        {'anyOf': [{'type': 'string'}, {'type': 'null'}]}
    """
    if isinstance(schema, list):
        return [plain(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    definitions = schema.get("$defs", definitions) or {}
    if "$ref" in schema:
        said = {key: value for key, value in schema.items() if key != "$ref"}
        return plain(definitions[schema["$ref"].rsplit("/", 1)[-1]] | said, definitions)
    kept = {key: value for key, value in schema.items() if key not in ("$defs", "$schema", "$id")}
    if kept.get("additionalProperties") is False:
        del kept["additionalProperties"]
    if isinstance(kinds := kept.get("type"), list):
        del kept["type"]
        return {
            "anyOf": [plain(kept | {"type": kinds[0]}, definitions), *({"type": one} for one in kinds[1:])]
        }
    return {
        key: {name: plain(one, definitions) for name, one in value.items()}
        if key in _INSIDE
        else plain(value, definitions)
        for key, value in kept.items()
    }


def _undescribed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_undescribed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _undescribed(value)
        for key, value in schema.items()
        if key != "description" or not isinstance(value, str)
    }


def _line(text: str) -> str:
    return " ".join(text.split())
