"""The grammar of headlines: no "has been", "to" for "will", the present tense for fresh news.

Only what a table or a plain rule decides is rewritten; any other verb keeps its tense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from summarize.composing.verb_forms import base_form, gerund_base, third_person
from summarize.language.tagged import BE, HAVE, NOUN, Tagged
from summarize.language.times import time_length, times
from summarize.language.words import word_set

_PLURAL = word_set(
    "police people officials authorities researchers scientists lawmakers women men children both media"
)
BACK_THEN = word_set("during when before until once initially originally previously earlier")
_STILL = word_set("already now long ever always since often repeatedly")
_SHARES = word_set("third quarter half majority number couple dozen handful fifth tenth")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(slots=True)
class Rewrite:
    """Tokens to drop, as bits, and tokens to replace, by index; `verb` is the main verb that stays."""

    verb: int
    dropped: int = 0
    replaced: dict[int, str] = field(default_factory=dict)


def rewrite(sentence: Tagged) -> Rewrite:
    """Return what changes at a sentence's main verb in a headline."""
    verb = sentence.verb
    change = Rewrite(verb)
    if verb < len(sentence) and any(tag in NOUN for tag in sentence.tags[sentence.start : verb]):
        if sentence.lower[verb] in HAVE | BE | {"will"} and verb < len(sentence) - 1:
            _without_auxiliary(sentence, change)
        elif sentence.tags[verb] == "VBD" and (not _tells_past(sentence) or sentence.lower[verb] == "said"):
            _into_present(sentence, change, sentence.lower[verb], is_plural(sentence))
    _say_now(sentence, change)
    return change


def _without_auxiliary(s: Tagged, change: Rewrite) -> None:
    # "has been jailed" -> "jailed", "has won" -> "wins", "will visit" -> "to visit"
    verb, word = change.verb, s.lower[change.verb]
    after = _behind_adverbs(s, verb + 1)
    participle = s.tags[after] in {"VBN", "VBD"}
    passive = s.lower[after] == "been" and s.tags[min(after + 1, len(s) - 1)] in {"VBN", "VBD"}
    if word in {"has", "have"} and not _STILL.isdisjoint(s.lower[verb + 1 : after]):
        return  # "have already won", "have now lost three"
    if leads := _leads_on(s, verb):
        change.dropped |= leads
    elif (going := _goes_on(s, verb)) is not None:
        at, base = going
        change.replaced[at] = base if word in {"are", "have"} else third_person(base)
        change.dropped |= (0b11 if s.lower[verb + 1] == "been" else 0b1) << verb
        change.verb = at
    elif word == "had" and s.lower[verb + 1] == "to" and is_plural(s) is not None and not _tells_past(s):
        change.replaced[verb] = "have" if is_plural(s) else "has"
    elif word in {"has", "have"} and passive:
        change.dropped |= 1 << verb | 1 << after
        change.verb = after + 1
    elif word in {"has", "have"} and participle:
        if _into_present(s, change, s.lower[after], word == "have", after):
            change.dropped |= 1 << verb
            change.verb = after
    elif word in BE and participle and (word in {"is", "are"} or not _tells_past(s)):
        change.dropped |= 1 << verb
        change.verb = after
    elif word == "will" and (present := _goes_on_then(s, verb)) is not None:
        change.replaced |= {verb: "to", verb + 2: present}
        change.dropped |= 1 << verb + 1
    elif word == "will" and after == verb + 1 and s.tags[after] == "VB" and not _awkward(s, after):
        change.replaced[verb] = "to"


def _leads_on(s: Tagged, verb: int) -> int:
    """The words, as bits, ahead of the news in "is (going) to visit" and "are (being offered)"."""
    following = s.lower[verb + 1 : verb + 3]
    kind = s.tags[min(verb + 2, len(s) - 1)]
    if s.lower[verb] not in {"is", "are"}:
        return 0
    if following == ["going", "to"]:
        return 0b11 << verb
    ahead = (following[:1] == ["to"] and kind == "VB") or (following[:1] == ["being"] and kind == "VBN")
    return 1 << verb if ahead else 0


def _goes_on(s: Tagged, verb: int) -> tuple[int, str] | None:
    """The participle of "is suing", "are still suing" or "has been suing" with its base, or None.

    In a headline the simple present says the same.
    """
    word = s.lower[verb]
    if word in {"is", "are"}:
        after = _behind_adverbs(s, verb + 1)
    elif word in {"has", "have"} and s.lower[verb + 1] == "been":
        after = _behind_adverbs(s, verb + 2)
    else:
        return None
    base = gerund_base(s.lower[after]) if s.tags[after] == "VBG" else None
    return (after, base) if base else None


def _goes_on_then(s: Tagged, verb: int) -> str | None:
    """The base of the participle in "will be interviewing", or None."""
    if s.lower[verb + 1] != "be" or s.tags[min(verb + 2, len(s) - 1)] != "VBG":
        return None
    return gerund_base(s.lower[verb + 2])


