"""Charts of an evaluation as SVG text: quality against speed, distributions, length, wins and losses.

Plain strings without a plotting library, so that a page holds everything. Colours are classes that the
page's style sheet names; nothing is computed here but places on paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDTH = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 16, 44
# Dots drawn in one panel; beyond, every n-th document stands for its neighbours.
_DOTS = 400


class Scale:
    """Numbers to places along an axis.

    Args:
        low, high: the ends of the numbers.
        start, stop: the places of the ends, in pixels.
        log: equal ratios take equal space.
    """

    def __init__(self, low: float, high: float, start: float, stop: float, log: bool = False) -> None:
        if not high > low:
            low, high = (low / 2, high * 2) if log else (low - 0.5, high + 0.5)
        self.low, self.high, self._start, self._stop, self._log = low, high, start, stop, log

    def __call__(self, value: float) -> float:
        """Return the place of a number."""
        low, high = self.low, self.high
        if self._log:
            value, low, high = math.log(value), math.log(low), math.log(high)
        return self._start + (self._stop - self._start) * (value - low) / (high - low)

    def ticks(self, most: int = 6) -> list[float]:
        """Return round numbers along the axis.

        Example:
            >>> Scale(0, 48, 0, 100).ticks()
            [0.0, 10.0, 20.0, 30.0, 40.0]
        """
        if self._log:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            steps = (1,) if len(powers) > 4 else (1, 2, 5)
            found = [step * 10.0**power for power in powers for step in steps]
        else:
            rough = (self.high - self.low) / most
            unit = 10.0 ** math.floor(math.log10(rough))
            step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)
            found = [
                step * number
                for number in range(math.ceil(self.low / step), math.floor(self.high / step) + 1)
            ]
        return [float(f"{tick:.10g}") for tick in found if self.low <= tick <= self.high]


def quality_speed(
    names: Sequence[str], rates: Sequence[float], means: Floats, low: Floats, high: Floats, label: str
) -> str:
    """Draw each system at its documents per second and its score x 100, the interval as a line."""
    height = 340
    x = Scale(min(rates) / 1.6, max(rates) * 2.4, _LEFT, WIDTH - _RIGHT, log=True)
    pad = 0.08 * float(high.max() - low.min()) or 1.0
    y = Scale(float(low.min()) - pad, float(high.max()) + pad, height - _BOTTOM, _TOP)
    parts = [_axes(x, y, height, "documents per second", f"{label} F x 100")]
    for number, name in enumerate(names):
        across, up = x(rates[number]), y(means[number])
        to_left = across > WIDTH / 2
        label_of = _name(name, across + (-9 if to_left else 9), up + 4, 28, to_left)
        title = (
            f"{name}: {means[number]:.2f} [{low[number]:.2f}, {high[number]:.2f}], {rates[number]:.4g} docs/s"
        )
        parts.append(
            f'<g class="system"><title>{escape(title)}</title>'
            f'<line class="interval" x1="{across:.1f}" x2="{across:.1f}" y1="{y(low[number]):.1f}" '
            f'y2="{y(high[number]):.1f}"/><circle class="dot" cx="{across:.1f}" cy="{up:.1f}" r="5"/>'
            f"{label_of}</g>"
        )
    return _svg(height, parts, f"{label} against documents per second")


def distributions(names: Sequence[str], scores: Sequence[Floats], label: str) -> str:
    """Draw a histogram of each system's scores over documents, one below the other, the mean as a line."""
    row, bins, room = 84, 40, 56
    height = _TOP + row * len(names) + _BOTTOM
    top = max(0.05, max(float(values.max(initial=0)) for values in scores))
    x = Scale(0, 100 * top, _RIGHT, WIDTH - _RIGHT)
    counts = [np.histogram(values, bins=bins, range=(0, top))[0] for values in scores]
    tallest = max(1, max(int(count.max(initial=0)) for count in counts))
    parts = [_ticks_below(x, height, f"{label} F x 100 of a document")]
    for number, (name, values, count) in enumerate(zip(names, scores, counts, strict=True)):
        base = _TOP + row * (number + 1)
        for place, size in enumerate(count):
            left, right = x(100 * top * place / bins), x(100 * top * (place + 1) / bins)
            tall = room * size / tallest
            if size:
                parts.append(
                    f'<rect class="bar" x="{left:.1f}" y="{base - tall:.1f}" width="{right - left - 1:.1f}" '
                    f'height="{tall:.1f}"><title>{size} documents</title></rect>'
                )
        mean = x(100 * float(values.mean()))
        parts.append(f'<line class="axis" x1="{_RIGHT}" x2="{WIDTH - _RIGHT}" y1="{base}" y2="{base}"/>')
        parts.append(f'<line class="mean" x1="{mean:.1f}" x2="{mean:.1f}" y1="{base - room}" y2="{base}"/>')
        parts.append(_name(name, _RIGHT, base - room - 6, 55))
    return _svg(height, parts, f"Distribution of {label} over documents")


