"""Benchmark part on stories: do clusters neither split nor mix, beside plain agglomerative TF-IDF?

The clusters of multi_news are mixed with single articles of bbc_headlines and cnndm_validation. What there is
to choose was chosen on the first half of the clusters and singles; the table has the second half, and all.
B-cubed: Bagga and Baldwin 1998; adjusted Rand: Hubert and Arabie 1985.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations
from math import comb, log, sqrt

from summarize import Document, parse
from summarize.errors import InputError
from summarize.story.clustering import SIMILARITY, Clusters, cluster, sketch
from summarize.story.linkage import linked

from .parts import Bench, Table
from .quality import read

THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)
SINGLES = 250  # of each of the two sets
CHUNKS, SEED = 5, 16
SIZE, MOST_SECONDS = 10_000, 60
Labels = Sequence[Hashable]


def clusters(bench: Bench) -> list[Table]:
    """Score `cluster` and plain agglomerative TF-IDF on a mix of stories and singles, and time 10,000."""
    documents, labels = _mix(bench)
    halves = [[i for i, (_, half) in enumerate(labels) if half == wanted] for wanted in (0, 1)]
    parts = {"second half": halves[1], "all": list(range(len(documents)))}
    rows = []
    for name, group in (("summarize cluster", _ours), ("agglomerative TF-IDF", _plain)):
        tuning = [documents[i] for i in halves[0]]
        truth = [labels[i] for i in halves[0]]
        best = max(THRESHOLDS, key=lambda t: b_cubed(group(tuning, t), truth))
        used = SIMILARITY if group is _ours else best
        for part, chosen in parts.items():
            found = group([documents[i] for i in chosen], used)
            truth = [labels[i] for i in chosen]
            scores = [f"{100 * measure(found, truth):.2f}" for measure in (b_cubed, adjusted_rand)]
            rows.append([name, part, f"{used:g}", f"{best:g}", str(len(set(found))), *scores])
    header = [
        "system",
        "articles",
        "threshold",
        "best on the first half",
        "groups",
        "B-cubed F",
        "adjusted Rand",
    ]
    stories = len(set(labels))
    title = f"Stories: {len(documents)} articles on {stories} events"
    timed = _timed(documents, 500 if bench.quick else SIZE)
    return [Table(title, header, rows), _arriving(documents, labels), timed]


def _mix(bench: Bench) -> tuple[list[Document], list[tuple[str, int]]]:
    path = bench.data / "multi_news.jsonl.gz"
    if not path.exists():
        raise InputError(
            f"{bench.data} holds no multi_news.jsonl.gz; name the folder of the sets with --data"
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        stories = [json.loads(line)["documents"] for line in lines]
    stories = stories[: 20 if bench.quick else None]
    texts = [
        (text, (f"story {number}", int(number >= len(stories) / 2)))
        for number, documents in enumerate(stories)
        for text in documents
    ]
    count = 50 if bench.quick else SINGLES
    for name in ("bbc_headlines", "cnndm_validation"):
        examples = read(bench, name)[:count]
        texts += [(e.text, (f"{name} {i}", int(i >= count / 2))) for i, e in enumerate(examples)]
    parsed = [(parse(text, language="en"), label) for text, label in texts]
    kept = [(document, label) for document, label in parsed if document.sentences]
    return [document for document, _ in kept], [label for _, label in kept]


def _ours(documents: Sequence[Document], threshold: float) -> list[int]:
    numbers = {id(document): index for index, document in enumerate(documents)}
    found = [0] * len(documents)
    for story, group in enumerate(cluster(documents, similarity=threshold)):
        for document in group.documents:
            found[numbers[id(document)]] = story
    return found


def _plain(documents: Sequence[Document], threshold: float) -> list[int]:
    """Average linkage over the cosines of whole texts, all words alike."""
    counts = [Counter(word for words in document.words for word in words) for document in documents]
    frequency = Counter(word for count in counts for word in count)
    pairs: dict[tuple[int, int], float] = {}
    vectors: list[Mapping[str, float]] = []
    for count in counts:
        vector = {word: n * (log((1 + len(counts)) / (1 + frequency[word])) + 1) for word, n in count.items()}
        norm = sqrt(sum(weight**2 for weight in vector.values())) or 1.0
        vectors.append({word: weight / norm for word, weight in vector.items()})
    for two, mine in enumerate(vectors):
        for one, theirs in enumerate(vectors[:two]):
            short, long = sorted((mine, theirs), key=len)
            pairs[one, two] = sum(weight * long[word] for word, weight in short.items() if word in long)
    found = [0] * len(documents)
    for number, group in enumerate(linked(len(documents), pairs, threshold)):
        for index in group:
            found[index] = number
    return found


def b_cubed(found: Labels, truth: Labels) -> float:
    """Return the F of B-cubed precision and recall, 0 to 1.

    Example:
        >>> b_cubed([0, 0, 1], "aab"), round(b_cubed([0, 0, 0], "aab"), 4)
        (1.0, 0.7143)
    """
    both, ours, theirs = Counter(zip(found, truth, strict=True)), Counter(found), Counter(truth)
    precision = sum(n * n / ours[group] for (group, _), n in both.items()) / len(found)
    recall = sum(n * n / theirs[story] for (_, story), n in both.items()) / len(found)
    return 2 * precision * recall / (precision + recall)


def adjusted_rand(found: Labels, truth: Labels) -> float:
    """Return the Rand index corrected for chance, at most 1.

    Example:
        >>> adjusted_rand([0, 0, 1, 1], "aabb"), round(adjusted_rand([0, 1, 0, 1], "aabb"), 4)
        (1.0, -0.5)
    """
    pairs: Callable[[Labels], int] = lambda labels: sum(comb(n, 2) for n in Counter(labels).values())  # noqa: E731
    both, ours, theirs = pairs(list(zip(found, truth, strict=True))), pairs(found), pairs(truth)
    expected = ours * theirs / comb(len(found), 2)
    most = (ours + theirs) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _arriving(documents: Sequence[Document], labels: Labels) -> Table:
    """Add the articles to one `Clusters` fifth by fifth, in an order drawn by lot, and group after each.

    The sets have no dates. Torn apart: of the pairs that were one story before, those that no longer are.
    """
    order = list(range(len(documents)))
    random.Random(SEED).shuffle(order)
    desk = Clusters()
    rows, before = [], set[tuple[int, int]]()
    for part in range(CHUNKS):
        begin, done = time.perf_counter(), len(order) * (part + 1) // CHUNKS
        for index in order[len(order) * part // CHUNKS : done]:
            desk.add(sketch(documents[index]))
        groups = desk.groups()
        seconds = time.perf_counter() - begin
        together = {pair for group in groups for pair in combinations(group, 2)}
        found = {index: number for number, group in enumerate(groups) for index in group}
        truth = [labels[index] for index in order[:done]]
        f = b_cubed([found[place] for place in range(done)], truth)
        torn = f"{len(before - together)} of {len(before)}"
        rows.append([str(done), str(len(groups)), f"{100 * f:.2f}", torn, f"{seconds:.2f}"])
        before = together
    header = ["articles so far", "groups", "B-cubed F", "pairs torn apart", "seconds"]
    return Table("The same, arriving fifth by fifth", header, rows)


def _timed(documents: Sequence[Document], size: int) -> Table:
    """Time `cluster` on as many articles, parsed already: those of the mix, over and over."""
    many = [
        Document(d.text, d.sentences, d.title, language=d.language)
        for d in (documents[index % len(documents)] for index in range(size))
    ]
    begin = time.perf_counter()
    stories = cluster(many)
    seconds = time.perf_counter() - begin
    title = f"Clustering of {size:,} articles; at most {MOST_SECONDS} s"
    return Table(
        title, ["articles", "stories", "seconds"], [[f"{size:,}", str(len(stories)), f"{seconds:.1f}"]]
    )