def _into_present(s: Tagged, change: Rewrite, past: str, plural: bool | None, at: int | None = None) -> bool:
    """Replace a past tense by the present where its base and its number are known; tell whether it was."""
    base, place = base_form(past), change.verb if at is None else at
    if base is None or plural is None or past in {"hoped", "wanted", "intended"}:
        return False
    if past == "used" and s.lower[min(place + 1, len(s) - 1)] == "to":
        return False  # what used to be is no more
    change.replaced[place] = base if plural else third_person(base)
    return True


def _behind_adverbs(s: Tagged, i: int) -> int:
    while i < len(s) - 1:
        if length := time_length(s, i):
            i += min(length, len(s) - 1 - i)
        elif s.tags[i] == "RB" and s.lower[i] not in {"not", "n't"}:
            i += 1
        else:
            break
    return min(i, len(s) - 1)


def _awkward(sentence: Tagged, verb: int) -> bool:
    # "Fletcher to be expected", "Club to have"
    return sentence.lower[verb] == "have" or (
        sentence.lower[verb] == "be"
        and sentence.lower[min(verb + 1, len(sentence) - 1)] in {"expected", "able", "a", "the"}
    )


def _tells_past(sentence: Tagged) -> bool:
    """Whether the present would be wrong: a year, "during his campaign", or a second past tense."""
    lead = sentence.lower[: sentence.start]
    dated = any(_YEAR.fullmatch(token) for token in sentence.tokens[: sentence.verb + 10])
    if not sentence.parsed and (dated or "ago" in sentence.lower):
        return True
    if BACK_THEN & set(lead):
        return True
    if sentence.parsed:
        return False  # a second past tense goes into the present with the first
    for i in range(sentence.verb + 1, len(sentence) - 1):
        if sentence.lower[i] in {"and", "but"} and "VBD" in sentence.tags[i + 1 : i + 6]:
            return True
    return False


def _say_now(sentence: Tagged, change: Rewrite) -> None:
    # "..., agency said" -> "..., agency says"
    last = len(sentence) - 1
    if sentence.lower[last] == "heard" and sentence.tags[last - 1] in {"NN", "NNP"} and last > sentence.verb:
        change.replaced[last] = "hears"
    if sentence.lower[last] == "said" and last >= sentence.verb:
        teller = last - 2 if sentence.lower[last - 1] in HAVE else last - 1  # "police have said"
        several = sentence.tags[teller] == "NNS" or sentence.lower[teller] in _PLURAL
        change.replaced[last] = "say" if several else "says"


def _is_list(sentence: Tagged, head: int, comma: int) -> bool | None:
    """Whether "A, B and C" are several ("Smith, 45, and Jones") or one ("singer and host Day"), if clear."""
    last = sentence.lower.index("and", comma)
    named = [sentence.tags[i].startswith("NNP") for i in (head, last + 1, sentence.verb - 1)]
    if named[0]:
        return True if named[1] and sentence.tags[comma + 1] in {"CD", "NNP"} else None
    return False if named[2] else None


def is_plural(sentence: Tagged) -> bool | None:
    """Tell whether the subject of the main verb is more than one, or None where that cannot be told.

    Its head is the last noun before the first preposition, where no parser has told its number.
    """
    if sentence.plural is not None:
        return sentence.plural
    head = None
    when = {i for start, end in times(sentence) for i in range(start, end)}
    for i in range(sentence.start, sentence.verb):
        if i in when:
            continue
        kind, word = sentence.tags[i], sentence.lower[i]
        if kind in {"IN", "WDT", "WP", "VBN", "VBG", "VBD"} or word == ",":
            if head is not None:
                if word == "," and "and" in sentence.lower[i : sentence.verb]:
                    return _is_list(sentence, head, i)
                break
        elif kind in NOUN or kind == "CD":
            head = i
        elif word == "and" and head is not None:
            # "Trump and Putin agreed", but "Wales and Lions center Ray Gravell died"
            return True if sentence.verb - i <= 3 else None
    if head is None:
        return False
    if sentence.lower[head] in _SHARES and sentence.lower[head + 1] == "of":
        return "NNS" in sentence.tags[head + 2 : sentence.verb]  # "a third of teachers say"
    people = (
        head > 0
        and sentence.lower[head - 1] == "the"
        and sentence.lower[head].endswith(("ish", "ese", "ench", "utch"))
    )
    numbered = sentence.tags[head] == "CD" and head > 0 and sentence.tags[head - 1] == "NNP"  # "Apollo Three"
    several = (sentence.tags[head] == "CD" and not numbered) or (
        sentence.tags[head] == "NNS" and sentence.lower[head].endswith("s")
    )
    return several or sentence.lower[head] in _PLURAL or people
