"""Alignment: which sentences of the source support a line. Lexical; by meaning: `embeddings`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarize.brief import Evidence
from summarize.document import Document
from summarize.evidence.quotes import quotations
from summarize.evidence.source import FUNCTION_WEIGHT, Source, read_source
from summarize.language.lexicon import FUNCTION_WORDS
from summarize.language.tokens import Tokens, tokenize

MOST = 3
_LEAST_SCORE = 0.12
_LEAST_GAIN = 0.1
_PASSAGE_WORDS = 320  # with the line some 450 tokens, where most classifiers read 512
_HOLDERS, _TIES = 256, 64  # sentences that are looked at for one stem, and of those that are equally good


def align(line_text: str, document: Document) -> tuple[Evidence, ...]:
    """Return up to three sentences of a document that a line rests on, best first.

    The first covers most of the line, each further one adds support that those before lack. Words weigh
    by their rarity in the document; names, numbers and words in quotation marks weigh most. Scores are the
    share of the line's weight found in the sentence, 0 to 1; 1 where the line is taken from it.
    """
    source = read_source(document)
    return align_tokens(tokenize(line_text, document.language), line_text, source)


def passage(evidence: Sequence[Evidence], document: Document) -> str:
    """Return the sentences that a line rests on and their neighbours, in the order of the document.

    The neighbours say who "he" is and what "it" was. Of more than 320 words, those of the lesser evidence are
    left out first.
    """
    body = document.sentences
    best = [found.sentence for found in evidence]
    beside = [near for index in best for near in (index - 1, index + 1) if 0 <= near < len(body)]
    kept: set[int] = set()
    words = 0
    for index in dict.fromkeys((*best, *beside)):
        length = len(body[index].line.split())
        if not kept or words + length <= _PASSAGE_WORDS:
            kept.add(index)
            words += length
    return " ".join(body[index].line for index in sorted(kept))


def align_tokens(tokens: Tokens, line_text: str, source: Source) -> tuple[Evidence, ...]:
    """Align a line that is already tokenized with a source that is already read."""
    if not tokens:
        return ()
    wanted = frozenset(tokens.stems)
    rarest = min(map(source.holders, wanted), key=len)
    whole = [sentence for sentence in rarest if wanted <= source.stem_sets[sentence]]
    if whole:
        # All of the line stands in one sentence: a second one adds nothing, and no weight changes the share.
        best = _likest(whole, tokens, source)
        place = source.document.sentences[best]
        return (Evidence(best, place.start, place.end),)
    weights = _weights(tokens, line_text, source)
    total = sum(weights.values())
    coverage: dict[int, float] = defaultdict(float)
    holders = {stem: found for stem in weights if (found := source.holders(stem)[:_HOLDERS])}
    for stem, sentences in holders.items():
        for sentence in sentences:
            coverage[sentence] += weights[stem]
    chosen: list[int] = []
    gain, taken = coverage.copy(), frozenset[str]()
    while gain:
        if max(gain.values()) < (_LEAST_GAIN if chosen else _LEAST_SCORE) * total:
            break
        chosen.append(_best(gain, tokens, source))
        if len(chosen) == MOST:
            break
        del gain[chosen[-1]]
        # What the sentence has of the line, no other can add any more.
        fresh = (source.stem_sets[chosen[-1]] & wanted) - taken
        taken |= fresh
        for stem in holders:
            if stem in fresh:
                for sentence in holders[stem]:
                    if sentence in gain:
                        gain[sentence] -= weights[stem]
    scored = [(min(1.0, coverage[s] / total), s) for s in chosen]
    scored.sort(key=lambda pair: -pair[0])
    body = source.document.sentences
    return tuple(Evidence(s, body[s].start, body[s].end, round(score, 4)) for score, s in scored)


def _weights(tokens: Tokens, line_text: str, source: Source) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    quoted = quotations(line_text)
    columns = zip(tokens.words, tokens.lows, tokens.stems, tokens.starts, strict=True)
    for word, low, stem, start in columns:
        if low in FUNCTION_WORDS:
            weight = FUNCTION_WEIGHT
        else:
            weight = source.rarity(stem)
            # Names and numbers count twice.
            if word[0].isupper() or word[0].isdigit():
                weight *= 2
        weights[stem] += 1.5 * weight if quoted and any(a <= start < b for a, b in quoted) else weight
    return weights


def _best(gain: dict[int, float], tokens: Tokens, source: Source) -> int:
    """Return the sentence that adds most; of equals the likest."""
    most = max(gain.values()) - 1e-9
    return _likest([sentence for sentence, value in gain.items() if value >= most], tokens, source)


def _likest(sentences: Sequence[int], tokens: Tokens, source: Source) -> int:
    """Return the sentence most like a line in word pairs; of equals in length; of equals the first."""
    if len(sentences) == 1:
        return sentences[0]

    def likeness(sentence: int) -> tuple[int, int, int]:
        other = source.sentences[sentence]
        return _shared_pairs(tokens, other), -abs(len(other) - len(tokens)), -sentence

    return max(sentences[:_TIES], key=likeness)


def _shared_pairs(tokens: Tokens, sentence: Tokens) -> int:
    """Return how many neighbouring stems of the line stand so in the sentence; decides between equals."""
    pairs = set(zip(sentence.stems, sentence.stems[1:], strict=False))
    return sum(pair in pairs for pair in zip(tokens.stems, tokens.stems[1:], strict=False))
