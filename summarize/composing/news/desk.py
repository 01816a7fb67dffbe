"""The news desk: one article, its sentences ranked and read, and what is made of them for each style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from summarize.brief import Evidence, Line
from summarize.composing.editing import stands_alone, tidy
from summarize.composing.headline import first_clause, headline
from summarize.composing.news import box as box_of
from summarize.composing.news import bullets as bullets_of
from summarize.composing.news.choice import StoryWords, best_first, draft_features
from summarize.composing.news.cutting.marks import initials_used
from summarize.composing.news.cutting.past import is_caption
from summarize.composing.news.gates import is_printable
from summarize.composing.news.headlines import HeadlineDraft, drafts, worths
from summarize.composing.news.learned.models import SHIPPED, Models
from summarize.composing.news.lines import LineContext, after_headline
from summarize.composing.news.naming.introductions import introduce
from summarize.composing.news.naming.people import People
from summarize.composing.news.quotes import quotation
from summarize.composing.news.sentences import Choices, Told, told
from summarize.composing.news.worth import SentenceWorth
from summarize.document import Document
from summarize.encoder import Analysis, analyse
from summarize.style import Style

_READ_HEADLINE, _READ_BULLETS, _READ_BOX, _READ_FURTHER, _READ_AT_MOST = 3, 6, 6, 3, 18
_NEWS = 0.04  # what the encoder's judgement of a sentence adds to the ranker's, for each unit of log odds
_HEADLINES = 6  # sentences that headlines are made of
# A sentence of more words costs the bullets room: what each word beyond these is worth.
_LONG, _EACH = 22, 0.003
_ROOM = 12  # words more for the bullet of the headline's sentence, which must tell more than the headline
_TOP = 12  # stems that stand for the story
_NOBODY: frozenset[str] = frozenset()

Floats = NDArray[np.float64]


class NewsDesk:
    """Writes one article's lines.

    Args:
        document: with at least one sentence, in English.
        scores: TextRank's, shape (sentences,).
        models: what was learned; what ships, but where it is measured.

    Attributes:
        read: the sentences that were read, by their index.
        stems: the content stems of every sentence.
        headline_from: the sentence that the headline was made of, once it is.
    """

    def __init__(self, document: Document, scores: Floats, models: Models = SHIPPED) -> None:
        self._document, self.models, self._scores = document, models, scores
        self._lines = [tidy(sentence.line) for sentence in document.sentences]
        self.worth = SentenceWorth(document, scores, self._lines, models)
        self.people = People(document)
        self.stems = [frozenset(stems) for stems in document.content]
        self.read: dict[int, Analysis] = {}
        self._choices: dict[tuple[int, int, int, frozenset[str]], Choices] = {}
        self._told: dict[tuple[object, ...], Told | None] = {}
        self._after: dict[tuple[LineContext, tuple[str, ...]], LineContext] = {}
        self._tried: set[int] = set()
        self.headline_from: set[int] = set()
        self._context = LineContext()
        self._read(self._first_reading())

    def _first_reading(self) -> list[int]:
        """The sentences that may become lines: the first one, and the likeliest of each part."""
        printable = [i for i, line in enumerate(self._lines) if is_printable(line)]
        by_rank = sorted(printable, key=lambda i: -self.worth.choice["bullets"][i])
        self._by_rank = by_rank
        self._waiting = sorted(filter(self._can_open, printable), key=lambda i: -self.worth.choice["box"][i])
        first = sorted(range(len(self._lines)), key=lambda i: -self.worth.choice["news"][i])[:_READ_HEADLINE]
        return sorted({0, *first, *by_rank[:_READ_BULLETS], *self._waiting[:_READ_BOX]})

    def _read(self, indices: Sequence[int]) -> None:
        found = analyse([self._lines[i] for i in indices])
        told = [a for a in [*self.read.values(), *found] if a is not None]
        past = sum(a.words.tags[a.root] in {"VBD", "VBN"} for a in told)
        if 2 * past > len(told):  # a story in the past: what happens now in it is a picture's caption
            found = [None if a is not None and is_caption(a) else a for a in found]
        self.read.update({i: a for i, a in zip(indices, found, strict=True) if a is not None})
        self._tried.update(indices)
        for a in filter(None, found):
            self.people.have_read(a)
        self.worth.choose(self.read)

    def read_further(self, *, box: bool = True) -> bool:
        """Read a few more sentences for box or bullets; False where none is left, or enough was read."""
        waiting = self._waiting if box else self._by_rank
        further = [i for i in waiting if i not in self._tried][:_READ_FURTHER]
        if not further or len(self._tried) > _READ_AT_MOST:
            return False
        self._read(sorted(further))
        return True

    def _can_open(self, index: int) -> bool:
        """Whether a sentence does not open with "he" or "this", or says whom that means."""
        line = self._lines[index]
        if stands_alone(line):
            return True
        first = line.split(maxsplit=1)[0].lower()
        return first in {"he", "she", "his", "her"} and self.people.meant(index, first) is not None

    @cached_property
    def story(self) -> StoryWords:
        """What headlines are held against."""
        # Of stems as frequent as each other, those that the story tells first: a set has no order of its own.
        counted = Counter(chain.from_iterable(map(dict.fromkeys, self._document.content[:80])))
        return StoryWords(
            {stem: float(np.log1p(count)) for stem, count in counted.items()},
            frozenset(stem for stem, _ in counted.most_common(_TOP)),
            self.stems[0],
            self._scores * len(self._scores),
            self.worth.bullets - self.worth.bullets.max(),
            self.worth.choice["news"],
        )

    def overlap(self, index: int) -> float:
        """How much of a summary a sentence that was read is likely to tell."""
        over = max(0, len(self._lines[index].split()) - _LONG)
        return float(self.worth.bullets[index]) + _NEWS * self.read[index].news - _EACH * over

    def _headline_order(self, index: int) -> float:
        """The likeliest first."""
        return -float(self.worth.choice["news"][index])

    def drafts(self) -> list[HeadlineDraft]:
        """Every headline that the likeliest sentences allow."""
        likely = sorted(self.read, key=self._headline_order)
        return [
            draft
            for index in likely[:_HEADLINES]
            for draft in drafts(self.read[index], index, worths(self.read[index], self.story.frequency))
        ]

    def features_of(self, found: Sequence[HeadlineDraft]) -> Floats:
        """What the choice of a headline sees of each draft, shape (drafts, 43)."""
        readers = self.models.readers()
        missed = {index: readers.missed(self.read[index]) for index in {d.sentence for d in found}}
        return draft_features(found, self.read, missed, self.story)

    def headline(self) -> Line | None:
        """Write the headline, or None where no sentence yields one.

        A draft that leaves a reader wondering whom it means stands back behind what rules make.
        """
        found = self.drafts()
        if found:
            found = best_first(found, self.read, self.features_of(found), self.models.trees)
        printed = (self.printed(draft) for draft in found)
        line = next((line for line in printed if line is not None), None) or self._plain(found)
        if line is not None:
            first = line.evidence[0].sentence
            self.headline_from = {first}
            self._context = after_headline(line.text, self.read.get(first))
        return line

    def _plain(self, found: Sequence[HeadlineDraft]) -> Line | None:
        """What is left where no draft can be printed: a quotation, what rules make, or the first clause."""
        for index in sorted(self.read)[:_READ_HEADLINE]:
            if not found and (said := quotation(self.read[index])) is not None:
                return self._line(said, (index,))
        by_rule = headline(self._document, self._scores)
        if by_rule:
            return by_rule[0]
        index, text = (found[0].sentence, found[0].text) if found else first_clause(self._lines)
        return self._line(text, (index,)) if text else None

    def printed(self, draft: HeadlineDraft) -> Line | None:
        """Return a draft as a headline that names everybody in full, or None where that cannot be."""
        a = self.read[draft.sentence]
        kept = [i for i in range(len(a)) if draft.compression.kept >> i & 1]
        # "The move" is no clearer without its article.
        spoken = [i for i in range(len(a)) if i in kept or (a.words.lower[i] == "the" and i + 1 in kept)]
        introduced = introduce(a, spoken, draft.sentence, self.people, frozenset())
        if introduced is None:
            return None
        text = draft.with_names(a, introduced.replaced) if introduced.replaced else draft.text
        if text is None:
            return None
        return self._line(text, (draft.sentence, *introduced.evidence))

    def _line(self, text: str, indices: Sequence[int]) -> Line:
        rests_on = dict.fromkeys(indices)
        sentences = [(index, self._document.sentences[index]) for index in rests_on]
        return Line(text, tuple(Evidence(index, s.start, s.end) for index, s in sentences))

    def bullets(self, style: Style, aim: int) -> list[Told]:
        """Choose and write the bullets, in the order of the story."""
        return bullets_of.bullets(self, style, aim)

    def aim(self, index: int, aim: int) -> int:
        """How many words a line aims at: more where the headline has told the half of it."""
        return aim + _ROOM if index in self.headline_from else aim

    def bullet(self, index: int, chosen: Mapping[int, Told], aim: int, style: Style) -> Told | None:
        """What a sentence would say among other bullets."""
        before = [chosen[other] for other in sorted(chosen) if other < index]
        named = self._context.met.union(*(line.named for line in before))
        follows = bool(before) and self._names_somebody(index - 1, [before[-1].index])
        return self.told(index, named, self.aim(index, aim), style, follows=follows)

    def in_order(
        self,
        indices: Sequence[int],
        aim: int,
        style: Style,
        met: frozenset[str] = _NOBODY,
        before: Sequence[int] = (),
    ) -> list[Told]:
        """Write sentences in the order of the story: whom one line names, the next need not introduce.

        Those who were `met` elsewhere get their full name and no role. The lines are read `before` those of
        other sentences, and introduce their initials.
        """
        written: list[Told] = []
        named = self._context.met
        for index in sorted(indices):
            follows = bool(written) and self._names_somebody(index - 1, [written[-1].index])
            later = [other for other in indices if other > index]
            initials = initials_used(self._lines[index], [self._lines[i] for i in (*later, *before)])
            line = self.told(
                index, named, self.aim(index, aim), style, follows=follows, met=met, initials=initials
            )
            if line is not None and style.admits([*(other.text for other in written), line.text]):
                written.append(line)
                named |= line.named
        return written

    def told(
        self,
        index: int,
        named: frozenset[str],
        aim: int,
        style: Style,
        *,
        follows: bool = False,
        met: frozenset[str] = _NOBODY,
        initials: frozenset[str] = _NOBODY,
    ) -> Told | None:
        """Make a line of a sentence that was read."""
        key = (index, named, aim, style, follows, met, initials)
        if key not in self._told:
            most = style.line_words
            way = (index, aim, most, initials)
            if way not in self._choices:
                self._choices[way] = Choices(self.read[index], aim, most, initials)
            choices, stems = self._choices[way], self.stems[index]
            self._told[key] = told(choices, index, self.people, named, stems, style, follows=follows, met=met)
        return self._told[key]

    def _names_somebody(self, index: int, chosen: Collection[int]) -> bool:
        """Whether a sentence is among the lines, and the only one it names is its subject."""
        if index not in chosen or index not in self.read:
            return False
        return sum(name.kind == "PER" for name in self.read[index].names) == 1

    def after(self, lines: Sequence[Told]) -> LineContext:
        """What a reader has read once headline and some lines are read."""
        key = (self._context, tuple(line.text for line in lines))
        if key not in self._after:
            self._after[key] = self.after(lines[:-1]).followed_by(lines[-1]) if lines else self._context
        return self._after[key]

    def box(self, style: Style, bullets: Sequence[Told], headline: Line | None) -> list[Told]:
        """Choose and write the box."""
        return box_of.box(self, style, bullets, headline)
