"""Score: the probability that a line says nothing its source does not, from a handful of weights.

A logistic regression whose weights stand in `data/score.json`, fitted by `summarize-eval trust` on public
annotated summaries, every sign fixed beforehand: no flag or novel word can make a line look more faithful.
The probability holds for a line that is, before it is read, as likely faithful as not. What a judge says is
added with a weight that was fixed, not fitted (`judged`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COPIED = 0.99
JUDGE_WEIGHT = 0.5
_JUDGE_MOST = 0.99  # no judge is surer than that, whatever its softmax says


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of the score.

    Attributes:
        weights: what one unit of each feature adds to the log odds.
        bias: the log odds of a line with no feature.
        threshold: the score from which a summary is not unsupported.
        sure: the score from which it is supported.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    sure: float = 1.0

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the score of a line, 0 to 1.

        Example:
            >>> Model({"novel": -1.0}, 2.0, 0.5).probability({"novel": 2.0, "length": 3.0})
            0.5
        """
        odds = self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-odds))


@cache
def shipped() -> Model:
    """Return the model that ships with the toolkit."""
    text = files("summarize.evidence").joinpath("data", "score.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return Model(stored["weights"], stored["bias"], stored["threshold"], stored["sure"])


def judged(score: float, supported: float) -> float:
    """Return the score of a line with what a judge says of it: log odds plus half the judge's log odds.

    A judge that cannot tell (0.5) changes nothing; a sure one moves the log odds by at most 2.3, so that a
    score of 0.5 becomes 0.91 or 0.09.

    Args:
        score: without a judge, 0 to 1.
        supported: the judge's P(supported), 0 to 1.

    Example:
        >>> round(judged(0.5, 1.0), 2), round(judged(0.9, 0.2), 2), round(judged(0.7, 0.5), 2)
        (0.91, 0.82, 0.7)
    """
    said = min(max(supported, 1.0 - _JUDGE_MOST), _JUDGE_MOST)
    own = min(max(score, 1e-6), 1.0 - 1e-6)
    odds = math.log(own / (1.0 - own)) + JUDGE_WEIGHT * math.log(said / (1.0 - said))
    return 1.0 / (1.0 + math.exp(-odds))


def combine(scores: Sequence[float]) -> float:
    """Return the score of a summary from those of its lines; 1 for a summary without a line.

    Were the lines independent, their scores would multiply; were they one, the score would be their mean.
    The truth lies between: the product to the power of one over the root of their number.

    Example:
        >>> round(combine([0.9, 0.9, 0.9, 0.4]), 2), combine([0.7])
        (0.54, 0.7)
    """
    if not scores:
        return 1.0
    return math.exp(sum(math.log(max(score, 1e-9)) for score in scores) / math.sqrt(len(scores)))
