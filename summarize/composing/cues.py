"""Words that mark what a reader should know beyond the news itself. Data only, English only."""

from __future__ import annotations

from summarize.language.words import word_set

OPEN_QUESTION = word_set(
    """however but yet despite although though still unclear unknown unresolved uncertain failed failure
    denied denies deny declined declines rejected rejects critics criticized criticised criticism critical
    warned warns warning fears feared fear concern concerns concerned risk risks doubt doubts skeptical
    sceptical opposed oppose opposes opposition challenge challenged challenges delay delayed
    investigation investigating remain remains pending appeal appealed dispute disputed disputes without
    unable not never"""
)
WHAT_COMES = word_set(
    """will would could may might plan plans planned planning expected expects scheduled set due next
    upcoming hearing trial vote election deadline until tomorrow later soon intends hopes"""
)
STAKE = word_set(
    """million billion trillion percent cent thousands hundreds first largest biggest worst record since
    because effort bid attempt impact affect affected affects threat threatens crisis war killed kills
    died dead death deaths injured cost costs jobs charged sentenced convicted arrested ban banned law
    safety health risk"""
)
