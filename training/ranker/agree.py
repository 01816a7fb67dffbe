"""How often `news` chooses what editors chose, each article with the trees of the fold that leaves it out."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from collect import AIM
from desks import desk_of
from sets import EditorChoice, articles, both, choices, hashed

from summarize import parse
from summarize.style import BULLETS, WYSK


def agreement(texts: dict[tuple[str, int], str], folder: Path, choice: EditorChoice) -> Counter[str]:
    """What one article adds to the sums that are printed."""
    document = parse(texts[choice.article])
    found: Counter[str] = Counter()
    if len(document.sentences) != choice.sentences:
        return found
    desk = desk_of(document, folder, choice.fold)
    headline = desk.headline()
    bullets = desk.bullets(BULLETS, AIM)
    box = desk.box(WYSK, bullets, headline)
    found["articles"] = 1
    if headline:
        found["near"] = both(hashed(headline.text), list(choice.headline)) / 2
        found += _counted("headline", [headline.evidence[0].sentence], choice.worth["news"])
    found += _counted("bullets", (line.index for line in bullets), choice.worth["bullets"])
    found += _counted("box", (line.index for line in box), choice.worth["box"])
    found["main"] = not choice.chosen["bullets"] or choice.chosen["bullets"][0] in {b.index for b in bullets}
    return found


def _counted(part: str, indices: Iterable[int], worth: list[float]) -> Counter[str]:
    """How many lines of a part there are, and how many an editor chose, would take, or never print."""
    found: Counter[str] = Counter()
    for index in indices:
        value = worth[index] if index < len(worth) else 0.0
        found[part] += 1
        found[f"{part}, chosen"] += value == 1
        found[f"{part}, chosen or spare"] += value > 0
        found[f"{part}, unusable"] += value < 0
    return found


def main() -> None:
    """Print shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("collected", type=Path, help="the folder of collect.py, with the folds of fit.py")
    options = parser.parse_args()
    with ProcessPoolExecutor() as pool:
        one = partial(agreement, articles(options.data), options.collected)
        total: Counter[str] = sum(pool.map(one, choices(), chunksize=20), Counter())
    many = total["articles"]
    print(f"{many} articles; nearness to the editor's headline {total['near'] / many:.3f};")
    print(f"the sentence of the editor's first bullet is among the bullets in {total['main'] / many:.1%}")
    for part in ("headline", "bullets", "box"):
        shares = {
            name: total[f"{part}, {name}"] / total[part] for name in ("chosen", "chosen or spare", "unusable")
        }
        print(
            f"{part:9} {total[part]:5} lines",
            *(f"{name} {share:.1%}" for name, share in shares.items()),
            sep="  ",
        )


if __name__ == "__main__":
    main()
