"""What stands in an article's text without being part of the story: datelines, bylines, share lines.

Patterns are about English-language news pages. They are made to miss rather than to eat a sentence of
the story: each needs the whole line, the whole sentence, or the very beginning of the text.
"""

from __future__ import annotations

import re

from summarize.parsing.notices import is_notice

_BOX = re.compile(
    r"(?:what\s+(?:you|we)\s+(?:should|need\s+to)\s+know|what\s+to\s+know|need\s+to\s+know"
    r"|(?:the\s+)?key\s+points?"
    r"|key\s+takeaways?|key\s+facts|takeaways|at\s+a\s+glance|(?:story\s+)?highlights|in\s+brief"
    r"|in\s+a\s+nutshell|tl;?dr)",
    re.IGNORECASE,
)
_BOX_LINE = re.compile(rf"[\W_]*{_BOX.pattern}[\W_]*", re.IGNORECASE)
_BOX_PREFIX = re.compile(
    rf"[\W_]*(?:(?i:{_BOX.pattern})\s*[:\u2013\u2014]|(?:Story|STORY|Article) (?:highlights"
    rf"|HIGHLIGHTS))\s*(?=\S)"
)

_ENGLISH_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)

# Whole lines and whole sentences that a page carries around its story.
_LINE = re.compile(
    r"(?:"
    r"also\s+(?:read|see|watch)\b[^.?!]*|(?:read|see)\s+(?:more|also|next|the\s+full\s+story"
    r"|or\s+share\s+this\s+story)\b.*"
    r"|related(?:\s+(?:articles?|stor(?:y|ies)|links?|topics?|content|coverage|video))?\s*(?::.*)?|(?:more"
    r"|top)\s+(?:on\s+this\s+story|stories\s+from\b.*)"
    r"|recommended(?:\s+(?:stories|for\s+you|reading))?\s*:?|trending(?:\s+now)?\s*:?|most\s+(?:read"
    r"|popular|viewed)\s*:?"
    r"|scroll\s+down\b[^.?!]*|(?:video\s+)?(?:click|tap)\s+(?:here|to|through)\b.*"
    r"|media\s+playback\s+is\s+(?:not\s+supported|unsupported)\b.*|e-?mail\s+(?:to|this|us)\b.*"
    r"|print\s+this\b.*"
    r"|(?:you\s+can\s+)?(?:share|tweet|pin|comment)(?:\s+(?:this|on|with|via|your|story|article)\b.*)?"
    r"|facebook|twitter|whatsapp|linkedin|pinterest|comments?(?:\s*\(\d+\))?"
    r"|(?:you\s+can\s+)?(?:please\s+)?(?:follow|like|join|find)\s+(?:us|me|him|her|@\w+"
    r"|\w+\s+(?:\w+\s+)?on\s+(?:twitter|facebook|instagram))\b.*"
    r"|(?:get|sign\s+up\s+(?:for|to|here)|subscribe\b)(?:.*\b(?:newsletter|inbox|emails?|alerts?|updates"
    r"|today|here|free|now)\b.*)?"
    r"|.*\bclick\s+here\s+to\s+(?:read|watch|see|get|sign|subscribe|download|view)\b.*"
    r"|send\s+this\s+page\s+to\s+someone\b.*"
    r"|(?:story\s+continues\s+below\s+)?advertise?ment(?:\s+advertisement)*"
    r"|advertisement\s*[-\u2014].*continue\s+reading.*|article\s+continues\b.*|sponsored(?:\s+content)?"
    r"|loading\s*\.*"
    r"|(?:image|photo|picture|media)\s+(?:copyright|caption|credit|source)\b.*|(?:photo|image|picture"
    r"|video|credit|source|file\s+photo)\s*[:/]\s*\S.{0,80}|file\s+-\s+.*|photo"
    r"|(?:\(?c\)?\s*)?(?:©|copyright)\s*(?:©\s*)?(?:the\s+)?\d{4}.*|©.{0,80}|all\s+rights\s+reserved\b.*"
    r"|this\s+material\s+may\s+not\s+be\s+published\b.*"
    r"|.{0,120}\bcontributed\s+to\s+this\s+(?:report|story|article)\b.{0,20}"
    r"|\(?(?:additional\s+)?(?:reporting|writing|editing)\s+by\b.*\)?"
    r"|(?:last\s+)?(?:updated|published|posted)(?:\s*:|\s+(?:at|on)\s+\d).*"
    r"|\d{1,2}:\d\d\s+(?:[A-Z]{2,4}\s*,\s*)?\d.*\d{4}"
    r"|editor'?s?[’']?s?\s+note\s*:.*\b(?:newsletter|sign\s+up|copyright)\b.*|watch\s+(?:the\s+)?(?:video"
    r"|live)\b.{0,40}|watch:.*|listen:.*|download\s+(?:the\s+)?(?:our\s+)?app\b.*"
    r"|(?:for\s+)?(?:the\s+)?latest\s+\w+\s+news\s+(?:click|visit|go\s+to)\b.*"
    r"|thank\s+you\s+for\s+subscribing\b.*|we\s+have\s+more\s+newsletters\b.*"
    r"|(?:.{0,160}\b(?:our|agree\b.{0,60})\s+)?privacy\s+(?:policy|notice)\b.{0,60}"
    r"|(?:https?://|www\.)\S+|pic\.twitter\.com/\S+|(?:CNN|AP|AFP|Reuters|BBC)(?:\s+(?:News"
    r"|Business))?\s*[-\u2013\u2014]*|[\u2010-\u2015]\s?[A-Z]\S+(?:\s\S+){0,5}"
    r")[\s.!»>|:]*",
    re.IGNORECASE,
)
# Every word but the first needs its blank: were it optional, "AaAaAa..." could be cut up in endless ways.
_NAME = r"[A-Z][\w.'’-]*"
# These are clutter on a line of their own only: as a sentence they may be told by somebody.
_BYLINE_LINE = re.compile(
    rf"(?:[Bb][Yy]\s+{_NAME}(?:\s+(?:(?:and|for|in)\s+)?{_NAME}){{0,6}}(?:,\s*\S.{{0,60}})?"
    rf"|(?:\w+day,?\s+)?{_ENGLISH_MONTH}\.?\s+\d{{1,2}},\s+\d{{4}}"
    rf"(?:\s+\W?\s*\d{{1,2}}:\d\d.*)?"
    rf"|\d{{1,2}}\s+{_ENGLISH_MONTH}\.?\s+\d{{4}}(?:\s+\W?\s*(?:[Ll]ast\s+updated\s+at\s+)?\d{{1,2}}:\d\d.*)?"
    rf"|[Pp]osted\s+\w+day\b.*)\s*",
)
# A sentence that begins with none of these words and holds none of these phrases is spared the patterns.
_FIRST_WORD = re.compile(
    r"\W*(?:also|read|see|related|(?:more|top)\s+(?:on|stories)|recommended|trending|most|scroll|video|click"
    r"|tap|media|e-?mail|print|you\s+can|share|tweet|pin|comments?|facebook|twitter|whatsapp|linkedin"
    r"|pinterest|please|follow|like|join|find|get|sign|subscribe|send|story\s+continues|advertise?ment|article"
    r"|sponsored|loading|image|photo|picture|credit|source|file|copyright|c|all\s+rights|this\s+material"
    r"|additional|reporting|writing|editing|last\s+\w+|updated|published|posted|editor|watch|listen|download"
    r"|(?:for\s+)?(?:the\s+)?latest|thank|we\s+have|https?|www|pic|cnn|ap|afp|reuters|bbc|\d)(?![^\W_])"
    r"|\W*[©\u2010-\u2015(]",
    re.IGNORECASE,
)

