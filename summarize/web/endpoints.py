"""What programs may call by the page's API, and models as tools: typed functions on plain values.

The docstrings are what callers read. Scoring is in `summarize_eval.endpoints`.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from summarize.errors import InputError, SummarizeError
from summarize.web import intake, running, story, work
from summarize.web.jobs import runs
from summarize.web.rows import Given, run_rows
from summarize.web.server.limits import MAX_ROWS, as_list, check_text
from summarize.web.server.serving import session
from summarize.web.tools.endpoint import TEXT, Endpoint, Schema, holding, listed, plain
from summarize.writing.record import to_record
from summarize.writing.write import schema


def list_summarizers() -> list[dict[str, Any]]:
    """List the summarizers: name, what each is, its options, whether it runs here, and what it is missing."""
    from summarize.commands.listing import entry
    from summarize.registry import table

    keys = ("name", "about", "runs", "missing")
    found = [entry(name) for name in table()]
    return [{key: one[key] for key in keys} | {"options": list(one["options"])} for one in found]


async def summarize_article(
    text: str,
    summarizer: str = "news",
    bullets: int = 3,
    language: str = "auto",
    model: str = "",
    base_url: str = "",
) -> dict[str, Any]:
    """Summarize a news article into a headline, bullets and a "What you should know" box with their sources.

    Args:
        text: the article.
        summarizer: a name that list_summarizers gives.
        bullets: how many bullets at most, 1 to 10.
        language: two-letter code such as en or de, or auto.
        model: a model of the hub for summarizers that take one, or empty for their own; for chat, the
            name of a model on its server.
        base_url: for chat, where that server is, among those the app may ask; empty for the first of
            them. A key is never given here: it is in the environment of the app.

    Returns:
        A brief: headline, bullets and wysk, each line with the source sentences it rests on and what in it
        the source does not support.
    """
    return await _brief(text, running.choice_of_one(summarizer, bullets, language, model, base_url))


async def summarize_url(
    url: str, summarizer: str = "news", bullets: int = 3, language: str = "auto"
) -> dict[str, Any]:
    """Fetch an article from the public web and summarize it.

    Args:
        url: http or https, on a public address.
        summarizer: a name that list_summarizers gives.
        bullets: how many bullets at most, 1 to 10.
        language: two-letter code such as en or de, or auto.

    Returns:
        A brief, as summarize_article gives it.
    """
    chosen = running.choice([summarizer], bullets, language)
    async with runs.begin(session()) as run:
        text = await run.do(intake.from_url, url, lane="remote")
    return await _brief(text, chosen)


async def compare_summarizers(
    text: str,
    summarizers: list[str] | str,
    bullets: int = 3,
    language: str = "auto",
    model: str = "",
    chat_model: str = "",
    base_url: str = "",
) -> list[dict[str, Any]]:
    """Summarize one article with up to four summarizers.

    Args:
        text: the article.
        summarizers: names that list_summarizers gives, as a list or with commas between them.
        bullets: how many bullets at most, 1 to 10.
        language: two-letter code such as en or de, or auto.
        model: a model of the hub for summarizers that take one, or empty for their own.
        chat_model: the name of a model on the server that chat asks.
        base_url: where that server is, among those the app may ask; empty for the first of them.

    Returns:
        For each: summarizer, words, compression, seconds, and a brief, or null and the error.
    """
    chosen = running.choice(as_list(summarizers), bullets, language, model, chat_model, base_url)
    async with runs.begin(session()) as run:
        document = await work.document_of(run, text, chosen.language)
        return [
            {
                "summarizer": outcome.name,
                "brief": to_record(outcome.brief, evidence=True) if outcome.brief else None,
                "words": outcome.words,
                "compression": round(outcome.compression, 2),
                "seconds": round(outcome.seconds, 4),
                "error": outcome.error,
            }
            async for outcome in work.outcomes(run, document, chosen)
        ]


async def check_summary(summary: str, article: str, language: str = "auto") -> dict[str, Any]:
    """Check a summary against its article: the sentences each line rests on, and what nobody said.

    Args:
        summary: the text to check.
        article: what it should rest on.
        language: two-letter code such as en or de, or auto.

    Returns:
        answer (supported, unsure or unsupported), faithful (not unsupported), score (0 to 1), and for
        each line its text, answer, score, evidence and flags.
    """
    language = running.choice(["lead"], language=language).language
    async with runs.begin(session()) as run:
        missing = "There is no {} to check: give {} as {}"
        given = check_text(summary, missing.format("summary", "a text", "`summary`"))
        source = check_text(
            article, missing.format("article", "what the summary should rest on", "`article`")
        )
        cost = 0.05 + 1e-6 * (len(given) + len(source))
        verdict: dict[str, Any] = await run.do(_checked, summary, article, language, cost=cost)
        return verdict


def _checked(summary: str, article: str, language: str) -> dict[str, Any]:
    from summarize.evidence import check

    verdict = check(summary, running.document_of(article, language))
    lines = [
        {
            "text": line.text,
            "answer": line.answer.value,
            "score": round(float(line.score), 4),
            "evidence": [asdict(found) for found in line.evidence],
            "flags": [asdict(flag) for flag in line.flags],
        }
        for line in verdict.lines
    ]
    return {
        "answer": verdict.answer.value,
        "faithful": verdict.faithful,
        "score": round(float(verdict.score), 4),
        "lines": lines,
    }


async def summarize_batch(
    articles: list[str] | str, summarizer: str = "news", bullets: int = 3, language: str = "auto"
) -> dict[str, Any]:
    """Summarize many articles; one that fails stops no other.

    Args:
        articles: their texts, at most 500; a text by itself is one article.
        summarizer: a name that list_summarizers gives.
        bullets: how many bullets at most, 1 to 10.
        language: two-letter code such as en or de, or auto.

    Returns:
        briefs, in order, and errors, each with the number of its article from 1.
    """
    articles = as_list(articles, None)
    if len(articles) > MAX_ROWS:
        raise InputError(f"{len(articles)} articles are too many at once; send {MAX_ROWS} at most")
    chosen = running.choice([summarizer], bullets, language)
    given = (Given(str(number), text) for number, text in enumerate(articles, 1))
    async with runs.begin(session()) as run:
        *_, progress = [state async for state in run_rows(run, given, summarizer, chosen)]
    return {"briefs": [to_record(brief) for brief in progress.briefs], "errors": progress.errors}


async def summarize_story(
    documents: list[str] | str,
    summarizer: str = "news",
    bullets: int = 3,
    language: str = "auto",
    words: int = 0,
) -> dict[str, Any]:
    """Summarize several articles on one event as one story, each line with the articles that tell it.

    Args:
        documents: the articles, at most 100, the one that matters most first; each may begin with a line
            such as "--- Reuters" that names who tells it. Or one text with such a line before each.
        summarizer: a name that list_summarizers gives.
        bullets: how many bullets at most, 1 to 10.
        language: two-letter code such as en or de, or auto.
        words: tell the story in a text of at most so many words too, 20 to 2000; 0 for none.

    Returns:
        A brief: headline, bullets and wysk, each line with the source sentences it rests on and the number
        of their document (0 is the brief's own, 1 the first of others); disagreements, where two articles
        say different things.
    """
    chosen = running.choice([summarizer], bullets, language)
    given = story.split(documents) if isinstance(documents, str) else story.listed_articles(documents)
    async with runs.begin(session()) as run:
        record: dict[str, Any] = await story.write(run, given, chosen, words, story.as_record)
    return record


async def _brief(text: str, chosen: running.Choice) -> dict[str, Any]:
    async with runs.begin(session()) as run:
        document = await work.document_of(run, text, chosen.language)
        [outcome] = [one async for one in work.outcomes(run, document, chosen)]
    if outcome.brief is None:
        raise SummarizeError(outcome.error)
    return to_record(outcome.brief, evidence=True)


def _listing() -> Schema:
    missing = {"type": ["string", "null"], "description": "what it is missing here, and what fixes that"}
    one = holding(name=TEXT, about=TEXT, runs={"type": "boolean"}, missing=missing, options=listed(TEXT))
    return listed(one)


def _compared() -> Schema:
    brief = {"anyOf": [plain(schema()), {"type": "null"}]}
    figures = {name: {"type": "number", "minimum": 0} for name in ("words", "compression", "seconds")}
    return listed(holding(summarizer=TEXT, brief=brief, **figures, error=TEXT))


def _verdict() -> Schema:
    parts = schema()["$defs"]
    answer = TEXT | {"enum": ["supported", "unsure", "unsupported"]}
    score = {"type": "number", "minimum": 0, "maximum": 1}
    one = holding(
        text=TEXT, answer=answer, score=score, evidence=listed(parts["evidence"]), flags=listed(parts["flag"])
    )
    return holding(answer=answer, faithful={"type": "boolean"}, score=score, lines=listed(one))


def _batch() -> Schema:
    return holding(briefs=listed(plain(schema())), errors=listed(TEXT))


PUBLIC = (
    Endpoint(list_summarizers, _listing),
    Endpoint(summarize_article, schema, reaches_out=True),
    Endpoint(summarize_url, schema, reaches_out=True),
    Endpoint(compare_summarizers, _compared, reaches_out=True),
    Endpoint(check_summary, _verdict),
    Endpoint(summarize_batch, _batch),
    Endpoint(summarize_story, schema),
)
