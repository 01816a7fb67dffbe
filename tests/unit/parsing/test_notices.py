"""A site's notices about itself are no story, and a story about sites keeps its sentences."""

from __future__ import annotations

import pytest

from summarize import parse
from summarize.parsing.notices import is_notice

STORY = "A ferry sank off Pellworth on Tuesday. Divers searched the wreck for survivors."
ARCHIVE = (
    "These crawls are part of an effort to archive pages as they are created and archive the pages that they "
    "refer to. That way, as the pages that are referenced are changed or taken from the web, a link to the "
    "version that was live when the page was written will be preserved.Then the Internet Archive hopes that "
    "references to these archived pages will be put in place of a link that would be otherwise be broken. The "
    'goal is to fix all broken links on the web . Crawls of supported "No More 404" sites.'
)
PAGES = (
    ARCHIVE,
    "Tweet with a location\n\nYou can add location information to your Tweets, such as your city, from the web. "
    "You always have the option to delete your Tweet location history. Learn more",
    "The interactive transcript could not be loaded.\n\nRating is available when the video has been rented.\n\n"
    "This feature is not available right now. Please try again later.",
    "Dow Jones Reprints: This copy is for your personal, non-commercial use only.",
    "Please enable JavaScript to view this page.",
    "Sorry, the page you requested could not be found.",
    "This video is no longer available.",
    "We use cookies to improve our service. You have read all your free articles.",
    "Checking your browser before accessing example.org.",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_notices_holds_no_article(page: str) -> None:
    document = parse(page, language="en")
    assert document.sentences == () and document.clutter


@pytest.mark.parametrize("page", PAGES)
def test_a_notice_beside_a_story_is_left_out_and_the_story_stays(page: str) -> None:
    for text in (f"{STORY}\n\n{page}", f"{STORY} {page.splitlines()[-1]}"):
        lines = [sentence.line for sentence in parse(text, language="en").sentences]
        assert lines == STORY.replace(". ", ".|").split("|")


@pytest.mark.parametrize(
    "sentence",
    [
        "We use cookies, flour and a lot of butter, the baker said.",
        "The page was torn out of the book in 1912.",
        "The video is available from Monday.",
        "The service is no longer available to 3,000 villagers who relied on it.",
        "Access denied to the press is a scandal, the union said.",
        "You have read your daughter's letter to the court.",
        "Starting in 1996, the company sold its shops.",
        "The Wayback Machine has kept the minister's first page.",
        "Please log in and vote, the party told its members.",
        "This is available.",
    ],
)
def test_sentences_of_a_story_are_no_notices(sentence: str) -> None:
    assert not is_notice(sentence)
    assert [found.line for found in parse(f"{STORY} {sentence}", language="en").sentences][-1] == sentence
