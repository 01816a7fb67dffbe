"""Which constituents of a parsed sentence may be left out, and at what price.

A constituent is a word with all that depends on it. The relations are those of ClearNLP; what is optional
follows Dorr, Zajic and Schwartz 2003 ("Hedge Trimmer") and Filippova and Strube 2008 ("Dependency tree
based sentence compression"). How much a reader would miss the words themselves is the encoder's to say; a
price here is for grammar and sense. English only.
"""

from __future__ import annotations

from summarize.composing import vocabulary
from summarize.composing.news.cutting.collocations import is_collocation
from summarize.composing.news.cutting.needs import is_before_nickname, is_needed, is_second_subject
from summarize.composing.news.cutting.prepositions import ANYBODY, SPANS, of_preposition
from summarize.encoder import Analysis
from summarize.language.tagged import BE, NOUN, VERB
from summarize.language.words import word_set

# What may go wherever it stands.
PRICES = {
    "advmod": 0.3,
    "npadvmod": 0.2,
    "amod": 0.7,
    "appos": 0.2,
    "relcl": 0.3,
    "acl": 0.6,
    "advcl": 0.3,
    "prep": 0.4,
    "agent": 0.8,
    "parataxis": 0.3,
    "intj": 0.0,
    "meta": 0.0,
    "nmod": 1.0,
    "compound": 1.2,
    "conj": 0.5,
    "predet": 0.5,
    "dep": 1.0,
    "poss": 1.5,
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
CONDITIONS = word_set("if unless until provided providing once lest whether")
# Without these a word means something else: "alleged killer", "former president", "first woman".
_TELLING = word_set(
    """alleged suspected accused former ex-president fake failed attempted possible potential likely
    unlikely would-be acting presumed late first second third last next only non no same another
    other own few little hardly barely never not almost nearly rarely seldom yet still ever far
    allegedly reportedly purportedly ostensibly seemingly apparently possibly probably perhaps maybe
    supposedly falsely wrongly wrongfully so-called self-styled unofficial proposed planned false
    mock old new great anti- chief prime
    deputy vice assistant co-founder under-21 under-fire joint half double new least most
    more less than too much many"""
)
_LIKE_ADJECTIVES = ("-era", "-based", "-style", "-born", "-backed", "-led", "-owned", "-size", "-area")
_COMPARING = frozenset({"JJS", "RBS", "CD", "WRB", "JJR", "RBR"})
_RANKS = frozenset({"first", "last", "only"})
_LINKED = frozenset({"how", "when", "where", "why", "as", "so", "away", "out"})
_CONTRAST = 1.5  # "had been agreed, | but broke down"
_HOW = 1.0  # what the manner of what was done to somebody costs


def removable(a: Analysis) -> dict[int, float]:
    """Return the price of leaving out each constituent that may go, by its topmost word.

    Nothing reaches into a quotation, and nothing of a name is cut.
    """
    marks = sum(1 << i for i, relation in enumerate(a.relations) if relation == "punct")
    quotations = [((1 << end) - (1 << start)) & ~marks for start, end in a.words.quotations]
    found = {}
    for word, relation in enumerate(a.relations):
        if relation in _SUBJECTS and is_second_subject(a, word):
            relation = "appos"
        price = PRICES.get(relation)
        if price is None or a.heads[word] < 0 or not _is_one_stretch(mask := constituent(a, word)):
            continue
        if any(mask & quoted not in {0, quoted} for quoted in quotations) or _cuts_name(a, word, mask):
            continue
        if is_needed(a, word):
            continue
        extra = _EXTRA[relation](a, word) if relation in _EXTRA else 0.0
        if extra is not None:
            found[word] = price + extra
    return found


def constituent(a: Analysis, word: int) -> int:
    """Return a word, all that depends on it, and the "and" before it, as the bits of an integer."""
    mask = a.subtree[word]
    if a.relations[word] in {"conj", "appos", "parataxis"}:
        for sibling in a.children[a.heads[word]]:
            if a.relations[sibling] in {"cc", "preconj"} and sibling < word:
                siblings = a.children[a.heads[word]]
                later = any(a.relations[c] == "conj" and sibling < c < word for c in siblings)
                if not later or a.relations[sibling] == "preconj":
                    mask |= a.subtree[sibling]
    return mask


def _is_one_stretch(mask: int) -> bool:
    """Whether the bits stand together, but for marks between."""
    shifted = mask // (mask & -mask)
    gaps = shifted ^ ((1 << shifted.bit_length()) - 1)
    return gaps.bit_count() <= 2


def _cuts_name(a: Analysis, word: int, mask: int) -> bool:
    """Whether part of a name would go and part would stay; a place or a date may end with what is cut."""
    first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
    tags = a.words.tags
    proper = {"NNP", "NNPS"}
    if _is_glued(a, first, last) or is_before_nickname(a, last):
        return True
    runs_on = last + 1 < len(a) and a.words.spaced[last + 1] and {tags[last], tags[last + 1]} <= proper
    runs_in = first > 0 and a.relations[word] != "prep" and {tags[first], tags[first - 1]} <= proper
    titled = a.relations[word] == "compound" and any(
        name.kind == "PER" and name.start <= a.heads[word] < name.end for name in a.names
    )
    if (runs_on or runs_in) and not titled:
        return True
    return any(
        mask >> name.start & ((1 << name.end - name.start) - 1) not in {0, (1 << name.end - name.start) - 1}
        for name in a.names
        if name.kind not in {"DATE", "NORP"} and "," not in a.words.tokens[name.start : name.end]
    )


def _is_glued(a: Analysis, first: int, last: int) -> bool:
    """Whether no blank stands between words first to last and a word beside them: "much-|loved"."""
    tokens, spaced = a.words.tokens, a.words.spaced
    behind = last + 1 < len(a) and not spaced[last + 1]
    if behind and (tokens[last + 1][0].isalnum() or tokens[last + 1] in {"-", "/"}):
        return True
    inside = tokens[first] in {"-", "/"} and not spaced[first]  # "31|-21"
    return first > 0 and (inside or (not spaced[first] and tokens[first - 1] in {"-", "/"}))


def _modifier(a: Analysis, word: int) -> float | None:
    low, tag = a.words.lower[word], a.words.tags[word]
    if low in _TELLING or tag in _COMPARING or a.words.tags[a.heads[word]] == "CD":
        return None
    below = a.children[word]
    if any(a.relations[child] == "neg" or a.words.tags[child] in {"RBS", "RBR"} for child in below):
        return None  # "the most | successful"
    if a.words.lower[a.heads[word]] in {"high", "low"} and a.relations[a.heads[word]] == "pobj":
        return None  # "at a | five-year | high"
    if word + 1 < len(a) and is_collocation(low, a.words.lower[word + 1]):
        return None
    if tag.startswith("JJ") and a.relations[a.heads[word]] == "compound":
        return None  # "a | closed | door meeting"
    beside = word + 1 == a.heads[word] - 1 and a.relations[word + 1] == "compound"
    if (beside and low.endswith("ed")) or (low == "such" and a.words.lower[word + 1] == "as"):
        return None  # the same where the encoder sees it otherwise, and "skills | such | as walking"
    return 0.0


def _adverb(a: Analysis, word: int) -> float | None:
    low, head = a.words.lower[word], a.heads[word]
    if low in vocabulary.EMPTY_ADVERBS and a.words.tags[head] in VERB:
        return -0.3
    # "as many as 20", "out of court", "how long": an adverb of another adverb or preposition belongs to it.
    if a.words.tags[head] not in VERB | {"JJ"} or low in _LINKED:
        return None
    if low in vocabulary.PARTICLES and word == head + 1:
        return None
    if low.endswith("ly") and word == head - 1 and a.words.tags[head] == "VBN":
        return _HOW  # "was | racially | profiled"
    return _modifier(a, word)


def _time(a: Analysis, word: int) -> float | None:
    return None if a.words.tags[a.heads[word]] not in VERB or a.words.lower[a.heads[word]] == "aged" else 0.0


def _compound(a: Analysis, word: int) -> float | None:
    """A title before a name may go as a whole, another noun before a noun only at the left."""
    head = a.heads[word]
    before = [c for c in a.children[head] if c < word and a.relations[c] not in {"det", "punct", "poss"}]
    low = a.words.lower
    if before or word >= head or a.words.tags[word] == "CD" or is_collocation(low[word], low[word + 1]):
        return None
    titled = any(name.kind == "PER" and name.start <= head < name.end for name in a.names)
    first = (a.subtree[word] & -a.subtree[word]).bit_length() - 1
    if (first and a.relations[first - 1] in {"cc", "prep"}) or any(
        a.relations[c] == "conj" for c in a.children[word]
    ):
        return None  # "wrestler and | television star | Hana Kimura"
    # "World War | II-era | submarine"
    plain = not a.words.tags[word].startswith("NNP") or a.words.lower[word].endswith(_LIKE_ADJECTIVES)
    return 0.0 if titled or plain else None


def _conjunct(a: Analysis, word: int) -> float | None:
    head, low = a.heads[word], a.words.lower
    if a.relations[head] in _SUBJECTS | {"conj", "amod", "nmod", "compound", "nummod", "quantmod"}:
        return None
    if a.words.tags[head].startswith("NNP") and a.words.tags[word].startswith("NNP"):
        return None  # "two suspects, Labidi | and Khachnaou"
    siblings = a.children[head]
    if any(a.relations[c] == "nummod" for c in siblings):
        return None  # "2,000 men | and women"
    if any(a.relations[c] == "neg" for c in siblings) and "but" in low[head:word]:
        return None
    # "between A and B", "both A and B", "A or B"
    pair = a.relations[head] == "pobj" and low[a.heads[head]] == "between"
    if pair or any(a.relations[c] == "preconj" or low[c] == "or" for c in siblings):
        return None
    if sum(a.relations[c] == "conj" for c in siblings) > 1:
        return None
    if a.words.tags[head] not in VERB:
        return 1.0
    contrast = any(low[c] in {"but", "yet"} and head < c < word for c in siblings)
    return _CONTRAST if contrast else 0.0


def _apposition(a: Analysis, word: int) -> float | None:
    first = (constituent(a, word) & -constituent(a, word)).bit_length() - 1
    return 0.0 if first and a.words.tokens[first - 1] in {",", "(", "–", "—", "-", "--", ":"} else None


def _relative(a: Analysis, word: int) -> float | None:
    head = a.heads[word]
    first = (a.subtree[word] & -a.subtree[word]).bit_length() - 1
    loose = first > 0 and a.words.tokens[first - 1] in {",", "–", "—", "-"}
    if a.words.tags[head] in {"DT", "PRP", "WP"} or (a.words.lower[head] in ANYBODY and not loose):
        return None
    return 0.0 if loose else 0.6


def _clause_of_noun(a: Analysis, word: int) -> float | None:
    """ "a resolution | to expel troops": an infinitive says which, a participle only more."""
    if a.words.lower[a.heads[word]] in ANYBODY and a.words.tokens[word - 1] not in {",", "(", "-", "–", "—"}:
        return None  # "a man | suspected of murder"
    head = a.heads[word]
    if a.relations[head] == "pobj" and a.words.lower[a.heads[head]] == "with":
        return None  # "with Oxley | suspended"
    return None if any(a.words.tags[child] == "TO" for child in a.children[word]) else 0.0


def _clause_of_verb(a: Analysis, word: int) -> float | None:
    openers = {a.words.lower[c] for c in a.children[word] if a.relations[c] in {"mark", "advmod"}} | {
        a.words.lower[(a.subtree[word] & -a.subtree[word]).bit_length() - 1]
    }
    if not openers.isdisjoint(CONDITIONS):
        return None
    if a.relations[a.heads[word]] == "npadvmod" or a.words.lower[a.heads[word]] in SPANS:
        return None
    # "died trying to escape", "is said to have": an infinitive at the verb's heel is seldom loose.
    to = any(a.words.tags[child] == "TO" for child in a.children[word])
    if to and word > a.heads[word] and a.words.tags[a.heads[word]] == "VBN":
        return None  # "projected | to win"
    return 1.0 if to and word > a.heads[word] else 0.0


def _possessor(a: Analysis, word: int) -> float | None:
    """ "his wife" may lose its "his" in a headline; a named owner says whose, and "the biggest" of whom."""
    named = a.words.tags[word].startswith("NNP") or a.words.lower[word] == "world"
    beside = {i for c in a.children[a.heads[word]] for i in (c, *a.children[c]) if word < i < a.heads[word]}
    ranked = any(a.words.tags[i] in {"JJS", "RBS"} or a.words.lower[i] in _RANKS for i in beside)
    if named and ranked:
        return None  # "Iran's | third largest city"
    return -1.2 if a.words.tags[word] == "PRP$" else 0.5 if a.words.tags[word] in NOUN else None


def _agent(a: Analysis, word: int) -> float | None:
    head = a.heads[word]
    return 0.0 if any(a.words.lower[c] in BE for c in a.children[head]) else 1.5


_EXTRA = {
    "prep": of_preposition,
    "amod": _modifier,
    "nmod": _modifier,
    "advmod": _adverb,
    "npadvmod": _time,
    "compound": _compound,
    "conj": _conjunct,
    "appos": _apposition,
    "relcl": _relative,
    "acl": _clause_of_noun,
    "advcl": _clause_of_verb,
    "poss": _possessor,
    "agent": _agent,
}
