"""What the page's script asks over HTTP: the next pair, a vote, who is ahead, and all votes to download.

Plain routes beside Gradio's, so that a vote waits in no queue. The briefs of a pair are written as jobs
(`web.jobs`), which end when their voter leaves. Requests that change something have a body of JSON by its
name, which no other website can send unasked.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from summarize.errors import InputError, OutputError, SummarizeError
from summarize.web.jobs import runs
from summarize.web.voting.ballots import as_csv, as_jsonl
from summarize.web.voting.booth import Booth

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

_VOTER = re.compile(r"[A-Za-z0-9-]{8,64}")
_PAIRS = 32  # voters who wait for a pair at once; a vote needs no place among them
_EXPORTS = {"jsonl": (as_jsonl, "application/jsonl"), "csv": (as_csv, "text/csv; charset=utf-8")}


def routes(booth: Booth) -> list[BaseRoute]:
    """Return the routes of a booth."""
    from anyio import CapacityLimiter
    from starlette.routing import Route

    return [
        Route("/votes/next", partial(_pair, booth, CapacityLimiter(_PAIRS)), methods=["POST"]),
        Route("/votes/cast", partial(_answer, partial(_cast, booth)), methods=["POST"]),
        Route("/votes/board", partial(_board, booth)),
        *(Route(f"/votes/votes.{kind}", partial(_export, booth, kind)) for kind in _EXPORTS),
    ]


async def _pair(booth: Booth, places: CapacityLimiter, request: Request) -> Response:
    """Answer with the next pair; its briefs are no longer written once the voter is gone."""
    await request.body()  # what comes after it is that somebody leaves
    async with runs.begin() as run:

        async def leaving() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            run.stop()

        watching = asyncio.create_task(leaving())
        try:
            return await _answer(partial(_next, booth, run), request, places)
        finally:
            watching.cancel()


def _next(booth: Booth, run: runs.WebRun, asked: dict[str, Any]) -> dict[str, Any]:
    names = asked.get("names") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError("names is a list of summarizers")
    return booth.next(run, _voter(asked), _text(asked, "text"), names)


def _cast(booth: Booth, asked: dict[str, Any]) -> dict[str, Any]:
    fields = (_text(asked, name) for name in ("ballot", "part", "choice"))
    return booth.cast(_voter(asked), *fields)


async def _answer(
    answer: Callable[[dict[str, Any]], dict[str, Any]],
    request: Request,
    places: CapacityLimiter | None = None,
) -> Response:
    from anyio.to_thread import run_sync

    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return _json({"detail": "send JSON, named application/json"}, 415)
    try:
        asked = json.loads(await request.body())
        if not isinstance(asked, dict):
            raise InputError("send an object of JSON")
        return _json(await run_sync(answer, asked, limiter=places))
    except OutputError as error:
        return _json({"detail": str(error)}, 507)
    except (SummarizeError, ValueError, RecursionError) as error:
        return _json({"detail": str(error)}, 400)


def _json(value: dict[str, Any], status: int = 200) -> Response:
    from starlette.responses import Response

    # In ASCII, since half a surrogate pair of a text has no form in UTF-8.
    return Response(json.dumps(value), status, media_type="application/json")


async def _board(booth: Booth, request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse

    return HTMLResponse(await run_in_threadpool(booth.board), headers={"cache-control": "no-store"})


async def _export(booth: Booth, kind: str, request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import StreamingResponse

    write, media = _EXPORTS[kind]
    votes = await run_in_threadpool(booth.store.votes)
    headers = {"content-disposition": f'attachment; filename="votes.{kind}"', "cache-control": "no-store"}
    return StreamingResponse(write(votes), media_type=media, headers=headers)


def _voter(asked: dict[str, Any]) -> str:
    voter = _text(asked, "voter")
    if not _VOTER.fullmatch(voter):
        raise InputError("a voter is a random name of 8 to 64 letters, digits and hyphens")
    return voter


def _text(asked: dict[str, Any], name: str) -> str:
    found = asked.get(name, "")
    if not isinstance(found, str):
        raise InputError(f"{name} is a text")
    return found
