"""The checkpoint's own tokenizer without transformers, whose import would bring torch along.

Reads tokenizer.json with the tokenizers library. Writing that file for checkpoints that lack one is
the business of the conversion.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarize.errors import ModelError


class Tokenizer:
    """Text to ids with the special tokens a model expects around it, and back without them.

    Attributes:
        window: the most input tokens the model reads, special tokens counted.
    """

    def __init__(self, backend: Any, window: int) -> None:
        """Wrap a `tokenizers.Tokenizer`; `read` gets one from a folder."""
        # A tokenizer saved in the middle of a training may still cut or pad.
        backend.no_truncation()
        backend.no_padding()
        self._backend = backend
        self.window = window
        self.added = len(self.encode(""))

    @classmethod
    def read(cls, folder: Path, window: int) -> Tokenizer:
        """Read tokenizer.json in a folder.

        Raises:
            ModelError: where it is missing or broken.
        """
        import tokenizers

        path = folder / "tokenizer.json"
        try:
            return cls(tokenizers.Tokenizer.from_file(str(path)), window)
        except Exception as error:  # the library raises plain Exception
            raise ModelError(f"{path} cannot be read as a tokenizer: {error}") from error

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text, special tokens included; may be longer than the window."""
        ids: list[int] = self._backend.encode(_encodable(text)).ids
        return ids

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text is, special tokens left out."""
        known = [_encodable(text) for text in texts]
        return [len(coded.ids) for coded in self._backend.encode_batch(known, add_special_tokens=False)]

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ids without special tokens."""
        text: str = self._backend.decode(list(ids), skip_special_tokens=True)
        return text.strip()


def _encodable(text: str) -> str:
    """Replace half characters, which UTF-8 and so the tokenizer cannot carry."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def window_of(config: dict[str, Any], tokenizer: Any) -> int:
    """Return the most input tokens a model takes: what its positions and its tokenizer both allow.

    Args:
        config: the model's configuration as a dictionary.
        tokenizer: a transformers tokenizer.
    """
    keys = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
    positions = next((config[key] for key in keys if config.get(key)), 512)
    return int(min(positions, tokenizer.model_max_length))
