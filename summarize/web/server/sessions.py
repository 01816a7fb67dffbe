"""Makes a visitor's first request cheap: what a component says of itself is worked out once for all of them.

Gradio describes every component anew for every session, which takes longer than a brief and holds up all
other visitors meanwhile. A component that a session changes is a new object, and describes itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_DESCRIBING = ("get_config", "api_info", "api_info_as_input", "api_info_as_output", "example_inputs")


def describe_once(components: Iterable[Any]) -> None:
    """Have each component remember its descriptions; callers get a copy each, to change as they wish."""
    for component in components:
        for name in _DESCRIBING:
            if hasattr(component, name):
                setattr(component, name, _remembered(getattr(component, name)))


def _remembered(describe: Callable[..., Any]) -> Callable[..., Any]:
    found: list[Any] = []

    def remembered(*values: Any, **named: Any) -> Any:
        if values or named:
            return describe(*values, **named)
        if not found:
            found.append(describe())
        return dict(found[0]) if isinstance(found[0], dict) else found[0]

    return remembered
