"""Write the table of English verbs: `python training/verbs/table.py summarize/language/data`.

The forms are those of LemmInflect (pip install lemminflect), which has them from the SPECIALIST Lexicon.
A verb stands with its forms only where the rules of `summarize.composing.verb_forms` do not make them.
"""

from __future__ import annotations

import csv
import gzip
import sys
from importlib.resources import files
from pathlib import Path

from summarize.composing.verb_forms import regular_forms

HEAD = """\
# English verbs, of the SPECIALIST Lexicon (see summarize/data/NOTICE): the base alone where the rest is
# regular, else base, past tense, participle, gerund, third person; "/" parts forms of which any will do.
# Written by training/verbs/table.py.
"""
NO_VERBS = frozenset({"premier", "broadcast", "forecast"})  # "premiered" is of "premiere"
# What the lexicon lacks.
FURTHER = (
    "broadcast broadcast broadcast broadcasting broadcasts",
    "forecast forecast forecast forecasting forecasts",
    *"bankroll belie capsize crystallize marginalize morph mothball text torch upend".split(),
)


def _one_word(forms: str) -> str:
    """Spellings of a form, without those of several words: "offset", not "off set"."""
    return "/".join(form for form in forms.split("/") if " " not in form)


def main(target: Path) -> None:
    """Write verbs.txt into a folder."""
    source = files("lemminflect").joinpath("resources", "infl_lu.csv.gz").read_bytes()
    lines = set(FURTHER)
    for base, kind, *forms in csv.reader(gzip.decompress(source).decode("utf-8").splitlines()):
        past, participle, gerund, third = (_one_word(form) for form in (*forms, "", "", "", "")[:4])
        if kind not in {"verb", "aux"} or not past or not gerund or base in NO_VERBS:
            continue
        if not (base.isalpha() and base.isascii() and base.islower()):
            continue
        found = (past, participle or past, gerund, third)
        lines.add(base if found == regular_forms(base) else " ".join((base, *found)))
    (target / "verbs.txt").write_text(HEAD + "".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    print(len(lines), "verbs")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
