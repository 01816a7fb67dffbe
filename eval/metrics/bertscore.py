"""BERTScore: how near in meaning the words of a summary and a reference are, by any encoder, offline too.

T. Zhang et al., "BERTScore: evaluating text generation with BERT", 2020. Gives what the package bert-score
0.3.13 gives without idf weights and baseline rescaling. That package is not used: its last release is of
February 2023, it needs pandas and matplotlib, and all that is wanted of it is what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.errors import ModelError, OptionError

from .base import Floats, Metric, Sample

# The layers that agreed best with readers of translations, by the package's own table.
LAYERS = {
    "roberta-large": 17,
    "roberta-base": 10,
    "bert-base-uncased": 9,
    "bert-large-uncased": 18,
    "bert-base-multilingual-cased": 9,
    "distilbert-base-uncased": 5,
    "microsoft/deberta-xlarge-mnli": 40,
}
_TEXTS = 32  # encoded together
_SAMPLES = 256  # whose vectors are in memory together
# The vectors of a text's tokens, and which of them count.
_Encoded = tuple[Floats, NDArray[np.bool_]]


class BertScore(Metric):
    """Greedy matching of contextual word vectors by cosine.

    Args:
        model: a folder that `save_pretrained` wrote, or a hub id.
        layer: whose states are compared, counted from 1; by default the best known for the model, else the
            last.
        revision: a branch, tag or commit of a hub checkpoint.

    Raises:
        ModelError: where the checkpoint is not to be had or is no encoder.
        OptionError: for a layer that it does not have.
    """

    name = "bertscore"
    package, extra = "transformers", "embeddings"

    def __init__(self, model: str = "roberta-large", layer: int = 0, revision: str | None = None) -> None:
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        from summarize.models.checkpoints import resolve

        checkpoint = resolve(model, revision)
        logging.disable_progress_bar()
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(checkpoint.folder, trust_remote_code=False)
            self._model: Any = AutoModel.from_pretrained(checkpoint.folder, trust_remote_code=False).eval()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"{model} cannot be used as an encoder: {error}") from error
        if self._model.config.is_encoder_decoder:
            raise ModelError(f"{model} is a model that writes, not an encoder; name an encoder")
        has = int(self._model.config.num_hidden_layers)
        self._layer = int(layer) or LAYERS.get(model, has)
        if not 1 <= self._layer <= has:
            raise OptionError(f"{model} has the layers 1 to {has}, not {self._layer}")
        # RoBERTa's positions begin behind its padding token, so that two of them are never used.
        unused = 2 if "roberta" in self._model.config.model_type else 0
        positions = getattr(self._model.config, "max_position_embeddings", 512) - unused
        self._window = min(self._tokenizer.model_max_length, positions)
        folder = Path(model)
        self._model_name = f"{folder.name if folder.exists() else model}@{checkpoint.revision[:12]}"

    @property
    def signature(self) -> str:
        """Model, revision, layer and the versions of what ran it."""
        import torch
        import transformers

        how = f"model:{self._model_name}|layer:{self._layer}|idf:no|rescaled:no"
        return f"{self.name}|{how}|transformers:{transformers.__version__}|torch:{torch.__version__}"

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return F, precision and recall; of several references each figure is the best, as in bert-score."""
        found = [
            np.max([_match(ours, theirs) for theirs in several], axis=0)
            for ours, several in self._encoded(samples)
        ]
        precision, recall, f = np.array(found).reshape(-1, 3).T
        return {"bertscore": f, "bertscore_precision": precision, "bertscore_recall": recall}

    def _encoded(self, samples: Sequence[Sample]) -> Iterator[tuple[_Encoded | None, list[_Encoded | None]]]:
        """Yield the vectors of each summary and of its references."""
        for start in range(0, len(samples), _SAMPLES):
            part = samples[start : start + _SAMPLES]
            texts = [text.strip() for sample in part for text in (sample.summary, *sample.references)]
            vectors = self._vectors(list(dict.fromkeys(filter(None, texts))))
            for sample in part:
                references = [vectors.get(text.strip()) for text in sample.references]
                yield vectors.get(sample.summary.strip()), references

    def _vectors(self, texts: list[str]) -> dict[str, _Encoded]:
        """Return for each text the vectors of its tokens at length 1, and which of them count."""
        import torch

        found = {}
        texts.sort(key=len)  # texts of like length need little padding
        for start in range(0, len(texts), _TEXTS):
            batch = texts[start : start + _TEXTS]
            given = self._tokenizer(
                batch, padding=True, truncation=True, max_length=self._window, return_tensors="pt"
            )
            with torch.inference_mode():
                states = self._model(**given, output_hidden_states=True).hidden_states[self._layer]
            states = torch.nn.functional.normalize(states, dim=-1).double().numpy()
            # The marks of beginning and end may be matched, and count for nothing themselves.
            marks = (self._tokenizer.cls_token_id, self._tokenizer.sep_token_id)
            for text, ids, mask, rows in zip(
                batch, given["input_ids"].numpy(), given["attention_mask"].numpy(), states, strict=True
            ):
                there = mask.astype(bool)
                found[text] = rows[there], ~np.isin(ids[there], [mark for mark in marks if mark is not None])
        return found


def _match(ours: _Encoded | None, theirs: _Encoded | None) -> tuple[float, float, float]:
    """Return precision, recall and F of one pair; an empty text has 0."""
    if ours is None or theirs is None or not ours[1].any() or not theirs[1].any():
        return 0.0, 0.0, 0.0
    similarity = ours[0] @ theirs[0].T
    precision = float(similarity.max(axis=1)[ours[1]].mean())
    recall = float(similarity.max(axis=0)[theirs[1]].mean())
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both > 0 else 0.0