# What an editor adds about the text itself, and what stands below it about who wrote it.
_TEXT = r"(?:article|story|report|post|piece|page|column|headline|caption|blog)"
_NOTE = re.compile(
    rf"\W*(?:(?:correction|clarification|editor[’']?s?[’']? note)s?"
    r"(?:\s*\([^)]{0,40}\)|,? [A-Z]\w+ \d[\d, ]*)?"
    rf"\s*[:\u2013\u2014-]|this {_TEXT} (?:was|has been|is) (?:first |originally |last |since )?"
    rf"(?:amended|corrected|updated|edited|revised|modified|published|adapted|produced|republished)\b"
    rf"|(?:an|the) (?:earlier|previous|original) version of this {_TEXT}\b"
    r"|the (?:opinions|views) expressed (?:in this|here|by the author|are (?:solely )?(?:those|his|hers)))",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    rf"({_NAME}(?: {_NAME}){{1,3}}) (?:is|was|covers|writes|reports|teaches|works)\b.*\b"
    r"(?:writer|reporter|correspondent|editor|columnist|journalist|professor|author|fellow|contributor|novelist|analyst|freelancer?|producer"
    r"|director|economics|politics|sports?|business|news)\b"
)

_AGENCY = (
    r"CNN|AP|AFP|Reuters|UPI|PA|ANI|IANS|PTI|DPA|EFE|TASS|Xinhua|Bloomberg|BBC(?:\s+News)?"
    r"|The\s+Associated\s+Press|Associated\s+Press|CNN\s+\w+|LifeWire|[\w. ]+\.com|WIRED|KABC|[A-Z]{3,5}"
    r"|dpa|afp|epd|sda|apa"
)
_REGION = rf"(?:,\s+{_NAME}(?:\s{_NAME}){{0,3}})?"
_PLACE = rf"{_NAME}(?:[ ](?:(?:of|de|la|al|and|the)\s)?{_NAME}){{0,3}}{_REGION}{_REGION}"
_CAPITALS = r"[A-Z][A-Z.'’-]+"
_DASH = r"\s*(?:--+|[\u2010-\u2015]|\s-\s|:)\s*"
# "(CNN)", "LONDON, England (CNN) -- ", "MADRID, Spain -- ", "Moscow, March 3 (Reuters) - "
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:,?\s+{_ENGLISH_MONTH}\.?\s+\d{{1,2}})?\s*)?\((?:{_AGENCY})\)(?:{_DASH}|\s*)(?=\S)"
    r"|\([A-Z]\w{1,14}(?: [A-Z]\w{1,14}){0,2}\)\s*--+\s*(?=\S)"
    rf"|{_CAPITALS}(?:[ ]{_CAPITALS}){{0,3}}[ ]?{_REGION}{_DASH}"
    rf"(?<=[-\u2010-\u2015\s])(?=[A-Z\"“‘'])"
)
# "By . Associated Press . PUBLISHED: . 10:59 EST, 23 January 2014 . | . UPDATED: . 11:34 EST, ... . "
_STAMP = (
    r"(?:\d{1,2}:\d\d\s*(?:[AP]M\s*)?(?:[A-Z]{2,4})?,?\s*(?:on\s+)?)?\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4}"
)
_BYLINE = re.compile(
    r"By\s*\.\s*[^.]{2,60}?\s*\.\s+(?:(?:and|in)\s[^.]{2,60}?\s*\.\s+)?"
    rf"(?:(?:PUBLISHED|UPDATED|CREATED)\s*:\s*\.?\s*{_STAMP}\s*\.?\s*(?:\|\s*\.?\s*)?)*"
    rf"(?:Last\s+updated\s+at\s+{_STAMP}\s*\.\s*)?"
    rf"|(?:(?:PUBLISHED|UPDATED|CREATED)\s*:\s*\.?\s*{_STAMP}\s*\.?\s*(?:\|\s*\.?\s*)?)+"
)


