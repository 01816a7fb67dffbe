"""ROUGE where a metric of Hugging Face's `evaluate` is expected, and as columns of a set of `datasets`.

`evaluate.load("rouge")` gives the median of resampled means, which differs from run to run; this gives the
mean. Neither package is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarize.errors import OptionError

from .rouge.rouge import MEASURES, TYPES, Rouge

_F = MEASURES.index("fmeasure")


class EvaluateRouge:
    """Scores predictions against references, all at once or as they come.

    Args:
        mode: whose ROUGE, as `Rouge` takes it: "rouge-score" as `evaluate` does, "perl" or "unicode".
        language: for the mode "unicode".

    Example:
        >>> metric = EvaluateRouge()
        >>> metric.compute(predictions=["The cat sat."], references=["The cat sat down."])["rouge1"]
        0.8571428571428571
    """

    name = "rouge"

    def __init__(self, mode: str = "rouge-score", language: str = "en") -> None:
        self.mode = mode
        self.language = language
        self._predictions: list[str] = []
        self._references: list[str | Sequence[str]] = []

    def add(self, *, prediction: str, reference: str | Sequence[str]) -> None:
        """Keep one prediction and its reference, or its references, for `compute`."""
        self._predictions.append(prediction)
        self._references.append(reference)

    def add_batch(self, *, predictions: Sequence[str], references: Sequence[str | Sequence[str]]) -> None:
        """Keep several.

        Raises:
            OptionError: where the numbers differ.
        """
        _same_number(predictions, references)
        self._predictions.extend(predictions)
        self._references.extend(references)

    def compute(
        self,
        *,
        predictions: Sequence[str] | None = None,
        references: Sequence[str | Sequence[str]] | None = None,
        rouge_types: Sequence[str] = TYPES,
        use_aggregator: bool = True,
        use_stemmer: bool = False,
    ) -> dict[str, float] | dict[str, list[float]]:
        """Return F of each type, 0 to 1: its mean, or with `use_aggregator=False` that of each prediction.

        What was added is scored with what is given, and then forgotten. rougeLsum takes one sentence a line.

        Raises:
            OptionError: where there is nothing to score, the numbers differ, or a type does not exist.
        """
        self.add_batch(predictions=predictions or [], references=references or [])
        if not self._predictions:
            raise OptionError("there is nothing to score: give predictions and references, or add them first")
        rouge = Rouge(rouge_types, self.mode, use_stemmer, self.language)
        scores = rouge.corpus(self._predictions, self._references)[:, :, _F]
        self._predictions, self._references = [], []
        columns = zip(rouge.types, scores.T, strict=True)
        if use_aggregator:
            return {name: float(column.mean()) for name, column in columns}
        return {name: column.tolist() for name, column in columns}


class RougeColumns:
    """Adds F of each type to a set of `datasets`: `dataset.map(RougeColumns(...), batched=True)`.

    Args:
        prediction, reference: the columns of the texts; a reference may be a list of several.
        types, mode, use_stemmer, language: as `Rouge` takes them, the stemmer off as `evaluate` has it.

    Example:
        >>> columns = RougeColumns("written", "highlights", ["rouge1"])
        >>> columns({"written": ["The cat sat."], "highlights": ["The cat sat down."]})
        {'rouge1': [0.8571428571428571]}
    """

    def __init__(
        self,
        prediction: str = "prediction",
        reference: str = "reference",
        types: Sequence[str] = TYPES,
        mode: str = "rouge-score",
        use_stemmer: bool = False,
        language: str = "en",
    ) -> None:
        self.prediction = prediction
        self.reference = reference
        self.types = tuple(types)
        self.mode = mode
        self.use_stemmer = use_stemmer
        self.language = language

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[float]]:
        """Return F of each type for the rows of a batch.

        Raises:
            OptionError: where the batch has no such column, or a type does not exist.
        """
        for name in (self.prediction, self.reference):
            if name not in batch:
                raise OptionError(f"there is no column {name!r}; there are {', '.join(batch)}")
        rouge = Rouge(self.types, self.mode, self.use_stemmer, self.language)
        scores = rouge.corpus(batch[self.prediction], batch[self.reference])[:, :, _F]
        return {name: column.tolist() for name, column in zip(rouge.types, scores.T, strict=True)}


def _same_number(predictions: Sequence[str], references: Sequence[str | Sequence[str]]) -> None:
    if len(predictions) != len(references):
        raise OptionError(
            f"{len(predictions)} predictions were given with {len(references)} references; give one for each"
        )
