"""Captions of photographs that stand in the text of a story, as news pages and their data sets have them.

"Messi (left) poses with the cup" describes a picture that the reader of a brief does not see; it leaves the
story. "Jailed: The driver (pictured) was sent down for six years" tells the story; it stays, without its
label. The marks are those of English-language pages; a sentence without a mark is never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from summarize.document import PICTURE_MARK
from summarize.language.tagged import BE, FINITE, HAVE, Tagged
from summarize.language.tagging import tag
from summarize.language.words import SAYING

_SIDE = r"(?:(?:far|second|third|bottom|top|front|back|main|inset|from|circled|and)[ -]?)*" + (
    r"(?:left|right|cent(?:re|er)|middle|above|below|inset|circled|foreground|background|l-r|r-l|L-R|R|L|C)"
)
# "(left)", "(pictured with his wife)", "(above, right)", "(second from left)", "(stock image)"
_BRACKET = re.compile(
    rf"\((?:{_SIDE}(?:[,;)]| (?:and|with|in|on|during|at)\b)"
    r"|(?:also |all |both )?(?:pictured|seen here|seen above|shown)\b"
    r"|(?:stock|file|library) (?:image|photo|picture)|posed by)"
)
# "Larry King, left, poses", "Katie, pictured before the attack", "the shop, pictured."
_APART = re.compile(
    rf"[A-Z0-9][\w’'.-]*, (?:{_SIDE}(?:,(?! (?:and|then|he|she|it|they|his|her)\b)|\.?$| and )"
    r"|(?:also )?(?:pictured|seen here|shown here) (?!to|how|that|as )"
    r"|pictured[,.])"
)
_PICTURE = (
    r"(?:photo(?:graph)?s?|pictures?|images?|(?:courtroom )?sketch|screen ?(?:grab|shot)s?|stills?|snaps?"
    r"|selfie|handout|illustration|graphic|map|aerial (?:view|shot)|file photo)"
)
# A sentence that talks about a picture that the reader has before their eyes.
_SHOWS = re.compile(
    rf"^(?:Pictured\b|Above[:,]|Below[:,]|Left[:,]|Right[:,]|Cent(?:re|er)[:,]|Inset[:,]|Clockwise\b"
    rf"|(?:This|These|The|A|An) (?:\w+ ){{0,3}}{_PICTURE} "
    r"(?:above |below |taken |released |provided |posted |made )*(?:\w+ )?(?:shows?|from)\b"
    rf"|In this (?:\w+[ ,]+){{0,4}}{_PICTURE}\b)"
)
_SEEN = re.compile(
    r"\b(?:(?:is|are) (?:also )?(?:pictured|seen here|shown here|seen (?:above|below))"
    rf"|(?:pictured|seen|shown) (?:here|above|below|together|(?:on |in )?the (?:left|right))\b"
    rf"|in (?:this|an?) (?:undated |file |recent |handout )+{_PICTURE}"
    r"|\(?file (?:photo|picture|image)\)?[.]?$)"
)
_CREDIT = re.compile(
    r"(?:\((?:AP|AFP|Reuters|EPA|PA|Getty|Photo|Image|Picture|Credit)\b[^()]{0,60}\)|\bGetty Images(?: \w+)?"
    r"|\bREUTERS/\S.{0,40}|\b(?:AP|AFP) Photo/\S.{0,40}"
    r"|\bPhoto(?:graph)?(?: (?:by|courtesy(?: of)?)|:) \S.{0,60})"
    r"[.\s]*$"
)
# What photographs show people do; the same words in the past tense, or as a plan, tell a story.
_NOT_PLANNED = (
    r"(?<!\bto )(?<!\bwill )(?<!\bwould )(?<!\bcould )(?<!\bcan )(?<!\bmay )(?<!\bnot )(?<!n['’]t )"
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )"
)
_POSE = re.compile(
    rf"^[A-Z][^\"“‘:;?!]{{2,90}}? {_NOT_PLANNED}(?:"
    r"(?:poses?|posing) (?:with|for|alongside|in|beside|next|together|as|on|at|during)\b"
    r"|shakes? hands with|looks? on (?:as|during|from|at)|gestures (?:as|to|during|after)"
    r"|smiles (?:as|with|during|after|for)|waves (?:to|at|as)|holds? aloft|holds up"
    r"|lifts? the (?:trophy|cup)\b"
    r"|celebrates? (?:with|after|as|in front|scoring|his|her|their) (?!\w*th birthday|birthday|anniversary)"
    r"|in action (?:for|against|during)|reacts (?:as|after|during)|takes? a selfie)"
)
# "Bahraini protesters shout slogans in Manama, Saturday, Feb. 19, 2011": an agency dates its pictures to the
# weekday and the year, which a story about the same week need not.
_DATED = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,? \d{1,2},? \d{4}\b"
)
# "Watch the rescue »": a link to what is not in the text.
_POINTER = re.compile(
    r"(?:Watch|See|Read|Learn|Hear|Listen|View|Explore|Find out|Take|Go inside)\b.* [.»]+(?: \.)?$"
    r"|[^»]*»[\s.]*$"
)
# "Shock: Prince Andrew has denied it"; two of them in an article make it a page with labelled captions.
_LABEL = re.compile(r"([A-Z0-9‘'][\w’'&,!?-]*(?: [\w’'&,!?-]+){0,5}): (?![\"“‘'])(?=[A-Z0-9])")
_NO_LABEL = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|said|says|told|asked|adds?|added|wrote|tweeted"
    r"|read|reads|it|he|she|they|we|I|you|this|that|which|who|following|include|includes|included)\b"
    r"|\b(?:19|20)\d\d$|^(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
    r"|^(?:By|The|PS|PPS|Q|A|Opinion|Update|Updated|Related|More|Watch|Read|Correction|Note|Source|Sources"
    r"|CNN|Step|Chapter|Part|Tip|Day|Example|Answer|Question)\b"
)
# A line that holds none of its words is spared a pattern.
_MARKS = (
    (_BRACKET, ("(",)),
    (_APART, (", left", ", right", ", cent", ", middle", ", above", ", below", ", pictured", ", also",
              ", seen", ", shown", ", far", ", second", ", from", ", L", ", R", ", C",
              ", inset", ", circled")),
    (_SHOWS, ("Pictured", "Above", "Below", "Left", "Right", "Cent", "Inset", "Clockwise", " show",
              " from ", "In this")),
    (_SEEN, ("pictured", "seen ", "shown ", "undated", "recent ", "file ", "handout")),
    (_CREDIT, ("Photo", "Images", "REUTERS", "(AP", "(AFP", "(Reuters", "(EPA", "(PA", "(Getty", "(Credit",
               "(Image", "(Picture")),
    (_POSE, ("pose", "posing", "shake", "looks", "look on", "gestures", "smiles", "waves", "hold", "lift",
             "celebrate", "in action", "reacts", "selfie")),
)  # fmt: skip
# "barely recognisable (pictured) Police said": a caption had no full stop, and a sentence follows.
_GLUED = re.compile(r"(?<!['’]s )\((?:pictured|left|right|cent(?:re|er)|above|below)\)(\s+)(?=[\"“‘']?[A-Z])")
_STATED = BE | HAVE | SAYING  # verbs that state a fact in the present tense too
_LONG = 360  # characters; a sentence that long is several, and not all of them a caption


def captions(lines: Sequence[str]) -> dict[int, int]:
    """Find the sentences that are captions of pictures, or that point to one.

    Args:
        lines: the sentences of one article in order, as they stand in it.

    Returns:
        For the index of each, where in it the story goes on: behind a label, or nowhere, at its end.

    Example:
        >>> captions(["He was jailed.", "Ann Lee (left) and her son.", "He turned left, then right."])
        {1: 27}
    """
    labels = _labels(lines)
    found = {}
    for index, line in enumerate(lines):
        start = labels.get(index, 0)
        bare = (PICTURE_MARK.sub("", line) if "(" in line else line)[start:]
        shown = len(line) < _LONG and (
            _POINTER.match(line) is not None or _is_marked(bare) or _is_dated(bare)
        )
        if shown or ((start or len(bare) < len(line)) and not _tells(bare)):
            found[index] = len(line)
        elif start:
            found[index] = start
    found |= {index: len(lines[index]) for index in _unended(lines) if not _tells(lines[index])}
    # An article of nothing but captions is a gallery, and they are its story.
    return found if len(found) < 0.7 * len(lines) else {}


def parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of `text[start:end]`: a caption without a full stop ran into the sentence behind it.

    Example:
        >>> line = "The car was a wreck (pictured) Police said he had been drinking."
        >>> list(parted(line, 0, len(line)))
        [(0, 30), (31, 64)]
    """
    begin = start
    if text.find(") ", start, end) >= 0:  # not in the whole of it, which may hold thousands of sentences
        for match in _GLUED.finditer(text[start:end], 15):
            place = begin + match.start(1)
            yield start, place
            start = place + 1
    yield start, end


