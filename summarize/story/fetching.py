"""Fetching many addresses: few at a time from each host, each within its time, none twice.

What is said of single pages, their limits and guards, is in `summarize.reading.web`.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from summarize.errors import Failure, InputError
from summarize.reading.web import ARTICLES, Page, fetch
from summarize.story.cache import Cache

PER_HOST = 2  # requests at a time
THREADS = 16
TIMEOUT = 30.0  # seconds for each address
FRESH = 600.0  # seconds within which a feed is not asked for again
_PATIENCE = 3  # addresses in a row that a host may leave without an answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to fetch.

    Attributes:
        url: http or https.
        public: reach public addresses only.
        kinds: the content types that are taken.
        most: bytes that are taken; None for as many as of an article.
        fresh: seconds within which what was fetched before is good without asking; None for ever.
    """

    url: str
    public: bool = False
    kinds: Mapping[str, str | None] = field(default_factory=lambda: ARTICLES)
    most: int | None = None
    fresh: float | None = None

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc.lower()


class _Host:
    """What is wanted of one host, and whether it still answers."""

    def __init__(self) -> None:
        self.waiting: deque[Wanted] = deque()
        self.silent = 0  # addresses in a row without an answer
        self.gone = ""  # why nothing more is asked of it

    def heard(self, error: InputError | None, seconds: float, timeout: float) -> None:
        """Note how an address went."""
        told = str(error or "")
        # What the server answered itself has no cause in the network.
        silent = error is not None and (error.__cause__ is not None or seconds >= timeout)
        self.silent = self.silent + 1 if silent else 0
        if self.silent >= _PATIENCE:
            self.gone = f"{self.silent} other addresses of this server were tried and did not answer"
        elif " 429 " in told:
            self.gone = "this server asks for fewer requests; run again later"


Done = queue.Queue[tuple[Wanted, Page | Failure | BaseException]]


class Fetcher:
    """Fetches, and keeps what it fetched.

    Args:
        cache: where; None keeps nothing.
        timeout: seconds that one address may take.
        per_host: how many requests one host gets at a time.
    """

    def __init__(
        self, cache: Cache | None = None, timeout: float = TIMEOUT, per_host: int = PER_HOST
    ) -> None:
        self._cache, self._timeout, self._per_host = cache, timeout, per_host

    def fetch_all(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Page | Failure]]:
        """Yield what came of each address, as it comes; one that is wanted twice comes once.

        A host that leaves three addresses in a row without an answer, or asks for fewer requests, is not
        asked for the rest.
        """
        each = {one.url: one for one in wanted}
        hosts: dict[str, _Host] = defaultdict(_Host)
        for one in each.values():
            hosts[one.host].waiting.append(one)
        # A host stands in the queue as often as it may be asked at a time, and behind the others each time.
        turns: queue.Queue[_Host] = queue.Queue()
        for _ in range(self._per_host):
            for host in hosts.values():
                turns.put(host)
        done: Done = queue.Queue()
        for _ in range(min(THREADS, len(each))):
            # Daemons: who interrupts a run does not wait for servers.
            threading.Thread(target=self._work, args=(turns, done), daemon=True).start()
        for _ in each:
            one, found = done.get()
            if isinstance(found, BaseException):
                raise found
            yield one, found

    def _work(self, turns: queue.Queue[_Host], done: Done) -> None:
        while True:
            try:
                host = turns.get_nowait()
                one = host.waiting.popleft()
            except (queue.Empty, IndexError):
                if turns.empty():
                    return
                continue
            try:
                found: Page | Failure | BaseException = self._one(one, host)
            except BaseException as error:  # raised where the results are taken
                found = error
            turns.put(host)
            done.put((one, found))

    def _one(self, one: Wanted, host: _Host) -> Page | Failure:
        kept = self._cache.page(one.url) if self._cache else None
        if kept and (one.fresh is None or kept[1] < one.fresh):
            return kept[0]
        if host.gone:
            return Failure(one.url, InputError(f"{one.url}: {host.gone}"))
        begin = time.monotonic()
        asked = kept[0].validators if kept else None
        try:
            page = fetch(
                one.url,
                self._timeout,
                public=one.public,
                kinds=one.kinds,
                most=one.most,
                validators=asked,
            )
        except InputError as error:
            host.heard(error, time.monotonic() - begin, self._timeout)
            return Failure(one.url, error)
        host.heard(None, 0.0, self._timeout)
        if page.unchanged and kept:
            page = kept[0]
        if self._cache:
            self._cache.keep_page(one.url, page)
        return page