_NOTE_OPENS = ("This ", "An ", "The ", "Corr", "CORR", "Clar", "CLAR", "Edit", "EDIT")


def is_line_clutter(line: str) -> bool:
    """Tell whether a line of its own is clutter.

    Example:
        >>> is_line_clutter("ALSO READ TOP STORIES FROM VERILY NEWS"), is_line_clutter("Share prices fell.")
        (True, False)
    """
    if len(line) >= 400 or ((byline := _BYLINE.match(line)) and byline.end() < len(line)):
        return False
    return bool(byline or _LINE.fullmatch(line) or _BYLINE_LINE.fullmatch(line))


def is_sentence_clutter(sentence: str) -> bool:
    """Tell whether a sentence inside a paragraph is clutter.

    Example:
        >>> is_sentence_clutter("Scroll down for video."), is_sentence_clutter("By April 3, 2020")
        (True, False)
    """
    if is_notice(sentence) or (
        len(sentence) < 400 and sentence.startswith(_NOTE_OPENS) and _NOTE.match(sentence)
    ):
        return True
    return (
        len(sentence) < 400
        and (
            "ontributed to this" in sentence
            or "lick here to" in sentence
            or "rivacy " in sentence
            or _FIRST_WORD.match(sentence) is not None
        )
        and _LINE.fullmatch(sentence) is not None
    )


def is_note(paragraph: str) -> bool:
    """Tell whether a whole paragraph is an editor's note about the text: amended, corrected, whose opinion.

    Example:
        >>> is_note("This article was amended on 3 May. The fire broke out on a Monday."), is_note("Note it.")
        (True, False)
    """
    return len(paragraph) < 800 and _NOTE.match(paragraph) is not None


def is_author_line(paragraph: str, text: str) -> bool:
    """Tell whether a paragraph at the end of `text` introduces its author, whom the story never names.

    Example:
        >>> is_author_line("Ann Lee is a reporter in Rome.", "It rained. Ann Lee is a reporter in Rome.")
        True
    """
    match = _AUTHOR.match(paragraph) if len(paragraph) < 300 else None
    if match is None:
        return False
    name = match.group(1)
    surname = name.rsplit(maxsplit=1)[-1]
    return text.count(surname) == paragraph.count(surname) + text.count(f"By {name}")


def story_start(text: str, start: int, end: int) -> int:
    """Return where the story begins in `text[start:end]`, behind a byline and a dateline.

    Example:
        >>> story_start("LONDON, England (CNN) -- It rained.", 0, 35)
        25
    """
    for pattern in (_BYLINE, _DATELINE):
        # A window keeps the search short on a line of a million characters.
        if (match := pattern.match(text, start, min(end, start + 400))) and match.end() < end:
            start = match.end()
    return start


def box_start(line: str) -> int | None:
    """Return where the text of a reference box begins in its first line, or None for another line.

    A line that is nothing but the box's heading returns its own length.

    Example:
        >>> box_start("What you should know"), box_start("At a glance: it rains"), box_start("It rains")
        (20, 13, None)
    """
    if len(line) < 60 and _BOX_LINE.fullmatch(line):
        return len(line)
    match = _BOX_PREFIX.match(line)
    return match.end() if match else None
