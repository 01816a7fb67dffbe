"""A judge: a language model on a chat server says which is better, a summary or its reference, twice.

Each pair is shown in both orders, since models favour a place (P. Wang et al., "Large language models are not
fair evaluators", 2024). The prompt is `judge.txt` beside this file, and its hash is in the signature. What it
costs is told on standard error before and after.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from summarize.errors import OptionError
from summarize.models.chat_client import ChatClient
from summarize.summarizers.chat import OLLAMA

from ..comparison import cut
from .base import Floats, Metric, Sample

_TOKENS_A_WORD = 1.4  # of English in the usual vocabularies, for the estimate beforehand
_ANSWER_TOKENS = 200
_SCHEMA = {
    "type": "object",
    "properties": {"reason": {"type": "string"}, "better": {"enum": ["A", "B", "tie"]}},
    "required": ["reason", "better"],
    "additionalProperties": False,
}
_POINTS = {"A": 1.0, "tie": 0.5, "B": 0.0}


class _Pair(NamedTuple):
    article: str
    first: str
    second: str

    def swapped(self) -> _Pair:
        return _Pair(self.article, self.second, self.first)


class JudgeScore(Metric):
    """How often a model prefers a summary to the first reference, 0 to 1; 0.5 is a tie.

    The key is read from SUMMARIZE_API_KEY or OPENAI_API_KEY and appears in no output.

    Args:
        model: the server's name of the model.
        base_url: where the server is, "/v1" included; Ollama's address by default.
        timeout: seconds that one request may take in all.
        retries: how often a request is repeated that failed for a passing reason.
        workers: requests under way at once.
        max_words: how much of an article is shown, from its beginning.
        price_in, price_out: of a million tokens read and written, in any currency, to tell the cost.

    Raises:
        OptionError: where no model is named, or an address is none.
    """

    name = "judge"
    needs_article = True

    def __init__(
        self,
        model: str = "",
        base_url: str = OLLAMA,
        timeout: float = 120.0,
        retries: int = 3,
        workers: int = 4,
        max_words: int = 3000,
        price_in: float = 0.0,
        price_out: float = 0.0,
    ) -> None:
        if not model:
            raise OptionError("judge needs the name of a model on the server: judge:model=NAME")
        self._model = model
        self._client = ChatClient(base_url, float(timeout), int(retries))
        self._workers = max(1, int(workers))
        self._max_words = int(max_words)
        self._prices = float(price_in), float(price_out)
        self._prompt = (files(__package__) / "judge.txt").read_text(encoding="utf-8")

    @property
    def signature(self) -> str:
        """Model, prompt and how it is asked; a server may change a model behind its name."""
        prompt = hashlib.sha256(self._prompt.encode()).hexdigest()[:8]
        return (
            f"{self.name}|model:{self._model}|prompt:{prompt}|orders:2|temperature:0|words:{self._max_words}"
        )

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return the share of the two orders that the summary won, and whether both orders agree (1 or 0).

        Raises:
            OptionError: where a sample has no reference.
            ModelError: where the server gives no answer.
        """
        if any(not sample.references for sample in samples):
            raise OptionError("the judge compares with a reference, and a sample has none")
        pairs = [_Pair(cut(s.article, self._max_words), s.summary, s.references[0]) for s in samples]
        asked = list(
            dict.fromkeys(p for pair in pairs for p in (pair, pair.swapped()) if p.first != p.second)
        )
        self._announce(asked)
        answers = dict(zip(asked, self._ask_all(asked), strict=True))
        self._account(list(answers.values()))
        points = {pair: _POINTS[found or "tie"] for pair, found in answers.items()}
        both = np.array([(points.get(p, 0.5), 1 - points.get(p.swapped(), 0.5)) for p in pairs]).reshape(
            -1, 2
        )
        agreed: Floats = (both[:, 0] == both[:, 1]).astype(float)
        return {"judge": both.mean(axis=1), "judge_agreed": agreed}

    def _ask_all(self, pairs: Sequence[_Pair]) -> list[str | None]:
        with ThreadPoolExecutor(self._workers) as pool:
            futures = [pool.submit(self._ask, pair) for pair in pairs]
            try:
                return [future.result() for future in futures]
            finally:
                for future in futures:  # after a failure the others would be paid for and thrown away
                    future.cancel()

    def _ask(self, pair: _Pair) -> str | None:
        """Return "A", "B", "tie", or None for an answer that says none of them."""
        shown = f"<article>\n{pair.article}\n</article>\n<A>\n{pair.first}\n</A>\n<B>\n{pair.second}\n</B>"
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": "system", "content": self._prompt}, {"role": "user", "content": shown}],
            "temperature": 0,
            "max_tokens": _ANSWER_TOKENS,
        }
        return read_verdict(self._client.complete(body, _SCHEMA))

    def _announce(self, pairs: Sequence[_Pair]) -> None:
        words = sum(len(" ".join(pair).split()) for pair in pairs) + len(pairs) * len(self._prompt.split())
        tokens = round(_TOKENS_A_WORD * words), _ANSWER_TOKENS * len(pairs)
        text = f"{len(pairs)} requests to {self._client.base_url}, about {tokens[0]:,} tokens to read"
        self._say(f"{text} and at most {tokens[1]:,} to write{self._price(*tokens)}")

    def _account(self, answers: Sequence[str | None]) -> None:
        read, written = self._client.tokens["prompt_tokens"], self._client.tokens["completion_tokens"]
        text = f"the server counted {read:,} tokens read and {written:,} written{self._price(read, written)}"
        unread = answers.count(None)
        self._say(text + f"; {unread} answers named neither side and count as ties" * bool(unread))

    def _price(self, read: int, written: int) -> str:
        cost = (read * self._prices[0] + written * self._prices[1]) / 1_000_000
        return f", price {cost:.4f}" if any(self._prices) else ""

    def _say(self, text: str) -> None:
        print(f"judge: {text}", file=sys.stderr, flush=True)


def read_verdict(answer: str) -> str | None:
    """Return which side an answer names, or None.

    Example:
        >>> read_verdict('<think>A?</think> {"reason": "A lies.", "better": "B"}')
        'B'
    """
    answer = re.sub(r"<think>.*?(?:</think>|\Z)", "", answer, flags=re.DOTALL | re.IGNORECASE)
    found = re.search(r'"better"\s*:\s*("(?:[^"\\]|\\.)*")', answer)
    said = str(json.loads(found[1])).strip().casefold() if found else ""
    return {"a": "A", "b": "B", "tie": "tie"}.get(said)
