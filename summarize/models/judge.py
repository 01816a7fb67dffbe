"""Judge: the probability that a passage supports a claim, by a checkpoint trained on entailment.

Any sequence classifier with a label for entailment: NLI models with three (Williams et al. 2018, MultiNLI),
MiniCheck with two (Tang et al. 2024), AlignScore-style ones (Zha et al. 2023). Which sentences a line rests
on, and what its score makes of the figure, is `summarize.evidence`. Models with a single output or that write
their answer are left out. Needs torch and transformers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from summarize.cores import usable_cores
from summarize.errors import MissingDependencyError, ModelError
from summarize.models.checkpoints import resolve
from summarize.models.engines.base import out_of_memory, pack
from summarize.models.engines.choose import check, device_of, torch_sees_cuda
from summarize.models.engines.tokenizer import window_of

INSTALL = "pip install 'summarize-toolkit[judge]'"
# What checkpoints call it, in lower case.
_ENTAILED = frozenset(
    "entailment entail entails entailed supported support supports aligned consistent faithful".split()
)


class Judge:
    """A classifier of (passage, claim) pairs.

    Attributes:
        name: the model as it was named and its commit, or for a folder a fingerprint of its files.
        device: "cpu" or "cuda".
        batch_tokens: the most tokens in one batch, padding counted.
    """

    def __init__(
        self, model: str, revision: str | None = None, *, label: str | None = None, device: str = "auto"
    ) -> None:
        """Load a checkpoint; pickled weights and code that it brings along are never run.

        Args:
            model: a folder that `save_pretrained` wrote, or a hub id.
            revision: a branch, tag or commit of a hub checkpoint.
            label: the label that means "supported", for a checkpoint whose labels have no names
                (MiniCheck's is LABEL_1); None to read it from its config.
            device: "auto", "cpu" or "cuda".

        Raises:
            MissingDependencyError: where torch or transformers is not installed.
            OptionError: for another device.
            ModelError: where the checkpoint is not to be had, is no classifier, or no label of it can be read
                as entailment.
        """
        check("auto", device, "auto")
        for package in ("torch", "transformers", "huggingface_hub"):
            if find_spec(package) is None:
                raise MissingDependencyError(f"a judge needs {package}; install it with: {INSTALL}")
        import torch
        from transformers.utils import logging

        from summarize.models.engines.convert import load_model, load_tokenizer
        from summarize.models.engines.pytorch import CPU_BATCH_TOKENS, CUDA_BATCH_TOKENS

        checkpoint = resolve(model, revision, "--judge", pickled=False)
        self._label = label_of(checkpoint.config().get("id2label") or _UNNAMED, label, model)
        self.name = f"{checkpoint.name}@{checkpoint.revision}"
        self.device = device_of(device, torch_sees_cuda())
        if self.device == "cpu":
            torch.set_num_threads(usable_cores())
        logging.disable_progress_bar()  # loading takes a moment; downloads show their own
        self._tokenizer: Any = load_tokenizer(checkpoint.folder)
        loaded, info = load_model(
            checkpoint.folder,
            torch.float32,
            "SequenceClassification",
            use_safetensors=True,
            output_loading_info=True,
        )
        if info["missing_keys"]:
            # transformers would fill them with random numbers, and the judge would guess.
            lacking = ", ".join(sorted(info["missing_keys"])[:3])
            raise ModelError(
                f"{model} is not a classifier: it has no weights for {lacking}; name a checkpoint trained on "
                "entailment"
            )
        self._model: Any = loaded.to(self.device).eval()
        self._window = window_of(loaded.config.to_dict(), self._tokenizer)
        if loaded.config.model_type in _OFFSET:
            self._window = min(self._window, loaded.config.max_position_embeddings - 2)
        self.batch_tokens = CPU_BATCH_TOKENS if self.device == "cpu" else CUDA_BATCH_TOKENS

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return P(supported) of each (passage, claim), 0 to 1, in their order.

        A pair longer than the model's window is cut at the end of its longer text.

        Raises:
            ModelError: where the model fails, or a pair does not fit into memory.
        """
        if not pairs:
            return []
        try:
            read = self._tokenizer(
                [passage for passage, _ in pairs],
                [claim for _, claim in pairs],
                truncation="longest_first",
                max_length=self._window,
                split_special_tokens=True,  # "[SEP]" in an article is five signs like any others
            )
            inputs = [{key: read[key][row] for key in read} for row in range(len(pairs))]
            found = [0.0] * len(pairs)
            for batch in pack([len(each["input_ids"]) for each in inputs], self.batch_tokens):
                for row, probability in zip(batch, self._run([inputs[row] for row in batch]), strict=True):
                    found[row] = probability
        except (RuntimeError, ValueError, IndexError) as error:
            first = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelError(f"{self.name} failed while judging: {first}") from error
        return found

    def _run(self, inputs: Sequence[dict[str, Any]]) -> list[float]:
        import torch

        padded = self._tokenizer.pad(list(inputs), return_tensors="pt").to(self.device)
        try:
            with torch.inference_mode():
                logits = self._model(**padded).logits
        except (RuntimeError, MemoryError) as error:
            if len(inputs) == 1 or not out_of_memory(error):
                raise
            half = len(inputs) // 2
            return [*self._run(inputs[:half]), *self._run(inputs[half:])]
        chances: list[float] = logits.float().softmax(-1)[:, self._label].tolist()
        return chances


# What transformers assumes where a config names no label.
_UNNAMED = {"0": "LABEL_0", "1": "LABEL_1"}
# Their positions begin behind the one of the padding.
_OFFSET = frozenset({"roberta", "xlm-roberta", "camembert", "xlm-roberta-xl"})


def label_of(labels: Mapping[str, str], asked: str | None, model: str) -> int:
    """Return the index of the label that means "supported".

    Args:
        labels: id2label of a config.
        asked: the label's name where the user gave it, or None.
        model: what messages call the checkpoint.

    Raises:
        ModelError: where no label, or more than one, can be read so.

    Example:
        >>> label_of({"0": "contradiction", "1": "ENTAILMENT", "2": "neutral"}, None, "model")
        1
    """
    names = [str(name) for name in labels.values()]
    wanted = _ENTAILED if asked is None else {asked.lower()}
    found = [int(index) for index, name in labels.items() if str(name).lower() in wanted]
    if len(found) == 1 and len(labels) > 1:
        return found[0]
    if asked is not None:
        raise ModelError(f"{model} has no label {asked!r}; it has {', '.join(names)}")
    many = "more than one" if len(found) > 1 else "no"
    raise ModelError(
        f"{many} label of {model} can be read as entailment: its config names {', '.join(names)}; name a "
        "checkpoint trained on entailment, or the label that means supported with --judge-label (MiniCheck: "
        "LABEL_1)"
    )
