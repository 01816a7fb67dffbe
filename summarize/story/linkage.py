"""Average linkage over a sparse table of similarities, and what such a table connects at all."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return what pairs connect, each part in order.

    Example:
        >>> connected(5, [(0, 3), (3, 4)])
        [[0, 3, 4], [1], [2]]
    """
    leader = list(range(count))

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = item = leader[leader[item]]
        return item

    for one, two in pairs:
        first, second = sorted((find(one), find(two)))
        leader[second] = first
    parts: dict[int, list[int]] = defaultdict(list)
    for item in range(count):
        parts[find(item)].append(item)
    return list(parts.values())


def linked(count: int, pairs: Mapping[tuple[int, int], float], similarity: float) -> list[list[int]]:
    """Return the groups of average linkage; a pair that is not given counts as 0.

    Args:
        count: how many items there are.
        pairs: the similarity of items (smaller, larger).
        similarity: the mean over all pairs of two groups from which on they are one.

    Example:
        >>> linked(4, {(0, 1): 0.9, (1, 2): 0.6, (2, 3): 0.8}, 0.5)
        [[0, 1], [2, 3]]
    """
    members = {index: [index] for index in range(count)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    queue = []
    for (one, two), value in pairs.items():
        sums[one][two] = sums[two][one] = value
        if value >= similarity:
            queue.append((-value, one, two))
    heapq.heapify(queue)
    fresh = count
    while queue:
        _, one, two = heapq.heappop(queue)
        if one not in members or two not in members:
            continue  # one of them is part of a larger group by now, which stands in the queue itself
        members[fresh] = sorted(members.pop(one) + members.pop(two))
        together = Counter(sums.pop(one)) + Counter(sums.pop(two))
        for other, value in together.items():
            if other not in members:
                continue
            near = sums[other]
            near.pop(one, None)
            near.pop(two, None)
            sums[fresh][other] = near[fresh] = value
            mean = value / (len(members[fresh]) * len(members[other]))
            if mean >= similarity:
                heapq.heappush(queue, (-mean, other, fresh))
        fresh += 1
    return sorted(members.values())
