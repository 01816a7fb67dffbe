"""The booth: hands a voter the next pair with its names hidden, takes votes, tells the names when all are in.

Which pair tells most is asked of the evaluator; what is kept is in `store`. Briefs are written in the
processes of the page's work. No HTTP here.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from summarize.document import Document
from summarize.errors import InputError, OptionError, SummarizeError
from summarize.web import running
from summarize.web.jobs import runs
from summarize.web.jobs.lanes import BusyError, StoppedError
from summarize.web.server.limits import check_names, check_text
from summarize.web.voting.ballots import CHOICES, PARTS, Ballot, Vote
from summarize.web.voting.store import VoteStore, now
from summarize.web.voting.study import Contestant, Study, StudyArticle, contestants
from summarize.writing.wording import box_title

PASTED = "pasted"  # what an article of a voter's own is called; its hash tells which it is
_KEPT = 2000  # briefs in memory
_TRIES = 10  # pairs of which a summarizer fails, before the voter is told


class Judging(Protocol):
    """What the booth needs of an evaluator: `summarize_eval.web` is one."""

    def next_pair(
        self,
        votes: Sequence[Vote],
        systems: Sequence[str],
        articles: Sequence[str],
        voter: str,
        passed: Collection[tuple[str, frozenset[str]]] = (),
    ) -> tuple[str, frozenset[str]] | None:
        """Return the article and the two systems to ask about, or None where nothing is left."""

    def show_votes(self, votes: Sequence[Vote]) -> str:
        """Return who is ahead, as HTML."""


@dataclass(frozen=True)
class _Written:
    """A brief as voters see it."""

    lines: Mapping[str, tuple[str, ...]]
    box: str


class Booth:
    """Where votes are cast.

    Args:
        store: keeps them.
        judging: the evaluator.
        study: what is voted on where a voter brings no article.
    """

    def __init__(self, store: VoteStore, judging: Judging, study: Study) -> None:
        self.store = store
        self._judging, self._study = judging, study
        self._written: OrderedDict[tuple[str, str], _Written] = OrderedDict()
        self._broken: set[tuple[str, frozenset[str]]] = set()
        self._lock = threading.Lock()

    def next(self, run: runs.WebRun, voter: str, text: str = "", names: Sequence[str] = ()) -> dict[str, Any]:
        """Return the next pair for a voter as plain data, or why there is none.

        A pair that was begun is given again, with the sides as they were.

        Args:
            run: whose jobs the briefs are.
            voter: a random name.
            text: an article of the voter's own, or nothing for one of the study.
            names: the summarizers of that article.

        Raises:
            InputError, OptionError: for an article or names that cannot be taken.
            StoppedError, BusyError: where the voter is gone, or too many wait.
        """
        study = self._own(text, names) if text.strip() else self._study
        shown = [one for one in self.store.ballots_of(voter) if one.text_hash in study.articles]
        if shown and (begun := self._again(run, shown[-1], study)):
            return begun
        passed = {(one.text_hash, frozenset((one.left_signature, one.right_signature))) for one in shown}
        votes, problem = self.store.votes(), ""
        for _ in range(_TRIES):
            skipped = passed | self._broken
            found = self._judging.next_pair(
                votes, list(study.contestants), list(study.articles), voter, skipped
            )
            if found is None:
                return {"done": True, "judged": len(shown), "problem": problem}
            article, pair = study.articles[found[0]], sorted(found[1])
            if secrets.randbelow(2):
                pair.reverse()
            try:
                sides = study.contestants[pair[0]], study.contestants[pair[1]]
                return self._hand_out(article, *sides, voter, self._briefs(run, article, *sides))
            except (StoppedError, BusyError):
                raise
            except SummarizeError as error:
                problem = str(error)
                self._broken.add(found)
        raise InputError(f"no pair could be written, the last because: {problem}")

    def cast(self, voter: str, ballot: str, part: str, choice: str) -> dict[str, Any]:
        """Keep a vote, and return what was chosen so far; the names where that is all.

        Raises:
            OptionError: for a part or a choice that does not exist.
            InputError: for a pair that was not handed out to this voter.
            OutputError: where the vote cannot be kept.
        """
        if choice not in CHOICES:
            raise OptionError(f"a choice is one of {', '.join(CHOICES)}, not {choice!r}")
        found = self.store.ballot(ballot)
        if found is None or found.voter != voter:
            raise InputError("this pair was not handed out to this voter; take the next one")
        if part not in found.parts:
            raise OptionError(f"the parts of this pair are {', '.join(found.parts)}, not {part!r}")
        if not self._names(found)["names"]:  # once they are told, the vote stands
            self.store.cast(ballot, part, choice)
        return self._names(found)

    def board(self) -> str:
        """Return who is ahead, as HTML."""
        return self._judging.show_votes(self.store.votes())

    def _names(self, ballot: Ballot) -> dict[str, Any]:
        choices = self.store.choices(ballot.id)
        names = None
        if set(choices) == set(ballot.parts):
            names = {
                "left": ballot.left,
                "left_signature": ballot.left_signature,
                "right": ballot.right,
                "right_signature": ballot.right_signature,
            }
        return {"choices": choices, "names": names}

    def _own(self, text: str, names: Sequence[str]) -> Study:
        """Return a study of a voter's own article."""
        article = StudyArticle(PASTED, check_text(text))
        chosen = check_names(list(names))
        if strange := [name for name in chosen if ":" in name or running.needs_model(name)]:
            raise OptionError(f"{strange[0]} cannot be voted on here: it needs a model; choose others")
        return Study({article.text_hash: article}, contestants(chosen))

    def _again(self, run: runs.WebRun, ballot: Ballot, study: Study) -> dict[str, Any] | None:
        """Return a pair that was begun, where it can still be shown as it was."""
        left, right = (study.contestants.get(one) for one in (ballot.left_signature, ballot.right_signature))
        if not left or not right or set(self.store.choices(ballot.id)) == set(ballot.parts):
            return None
        try:
            briefs = self._briefs(run, study.articles[ballot.text_hash], left, right)
            return self._laid_out(ballot, *briefs)
        except (StoppedError, BusyError):
            raise
        except SummarizeError:
            return None

    def _hand_out(
        self, article: StudyArticle, left: Contestant, right: Contestant, voter: str,
        written: tuple[Document, tuple[_Written, _Written]],
    ) -> dict[str, Any]:  # fmt: skip
        document, briefs = written
        parts = tuple(part for part in PARTS if any(brief.lines[part] for brief in briefs))
        if not parts:
            raise InputError(f"{left.name} and {right.name} write nothing about {article.id}")
        ballot = Ballot(
            secrets.token_urlsafe(12), article.id, article.text_hash, left.name, left.signature,
            right.name, right.signature, parts, voter, now(),
        )  # fmt: skip
        self.store.hand_out(ballot)
        return self._laid_out(ballot, document, briefs)

    def _briefs(
        self, run: runs.WebRun, article: StudyArticle, left: Contestant, right: Contestant
    ) -> tuple[Document, tuple[_Written, _Written]]:
        document: Document = run.call(_parsed, article)
        left_brief, right_brief = (self._brief(run, article, by, document) for by in (left, right))
        return document, (left_brief, right_brief)

    def _brief(self, run: runs.WebRun, article: StudyArticle, by: Contestant, document: Document) -> _Written:
        key = article.text_hash, by.signature
        with self._lock:
            if found := self._written.get(key):
                self._written.move_to_end(key)
                return found
        planned = by.plan(document)
        if planned.refusal:
            raise InputError(planned.refusal)
        how = {"lane": planned.lane, "key": planned.key, "cost": planned.cost}
        written: _Written = run.call(_written, by, document, **how)
        with self._lock:
            self._written[key] = written
            if len(self._written) > _KEPT:
                self._written.popitem(last=False)
        return written

    def _laid_out(
        self, ballot: Ballot, document: Document, briefs: tuple[_Written, _Written]
    ) -> dict[str, Any]:
        titles = {"headline": "Headline", "bullets": "Bullets", "wysk": briefs[0].box}
        chosen = self.store.choices(ballot.id)
        left, right = briefs
        return {
            "ballot": ballot.id,
            "title": document.title or "",
            "language": document.language,
            "article": _paragraphs(document),
            "parts": [
                {
                    "part": part,
                    "title": titles[part],
                    "left": left.lines[part],
                    "right": right.lines[part],
                    "choice": chosen.get(part, ""),
                }
                for part in ballot.parts
            ],
        }


def _parsed(article: StudyArticle) -> Document:
    from summarize.parsing.parse import parse

    return parse(article.text, title=article.title)


def _written(by: Contestant, document: Document) -> _Written:
    brief = by.write(document)
    return _Written(
        {part: tuple(line.text for line in brief.lines(part)) for part in PARTS}, box_title(brief)
    )


def _paragraphs(document: Document) -> list[str]:
    """The story without its own box, which no summarizer has seen either."""
    return [
        " ".join(sentence.line for sentence in group)
        for _, group in groupby(document.sentences, key=lambda sentence: sentence.paragraph)
    ]
