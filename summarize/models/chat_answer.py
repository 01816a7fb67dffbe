"""What a language model answered -> the lines of each style: JSON, JSON in prose, JSON cut off, or a list.

Pure functions over strings. Whether a line may stand is decided elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from summarize.language.text import sentence_spans
from summarize.style import BULLETS, HEADLINE, WYSK

_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_STRING = r'"((?:[^"\\]|\\.)*)"'
_LABEL = re.compile(
    r"^[\s#*_\"-]*(?:(?P<headline>headline|title)|(?P<bullets>bullets?(?: points)?|key points|summary)"
    r"|(?P<wysk>wysk|what you should know|box))[\s*_\"]*(?::|$)[\s*_]*",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


def read_answer(answer: str, styles: Sequence[str]) -> dict[str, list[str]]:
    """Return the lines of each style by its name; empty for a style the answer does not have.

    Example:
        >>> read_answer('Sure! {"headline": "Rain", "bullets": ["A.", "B."]}', ["headline", "bullets"])
        {'headline': ['Rain'], 'bullets': ['A.', 'B.']}
    """
    answer = _THINKING.sub("", answer)
    found = _object(answer)
    if found is None:
        found = _cut_off(answer, styles)
    if not any(found.get(name) for name in styles):
        found = _labelled(answer)
    return {name: _lines(found.get(name), name) for name in styles}


def read_growing(answer: str, styles: Sequence[str]) -> dict[str, list[str]]:
    """Return the lines of an answer that is still being written, the last of them as far as it goes.

    Example:
        >>> read_growing('{"headline": "Rain", "bullets": ["A.", "The riv', ["headline", "bullets"])
        {'headline': ['Rain'], 'bullets': ['A.', 'The riv']}
    """
    return read_answer(answer.rstrip("\\") + '"', styles)


def _object(answer: str) -> dict[str, Any] | None:
    """Return the largest JSON object in a text, keys in lower case, or None."""
    decoder = json.JSONDecoder(strict=False)
    best: dict[str, Any] | None = None
    position = answer.find("{")
    tries = 0
    while position >= 0 and tries < 50:
        tries += 1
        try:
            value, end = decoder.raw_decode(answer, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            if isinstance(value, dict) and (best is None or len(str(value)) > len(str(best))):
                best = value
        position = answer.find("{", end)
    return {str(key).lower(): value for key, value in best.items()} if best is not None else None


def _cut_off(answer: str, styles: Sequence[str]) -> dict[str, Any]:
    """Return the whole strings of an object that ends before it is closed."""
    found: dict[str, Any] = {}
    for name in styles:
        if match := re.search(rf'"{name}"\s*:\s*\[((?:\s*{_STRING}\s*,?)*)', answer, re.IGNORECASE):
            found[name] = [_unescaped(text) for text in re.findall(_STRING, match.group(1))]
        elif match := re.search(rf'"{name}"\s*:\s*{_STRING}', answer, re.IGNORECASE):
            found[name] = _unescaped(match.group(1))
    return found


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _labelled(answer: str) -> dict[str, Any]:
    """Return what stands under labels such as "Headline:" in a text that is no JSON."""
    found: dict[str, list[str]] = {HEADLINE.name: [], BULLETS.name: [], WYSK.name: []}
    current = None
    for line in answer.splitlines():
        if match := _LABEL.match(line):
            current = match.lastgroup
            line = line[match.end() :]
        if current and line.strip(" *_`{}[],"):
            found[current].append(line)
    return dict(found)


def _lines(value: Any, style: str) -> list[str]:
    """Return a value as lines, whatever form the model gave it."""
    if isinstance(value, dict):
        value = list(value.values())
    entries = value if isinstance(value, list) else [value]
    texts = []
    for entry in entries:
        if isinstance(entry, dict):
            entry = next((part for part in entry.values() if isinstance(part, str)), None)
        if isinstance(entry, str):
            texts += [_MARK.sub("", line).strip().strip('"').strip() for line in entry.splitlines()]
    texts = [" ".join(text.replace("**", "").split()) for text in texts]
    if style != WYSK.name:
        return [text for text in texts if text]
    # The box is counted in sentences, and a model may write it as one paragraph.
    return [text[start:end] for text in texts if text for start, end in sentence_spans(text)]
