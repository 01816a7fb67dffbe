"""What a site says of itself where an article should be: the notices of web archives, players and walls.

Such a page is fetched like any other, and where nothing else stands on it, it holds no article. English
only, as the pages whose notices these are. The patterns need the notice's own words from its first one on,
so that a story about cookies, archives or tweets keeps its sentences.
"""

from __future__ import annotations

import re

_MOST = 800  # characters of a notice
_SITE = r"(?:page|site|website|web site|service|content|article|video|feature|app)"
_BROWSER = r"(?:java ?script|cookies|your browser|pop-ups)"
_NOTICE = re.compile(
    r"(?:"
    # web.archive.org
    r"these crawls are part of an effort to archive pages"
    r"|starting in 1996, alexa internet has been donating"
    r"|flowing in every day, these data are added to the wayback machine"
    r"|that way, as the pages that are referenced are changed or taken from the web"
    r"|then the internet archive hopes that references to these archived pages"
    r"|the goal is to fix all broken links on the web"
    r"|the wayback machine is an initiative of the internet archive"
    r"|(?:the )?wayback machine has not archived (?:that|this) url"
    r"|crawls? of supported \"no more 404\" sites"
    # a post that is shown in a page, a player that is not
    r"|you can add location information to your tweets"
    r"|you always have the option to delete your tweet location"
    r"|(?:add a location to your tweets\s+)?when you tweet with a location, twitter stores"
    r"|the interactive transcript could not be loaded"
    r"|rating is available when the video has been rented"
    r"|you need (?:to have )?(?:adobe )?flash player"
    r"|(?:learn more|please try again later)\s*[.!]?\s*$"
    # who may read, print or copy it
    r"|(?:dow jones reprints: )?this copy is for your personal, non-commercial use only"
    r"|to order presentation-ready copies"
    r"|you(?:['’]| ha)ve (?:reached|used|read) (?:all )?your (?:\w+ )?(?:monthly|free) (?:limit|articles?)\b"
    r"|(?:please )?(?:log in|sign in|subscribe|register) to (?:continue reading"
    r"|read (?:the|this) (?:full |whole )?(?:article|story))"
    r"|already a subscriber\?"
    # nothing there, or not for machines and old browsers
    rf"|(?:sorry, |we['’]re sorry[,.] (?:but )?)?(?:the|this|that) {_SITE} (?:that )?"
    r"(?:you (?:requested|are looking for|were looking for|tried to reach)"
    r"|is (?:not |no longer |currently un)available(?= right now|\.?\s*$| in your (?:country|region|area)))"
    r"|(?:error )?404\b[\s:,-]*(?:error[\s:,-]*)?(?:page )?not found"
    r"|page not found\s*[.!]?\s*$|access denied\s*[.!]?\s*$|403 forbidden\b"
    rf"|(?:please |you (?:need|have) to )(?:enable|turn on|allow|update|upgrade) {_BROWSER}"
    rf"|{_BROWSER} (?:is|are|seems? to be) (?:disabled|turned off|not enabled|out of date|not supported)"
    r"|(?:we|this (?:web ?)?site) uses? cookies (?:and|to|so|on this)\b"
    r"|(?:by (?:using|continuing to use) (?:this|our) (?:web ?)?site,? )you (?:agree|consent) to\b"
    r"|checking (?:if the site connection is secure|your browser before accessing)"
    r"|(?:please )?(?:verify|confirm) (?:that )?you are (?:a human|not a robot|human)\b"
    r")",
    re.IGNORECASE,
)
# The first letters of the above, which spares nearly every sentence of a story the pattern.
_OPENS = re.compile(
    r"(?:the|this\b|that\b|to order|start|flow|way|crawl|you|add a|when you|rating|learn|dow j|please"
    r"|log in|sign in|subs|regis|already|sorry|we\b|error|404|403|page n|access|java|cookies|pop-|by "
    r"|check|verify|conf)",
    re.IGNORECASE,
)


def is_notice(text: str) -> bool:
    """Tell whether a sentence, or a line of its own, is a site's notice about itself.

    Example:
        >>> is_notice("The interactive transcript could not be loaded."), is_notice("The page was torn.")
        (True, False)
    """
    return len(text) < _MOST and _OPENS.match(text) is not None and _NOTICE.match(text) is not None
