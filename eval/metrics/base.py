"""What a metric is: one class with a name and a signature that gives figures for each summary.

Options are constructor keywords. A metric of another package is one such class and one entry-point line in
the group "summarize.metrics".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A summary with what it is judged by.

    Attributes:
        summary: its text.
        references: what people wrote about the same article; may be empty for a metric that needs none.
        article: the text it is of, or empty.
    """

    summary: str
    references: tuple[str, ...] = ()
    article: str = ""


class Metric(ABC):
    """Scores summaries.

    Attributes:
        name: what users call it.
        needs_article: whether it reads `Sample.article`.
        package: what must be installed for it, beside the toolkit, or empty; `extra` has it.
    """

    name: ClassVar[str] = ""
    needs_article: ClassVar[bool] = False
    package: ClassVar[str] = ""
    extra: ClassVar[str] = ""

    @property
    @abstractmethod
    def signature(self) -> str:
        """Everything that its figures depend on beside the texts, in one line."""

    @abstractmethod
    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return its figures by name, each of shape (samples,)."""
