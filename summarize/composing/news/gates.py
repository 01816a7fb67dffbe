"""Lines that no editor prints, whatever they tell: captions, questions, talk, halves. English only."""

from __future__ import annotations

import re
from functools import lru_cache

from summarize.composing.editing import is_broken, is_ended, is_whole

_CAPTION = re.compile(
    r"\((?:[^()]*\b)?(?:pictured|file photo|stock image|left|right|above|below|centre|center|inset)\b[^()]*\)"
    r"|\b(?:scroll down|pictured|click here|read more|photo(?:graph)?s? by|image credit"
    r"|file (?:photo|picture|image)"
    r"|in this (?:photo|picture|image)|(?:photo|image|video|picture|source|credit)s?:"
    r"|see (?:video|photos|pictures|below|above)|watch the video|follow (?:us|him|her|me|@)|@\w+|https?://|www\.)"
    r"|^(?:pictured|above|below|left|right|main|inset|from left|seen here|advertisement)\b ?[:,]",
    re.IGNORECASE,
)
# What somebody does in a picture: "Tiger Woods waits to play a shot", "President Bush pauses Tuesday".
_POSING = re.compile(
    r"^(?:[\w’'.-]+ ){1,6}(?:pauses|poses|waits|stares|gestures (?:to|at|during)|smiles|applauds"
    r"|waves (?:to|at)|watches on|looks on|celebrates (?:after|taking|with|scoring|his|her|winning)"
    r"|leaves court|is congratulated|sitting with|arrives? (?:at|for) (?:court|the court)|can be seen"
    r"|is (?:seen|shown) (?:here|in this|leaving|arriving))\b"
    r"|\b(?:like this one|this (?:image|picture|photo(?:graph)?|nightclub)"
    r"|the following (?:pictures|photos|images))\b"
)
# Where the article is, a reader of the brief is not.
_HERE = re.compile(r"\b[Hh]ere\b(?! to\b)")
# The present tense beside a day, of somebody in a picture: "O.J. Simpson leaves the centre late Wednesday".
_SEEN = re.compile(
    r"^(?:(?:With [^,]+, )?[A-Z][\w.’'-]*\.? ){2,4}(?:leaves|arrives|signs|makes|speaks|talks|holds"
    r"|greets|stands|sits|attends|addresses|walks|looks|rides?)"
    r" .*\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
# Two sentences with no stop between.
_RUN_ON = re.compile(
    r"[a-z][’'\"”] (?:He|She|They|It|This|The|After|One|When|But|We|In) [a-z]"
    r"|\b[A-Z][a-z]+ (?:He|She|They|It) (?:is|was|has|had)\b"
)
# A game's ticker, and the lines of a chronology.
_TICKER = re.compile(
    r"^(?:Match|First Half|Second Half) (?:ends|begins)\b|^\d+(?:st|nd|rd|th) century (?:BC|AD)? ?[-–—]"
    r"|^\d{4} [-–—] |\bfooted shot from\b"
)
# What is left where brackets opened a quotation, and quotation marks made of two others.
_TORN = re.compile(
    r"^[\"“] |^\(|\bsaid: [A-Z]|''|\b([a-z]+) ([a-z]+) \1 \2\b"
    r"|\b(the|a|an|to|of|in|for|with|was|were|is|and) \3\b"
    r"|\b(?:a|an|the) (?:to|of|for|with|from|by|at|an|a|the|and|is|was) |, (?:said|says)\.$"
)
# What leads on from a sentence that is not there.
_LEANING = re.compile(r"^(?:Ever since|Since then|After that|That said|To be fair|By then|Even so),")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_TALK = re.compile(
    r"\b(?:I|I'm|I’m|I've|I’ve|me|my|we|We|us|our|Our|ours|you|You|your|Your|yours|we're|we’re|you're|you’re"
    r"|My|let's|Let's|let’s|Let’s)\b"
)
_AUTHOR = re.compile(
    r"^(?:By(?= [A-Z][\w’'-]+ [A-Z])|Written by|Reporting by|Editing by|Edited by|Posted|Published"
    r"|Updated|Compiled by)\b"
    r"|\b(?:contributed to this (?:report|story|article)|is (?:a|an) (?:\w+ ){0,4}(?:writer|reporter|editor"
    r"|columnist|contributor)|told (?:me|us)|the opinions expressed)\b"
)
_SPLIT_END = re.compile(r"\b(?:[B-HJ-Z][a-z]?|Mrs|Rev|Gen|Col|Sgt|Capt|Gov|Sen|Rep|vs)\.$")
_STARTS_SMALL = re.compile(r"^[a-z]+\b(?![A-Z])")
_QUESTION = re.compile(r"\?[\"”’')]*$")
# "Tragedy: Louise Shepherd was hiking": what stands before the colon is a picture's title.
_LABEL = re.compile(r"^(?:[A-Z][\w’'-]*)(?: [\w’'£$€.,-]+){0,4}: [“‘\"']?[A-Z]")
_HALVES = ("What ", "How ", "Why ", "Not ", "Which ", "Who ", "Where ")
LONGEST = 1000  # characters of a sentence that is worth a look
_LISTED = re.compile(r"^(?:\d+[.)]|[-•*])\s")


@lru_cache(maxsize=4096)
def is_printable(line: str) -> bool:
    """Tell whether an editor could print a sentence as a line of a brief.

    Example:
        >>> is_printable("Police arrested a man in Leeds."), is_printable("Smith (left) was arrested.")
        (True, False)
    """
    if len(line) > LONGEST:
        return False
    plain = _QUOTED.sub("", line)
    return (
        not is_bare_quotation(line)
        and is_ended(line)
        and is_whole(line)
        and not is_broken(line)
        and not any(
            pattern.search(line) for pattern in (_CAPTION, _POSING, _SEEN, _TICKER, _TORN, _RUN_ON, _LEANING)
        )
        and not _QUESTION.search(line)
        and not _TALK.search(plain)
        and not _HERE.search(plain)
        and not _AUTHOR.search(plain)
        and not _SPLIT_END.search(line)
        and not _STARTS_SMALL.match(line)
        and not _LISTED.match(line)
        and not _LABEL.match(line)
        and not line.startswith(_HALVES)
    )


def is_bare_quotation(line: str) -> bool:
    """Tell whether a line is a quotation whose speaker nobody names.

    Example:
        >>> is_bare_quotation("“The pumps failed.”"), is_bare_quotation("“The pumps failed,” Harker said.")
        (True, False)
    """
    return len(_QUOTED.sub("", line[:LONGEST]).split()) < 2
