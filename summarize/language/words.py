"""Closed classes of English words that ranking and composing look up. Data only."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set.

    Example:
        >>> sorted(word_set("a few words"))
        ['a', 'few', 'words']
    """
    return frozenset(text.split())


# What a line that begins with a quotation starts with.
OPENING_QUOTES = ('"', "“", "‘", "'", "«")
STOP_WORDS = word_set(
    """a about after again against all also am an and any are aren't as at be because been before being
    between both but by can can't could couldn't did didn't do does doesn't doing don't down during each
    few for from further had hadn't has hasn't have haven't having he he'd he'll he's her here hers
    herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just let's like
    me more most my myself no nor not of off on once only or other our ours ourselves out over own said
    same say says she she'd she'll she's should shouldn't so some such than that that's the their theirs
    them themselves then there there's these they they'd they'll they're they've this those through to
    told too under until up upon us very was wasn't we we'd we'll we're we've were weren't what what's
    when where which while who who's whom why will with without won't would wouldn't yet you you'd you'll
    you're you've your yours yourself"""
)
FIRST_PERSON = word_set(
    """I I'm I've I'd I'll I’m I’ve I’d I’ll we We we're We're we’re We’re we've We've my My our Our you
    You your Your"""
)
SECOND_PERSON = word_set("You you Your your You're you're You’re you’re yourself")
PRONOUNS = word_set(
    """he she it they him her them his hers its their theirs this that these those who which such here
    there one ones both neither either another others some many most all few several none it's he's she's
    they're that's there's here's it’s he’s she’s they’re that’s there’s here’s"""
)
WEEKDAYS = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon. Tue. Wed. Thu. Fri. Sat. Sun."
)
MONTHS = word_set(
    """January February March April May June July August September October November December
    Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. Nov. Dec."""
)
SAYING = word_set(
    """said says say saying told tells tell added adds add announced announces announce reported reports
    report claimed claims claim stated states state explained explains explain insisted insists insist
    confirmed confirms warned warns warn suggested suggests suggest argued argues argue noted notes note
    wrote writes tweeted tweets revealed reveals admitted admits acknowledged acknowledges declared
    declares denied denies believed believes believe thinks think thought according joked jokes recalled
    recalls remarked remarks testified testifies alleged alleges concluded concludes commented comments
    replied replies responded responds asked asks"""
)
