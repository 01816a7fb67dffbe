"""A small instructed language model from a GGUF file, run by CTranslate2: prompts in, continuations out.

The file is converted once, which spares every later start the seconds its dequantization takes. Needs
gguf, torch and transformers for that, ctranslate2 and tokenizers afterwards.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from summarize.errors import ModelError
from summarize.models.checkpoints import cache_root
from summarize.models.engines.convert import load_tokenizer, once, require_for_conversion, run_converter
from summarize.models.engines.folder import open_folder

_FORMAT = 1


class Generator:
    """Continues prompts by beam search, which gives the same texts every time."""

    def __init__(self, folder: Path, device: str, precision: str, threads: int | None = None) -> None:
        """Load a converted model.

        Raises:
            ModelError: where CTranslate2 cannot load it.
        """
        opened = open_folder("Generator", folder, device, precision, threads)
        self._generator = opened.runtime
        self._tokens = opened.tokens
        self.tokenizer = opened.tokenizer
        self.device = device
        self.precision = precision

    def continuations(
        self, shared: str, prompts: Sequence[str], beams: int, max_tokens: int, batch: int = 8
    ) -> list[list[str]]:
        """Return the finished continuations of each prompt, best first; none where none ended in time.

        Args:
            shared: what every prompt begins with; it is read only once.
            prompts: the rest of each prompt.
            beams: hypotheses followed and at most returned.
            max_tokens: the most tokens of one continuation.
            batch: prompts run at once.
        """
        start = self._read(shared)
        results = self._generator.generate_batch(
            [self._read(prompt) for prompt in prompts],
            static_prompt=start,
            beam_size=beams,
            num_hypotheses=beams,
            max_length=max_tokens,
            max_batch_size=batch,
            include_prompt_in_result=False,
            return_end_token=True,
        )
        end = self._end()
        return [
            [self.tokenizer.decode(ids) for ids in result.sequences_ids if ids and ids[-1] == end]
            for result in results
        ]

    def _read(self, text: str) -> list[str]:
        return [self._tokens[index] for index in self.tokenizer.encode(text)]

    def _end(self) -> int:
        return self._tokens.index("<|im_end|>")


def converted_gguf(file: Path, precision: str = "int8") -> Path:
    """Return the folder a GGUF file was converted to, converting it if that was not done before.

    Raises:
        ModelError: where the file is broken or the cache cannot be written.
        MissingDependencyError: where a package that only the conversion needs is missing.
    """
    status = file.stat()
    key = hashlib.sha256(f"{file.name}\0{status.st_size}\0{_FORMAT}".encode()).hexdigest()[:16]
    target = cache_root() / "ctranslate2" / f"{file.stem.replace('.', '-')}-{key}-{precision}"
    return once(target, lambda folder: _convert(file, precision, folder))


def _convert(file: Path, precision: str, folder: Path) -> None:
    require_for_conversion(file.name, "torch", "transformers", "gguf")
    import transformers

    print(f"converting {file.name} to CTranslate2 {precision}, once ...", file=sys.stderr)
    tokenizer = load_tokenizer(file.parent, gguf_file=file.name)
    try:
        model: Any = transformers.AutoModelForCausalLM.from_pretrained(
            str(file.parent), gguf_file=file.name, local_files_only=True, trust_remote_code=False
        )
    except Exception as error:  # gguf, numpy and torch each raise their own kinds
        raise ModelError(f"{file} cannot be loaded: {error}; install its package again") from error
    # The weights were dequantized while loading; CTranslate2 would take the note for quantized ones.
    model.config.quantization_config = None
    with TemporaryDirectory() as configuration:
        model.config.save_pretrained(configuration)  # the converter reads it once more
        run_converter(file.name, Path(configuration), model, tokenizer, precision, folder)
    settings = {"model": file.name, "window": model.config.max_position_embeddings}
    (folder / "generation.json").write_text(json.dumps(settings), encoding="utf-8")