def _is_marked(line: str) -> bool:
    for pattern, words in _MARKS:
        for word in words:
            if word in line:
                if pattern.search(line):
                    return True
                break
    return False


def _is_dated(line: str) -> bool:
    return "day" in line and _DATED.search(line) is not None and not _tells(line)


def _tells(line: str) -> bool:
    """Whether a sentence says what happened: what a picture shows stands in the present tense."""
    sentence = Tagged(line)
    if sentence.verb >= len(sentence):
        return False
    return sentence.tags[sentence.verb] in {"VBD", "MD"} or sentence.lower[sentence.verb] in _STATED


def _labels(lines: Sequence[str]) -> dict[int, int]:
    """Where the sentence begins behind a label without a verb, where an article has several."""
    found = {index: label for index, line in enumerate(lines) if (label := _label(line))}
    # The same label twice is somebody who speaks, or a field of a table.
    times = Counter(found.values())
    own = {index: len(label) + 2 for index, label in found.items() if times[label] == 1}
    return own if len(own) >= 2 else {}


def _label(line: str) -> str | None:
    if ": " not in line[:60] or not (match := _LABEL.match(line)) or _NO_LABEL.search(match.group(1)):
        return None
    label = match.group(1)
    # "Banjo serves two purposes: It alerts you" is a sentence; "Made headlines: The group" is a label.
    return None if " " in label and FINITE.intersection(tag(label.split())[1:]) else label


def _unended(lines: Sequence[str]) -> set[int]:
    """Sentences whose paragraph had no full stop, so that a data set's tool set one apart: "his wife ."

    In a text that was tokenized as a whole every sentence ends so, and it tells nothing; nor does one alone.
    """
    found = {
        index
        for index, line in enumerate(lines)
        if line.endswith(" .") and line[-3:-2] not in ".,;:" and len(line) < _LONG
    }
    return found if 2 <= len(found) < 0.4 * len(lines) else set()
