"""The tab of the votes, as HTML that `voting.js` brings to life."""

from __future__ import annotations

from summarize.web.markup import safe

_KEPT = "Votes are kept in the file that the app was started with."
_NOT_KEPT = (
    "Votes are kept until the app stops; start it with summarize app --votes votes.db, and they are kept for "
    "good."
)


def vote_tab(lasting: bool) -> str:
    """Return the tab before a pair is laid out.

    Args:
        lasting: whether votes outlive the app.
    """
    kept = safe(_KEPT if lasting else _NOT_KEPT)
    links = "".join(
        f'<a class="tool" data-export="votes.{kind}" download="votes.{kind}" href="">Votes as {label}</a>'
        for kind, label in (("jsonl", "JSON Lines"), ("csv", "CSV"))
    )
    return (
        '<section id="vote" aria-label="Blind votes"><p class="about">Two briefs of the same article; their '
        "names come after the vote. Choose for each part: keys <kbd>1</kbd> left, <kbd>2</kbd> right, "
        f"<kbd>3</kbd> both are good, <kbd>4</kbd> neither is. You stay anonymous. {kept}</p>"
        '<p class="tools"><button type="button" class="tool" data-own>Vote on the article in Compare, by the '
        "summarizers ticked there</button></p>"
        '<p class="said" data-said role="status" aria-live="polite"></p><div data-failure></div>'
        "<div data-pair></div>"
        '<details data-standings><summary>Who is ahead</summary><h2 class="unseen">Who is ahead</h2>'
        "<div data-board></div>"
        f'<p class="tools">{links}</p></details></section>'
    )