def length_score(names: Sequence[str], words: Sequence[Floats], scores: Sequence[Floats], label: str) -> str:
    """Draw the score of each document over the length of its summary, a panel for each system."""
    across, wide, tall = 3, WIDTH // 3, 190
    height = tall * math.ceil(len(names) / across)
    longest = max(1.0, max(float(np.quantile(values, 0.99)) if len(values) else 1.0 for values in words))
    best = max(0.05, max(float(values.max(initial=0)) for values in scores))
    parts = []
    for number, name in enumerate(names):
        left, top = wide * (number % across), tall * (number // across)
        x = Scale(0, longest, left + 40, left + wide - 14)
        y = Scale(0, 100 * best, top + tall - 38, top + 26)
        parts.append(_name(name, left + 40, top + 16, 17))
        parts.append(_small_axes(x, y, "words" if number >= len(names) - across else ""))
        step = max(1, len(words[number]) // _DOTS)
        for length, score in zip(words[number][::step], scores[number][::step], strict=True):
            place = x(min(float(length), longest))
            parts.append(f'<circle class="dust" cx="{place:.1f}" cy="{y(100 * float(score)):.1f}" r="2"/>')
    return _svg(height, parts, f"{label} against length in words")


def wins(names: Sequence[str], baseline: str, counts: Sequence[tuple[int, int, int]], label: str) -> str:
    """Draw for each system the share of documents it loses, ties and wins against the baseline.

    Args:
        counts: (losses, ties, wins) of each system.
    """
    row, bar = 56, 24
    height = _TOP + row * len(names) + _BOTTOM
    x = Scale(0, 100, _RIGHT, WIDTH - _RIGHT)
    parts = [_ticks_below(x, height, f"% of documents by {label}: worse than {baseline}, equal, better")]
    for number, (name, several) in enumerate(zip(names, counts, strict=True)):
        top = _TOP + row * number + 20
        done = 0.0
        for kind, count in zip(("loss", "tie", "win"), several, strict=True):
            share = 100 * count / max(sum(several), 1)
            start, stop = x(done), x(done + share)
            done += share
            if not count:
                continue
            parts.append(
                f'<rect class="{kind}" x="{start:.1f}" y="{top}" width="{max(stop - start - 1, 0):.1f}" '
                f'height="{bar}"><title>{count} documents</title></rect>'
            )
            if share > 7:
                parts.append(
                    f'<text class="in-{kind}" x="{(start + stop) / 2:.1f}" y="{top + 17}" '
                    f'text-anchor="middle">{share:.0f}</text>'
                )
        parts.append(_name(name, _RIGHT, top - 5, 55))
    return _svg(height, parts, f"Wins and losses against {baseline}")


def _name(name: str, x: float, y: float, letters: int, before: bool = False) -> str:
    """Draw a system's name behind a place, or before it, cut to the room there is; tables have it whole."""
    shown = name if len(name) <= letters else f"{name[: letters - 1]}…"
    anchor = ' text-anchor="end"' if before else ""
    return (
        f'<text class="name" x="{x:.1f}" y="{y:.1f}"{anchor}>'
        f"<title>{escape(name)}</title>{escape(shown)}</text>"
    )


def _svg(height: int, parts: Sequence[str], title: str) -> str:
    body = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{body}</svg>'


def _axes(x: Scale, y: Scale, height: int, below: str, beside: str) -> str:
    parts = [_ticks_below(x, height, below)]
    for tick in y.ticks():
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        )
        parts.append(
            f'<text class="tick" x="{_LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
        )
    middle = (height - _BOTTOM + _TOP) / 2
    parts.append(
        f'<text class="label" x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">'
        f"{escape(beside)}</text>"
    )
    return "".join(parts)


def _ticks_below(x: Scale, height: int, label: str) -> str:
    base = height - _BOTTOM
    parts = []
    for tick in x.ticks():
        parts.append(f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{_TOP}" y2="{base}"/>')
        parts.append(
            f'<text class="tick" x="{x(tick):.1f}" y="{base + 16}" text-anchor="middle">{tick:g}</text>'
        )
    middle = (x(x.low) + x(x.high)) / 2
    parts.append(
        f'<text class="label" x="{middle:.1f}" y="{height - 8}" text-anchor="middle">{escape(label)}</text>'
    )
    return "".join(parts)


def _small_axes(x: Scale, y: Scale, below: str) -> str:
    left, right, base, top = x(x.low), x(x.high), y(y.low), y(y.high)
    parts = [f'<path class="axis" d="M{left:.1f} {top:.1f}V{base:.1f}H{right:.1f}"/>']
    for tick in x.ticks(4):
        parts.append(
            f'<text class="tick" x="{x(tick):.1f}" y="{base + 15:.1f}" text-anchor="middle">{tick:g}</text>'
        )
    for tick in y.ticks(4):
        parts.append(
            f'<text class="tick" x="{left - 6:.1f}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
        )
    if below:
        middle = (left + right) / 2
        parts.append(
            f'<text class="label" x="{middle:.1f}" y="{base + 31:.1f}" text-anchor="middle">{below}</text>'
        )
    return "".join(parts)
