"""Summarizers that wait until they are let go, as a package of others would bring them; for tests of the page.

The folder of the package goes on the search path of this process, and with that on its workers'.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarize.registry import table

_CODE = '''
"""Waits for a file, whatever comes; says that it waits by making another."""
import os, time
from pathlib import Path
from summarize.summarizers.lead import Lead
from summarize.summarizers.base import AbstractiveSummarizer

FOLDER = Path({folder!r})

def pause():
    (FOLDER / f"begun-{{os.getpid()}}-{{time.monotonic_ns()}}").touch()
    end = time.monotonic() + 120
    while not (FOLDER / "go").exists() and time.monotonic() < end:
        time.sleep(0.01)

class Gated(Lead):
    about = "waits until it is let go"
    growth = (20.0, 0)

    def score(self, document):
        pause()
        return super().score(document)

class GatedModel(AbstractiveSummarizer):
    about = "a model that waits until it is let go"

    def write(self, documents, style):
        if style.name == "headline" and "Rain fell in Leeds" not in documents[0].text:
            pause()
        return [[document.sentences[0].text] for document in documents]
'''
_POINTS = "[summarize.summarizers]\ngated = gated_plugin:Gated\ngated-model = gated_plugin:GatedModel\n"


class Gate:
    """Lets the waiting summarizers go, and tells how many have begun to wait.

    Attributes:
        folder: where their files are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def begun(self) -> int:
        """How often a summarizer has begun to wait since the gate was closed."""
        return len(list(self.folder.glob("begun-*")))

    @property
    def waiting(self) -> list[int]:
        """The processes that have waited, and live."""
        found = {int(path.name.split("-")[1]) for path in self.folder.glob("begun-*")}
        return [pid for pid in found if Path(f"/proc/{pid}").exists()]

    def open(self) -> None:
        (self.folder / "go").touch()

    def close(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()


@contextmanager
def gated(folder: Path) -> Iterator[Gate]:
    """Install `gated` and `gated-model` until the end of the block; who waits then is let go."""
    site, files = folder / "site", folder / "gate"
    info = site / "gated-1.0.dist-info"
    for path in (info, files):
        path.mkdir(parents=True)
    (site / "gated_plugin.py").write_text(_CODE.format(folder=str(files)))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gated\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(_POINTS)
    sys.path.append(str(site))
    table.cache_clear()
    gate = Gate(files)
    try:
        yield gate
    finally:
        gate.open()
        sys.path.remove(str(site))
        sys.modules.pop("gated_plugin", None)
        table.cache_clear()
