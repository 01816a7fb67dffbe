"""Fuzz parse, brief, check and score with hostile shapes, random Unicode and mutated articles.

    python tests/soak/fuzz.py --seconds 120 --seed 1
    python tests/soak/fuzz.py --texts 100

Prints each failure with the seed that repeats it, and a count at the end; the exit status is 1 where one failed.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from shapes import HTML_SHAPES, SHAPES  # noqa: E402

from summarize.errors import SummarizeError  # noqa: E402
from summarize.evidence import check  # noqa: E402
from summarize.evidence.strict import hold_to_source  # noqa: E402
from summarize.parsing.parse import parse  # noqa: E402
from summarize.reading.formats.pages import from_html, from_markdown  # noqa: E402
from summarize.registry import load  # noqa: E402
from summarize.writing.write import FORMATS, render  # noqa: E402

# Of a text in characters; the most of the processor that it may take, so that a busy machine is no fault; and
# the most of the clock, for what waits for ever.
SIZE, SECONDS, WAITING = 100_000, 5, 120
_ARTICLES = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
_MARKS = " \n\t.,;:!?'\"“”‘’()[]{}<>&-–—|*#_`$%0123456789\xa0\x00\x1b\u2028\u200d\ud800"


class _TooLong(Exception):
    """A text took longer than it may."""


def _ring(number: int, frame: FrameType | None) -> None:
    most = SECONDS if number == signal.SIGPROF else WAITING
    raise _TooLong(f"more than {most} s")


def _unicode(dice: random.Random, size: int) -> str:
    return "".join(chr(dice.randrange(0x110000 if dice.random() < 0.1 else 0x3000)) for _ in range(size))


def _mutated(dice: random.Random) -> str:
    """An article with pieces left out, doubled, moved and broken by signs."""
    text = dice.choice(_ARTICLES)
    for _ in range(dice.randrange(1, 30)):
        a, b = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        piece, b = text[a : min(b, a + 500)], min(b, a + 500)
        change = dice.choice(
            ("", piece * dice.randrange(2, 5), piece[::-1], piece.upper(), dice.choice(_MARKS))
        )
        text = text[:a] + change + text[b:]
    return text[:SIZE] or "a"


def _text(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.3:
        return dice.choice(list(SHAPES.values()))(dice.randrange(1, SIZE // 4))
    if kind < 0.5:
        return _unicode(dice, dice.randrange(1, 3000))
    if kind < 0.6:
        return _mutated(dice) + dice.choice(list(SHAPES.values()))(5000) + _unicode(dice, 200)
    return _mutated(dice)


def attack(seed: int) -> None:
    """Take one text through everything; errors of the input are what it may say."""
    dice = random.Random(seed)
    text = _text(dice)
    if dice.random() < 0.1:
        text = dice.choice(list(HTML_SHAPES.values()))(20_000)
    if dice.random() < 0.2:
        reader = dice.choice((lambda page: from_html(page, "page"), from_markdown))
        text = reader(text).text
    document = parse(text)
    assert all(text[s.start : s.end] == s.text for s in document.sentences)
    if not document.sentences:
        return
    name = dice.choice(("textrank", "lead", "news"))
    brief = hold_to_source(load(name).brief([document]))[0]
    render(brief, dice.choice(FORMATS), evidence=True)
    summary = _text(dice)[:3000]
    check(summary, document)
    rouge = import_module("summarize_eval.rouge.rouge")
    rouge.Rouge().score(summary, text[:20_000])


def main() -> int:
    """Attack until the time is up; return 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--texts", type=int, help="so many, however long they take")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _ring)
    signal.signal(signal.SIGPROF, _ring)
    end, seed, failed, longest = time.monotonic() + options.seconds, options.seed, 0, 0.0
    attack(0)  # loads what is loaded once
    while time.monotonic() < end if options.texts is None else seed < options.seed + options.texts:
        start = time.process_time()
        signal.alarm(WAITING)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            attack(seed)
        except SummarizeError:
            pass
        except Exception:
            failed += 1
            print(f"seed {seed}:", traceback.format_exc(limit=-3), file=sys.stderr)
        finally:
            signal.alarm(0)
            signal.setitimer(signal.ITIMER_PROF, 0)
        longest = max(longest, time.process_time() - start)
        seed += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{seed - options.seed:,} texts, {failed} failed, longest {longest:.1f} s of processor, peak {peak:,} MiB"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
