"""Embeddings: evidence that shares a line's meaning and few of its words, found by an encoder. Optional.

What is flagged and how a line scores stays with the words. Reimers and Gurevych 2019, "Sentence-BERT".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from summarize.brief import Evidence
from summarize.document import Document
from summarize.errors import MissingDependencyError, ModelError
from summarize.evidence.align import MOST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.evidence.check import LineVerdict

INSTALL = "pip install 'summarize-toolkit[embeddings]'"
LEAST_SIMILARITY = 0.6
_BATCH, _WINDOW = 32, 512


class Encoder:
    """A sentence encoder: the mean of a transformer's last states, at length 1.

    Args:
        model: a folder that `save_pretrained` wrote, or a hub id such as
            "sentence-transformers/all-MiniLM-L6-v2".
        revision: a branch, tag or commit of a hub checkpoint.

    Raises:
        MissingDependencyError: where torch or transformers is not installed.
        ModelError: where the checkpoint is not to be had, or is no encoder.
    """

    def __init__(self, model: str, revision: str | None = None) -> None:
        for package in ("torch", "transformers", "huggingface_hub"):
            if find_spec(package) is None:
                raise MissingDependencyError(f"embeddings need {package}; install it with: {INSTALL}")
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        from summarize.models.checkpoints import resolve

        folder = resolve(model, revision, "--embeddings").folder
        logging.disable_progress_bar()  # loading takes a moment; downloads show their own
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
            self._model: Any = AutoModel.from_pretrained(folder, trust_remote_code=False).eval()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"{model} cannot be used as a sentence encoder: {error}") from error
        if self._model.config.is_encoder_decoder:
            raise ModelError(f"{model} is a model that writes, not a sentence encoder; name an encoder")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return vectors of length 1, shape (texts, dimensions)."""
        import numpy as np
        import torch

        parts = []
        for start in range(0, len(texts), _BATCH):
            given = self._tokenizer(
                list(texts[start : start + _BATCH]),
                padding=True,
                truncation=True,
                max_length=_WINDOW,
                return_tensors="pt",
            )
            with torch.inference_mode():
                states = self._model(**given).last_hidden_state
            weights = given["attention_mask"].unsqueeze(-1).to(states.dtype)
            means = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
            parts.append(torch.nn.functional.normalize(means, dim=1).double().numpy())
        return np.concatenate(parts) if parts else np.zeros((0, 1))


def complete(verdicts: Iterable[LineVerdict], document: Document, encoder: Encoder) -> list[LineVerdict]:
    """Return verdicts with the sentences nearest in meaning behind those that share the words, up to three.

    Args:
        verdicts: of lines about the document.
        document: the source.
        encoder: what tells meanings apart; sentences of a cosine of at least 0.6 are evidence, and the
            cosine is their score.
    """
    verdicts = list(verdicts)
    if not verdicts or not document.sentences:
        return verdicts
    sentences = encoder.encode([sentence.line for sentence in document.sentences])
    similarity = encoder.encode([verdict.text for verdict in verdicts]) @ sentences.T
    return [
        replace(verdict, evidence=(*verdict.evidence, *_further(verdict, row, document)))
        for verdict, row in zip(verdicts, similarity, strict=True)
    ]


def _further(verdict: LineVerdict, similarity: NDArray[np.float64], document: Document) -> list[Evidence]:
    known = {found.sentence for found in verdict.evidence}
    order = (-similarity).argsort(kind="stable").tolist()
    near = [index for index in order if index not in known and similarity[index] >= LEAST_SIMILARITY]
    return [
        Evidence(
            index,
            document.sentences[index].start,
            document.sentences[index].end,
            round(min(float(similarity[index]), 1.0), 4),
        )
        for index in near[: MOST - len(known)]
    ]
