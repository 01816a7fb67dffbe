"""What stands around the page: what visitors are told, and the folder of a server's uploads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarize.web.server.folder import PREFIX, remove_left, uploads_folder
from summarize.web.server.telling import for_visitors

HOME = Path.home()
_SERVER = (
    "import sys, time\nfrom summarize.web.server.folder import uploads_folder\n"
    "with uploads_folder(sys.argv[1]) as folder:\n    print(folder, flush=True)\n    time.sleep(120)\n"
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"the tokenizer in {HOME}/.cache/x y/z cannot be loaded", "the tokenizer in x y/z cannot be loaded"),
        ("'/root/a b/c d/b.json' cannot be read", "'b.json' cannot be read"),
        ("x is not in the cache (/var/hub/models): fetch it", "x is not in the cache (models): fetch it"),
        (r"C:\Users\me\rows.csv: no rows", "rows.csv: no rows"),
        ("../data/rows.csv: no rows", "rows.csv: no rows"),
        ("m cannot be converted: bad; --engine torch runs it", "m cannot be converted: bad"),
        ("the server refused; is it running, and is --base-url right?", "the server refused; is it running"),
        ("needs a model: --model FOLDER or a hub id; bart is one", "needs a model; bart is one"),
        ("took more than 9 seconds (--row-timeout)", "took more than 9 seconds"),
        ("https://example.org/a/b?c=/d/e answered 404", "https://example.org/a/b?c=/d/e answered 404"),
        ("17 km/h and/or 3/4, a - b -- c", "17 km/h and/or 3/4, a - b -- c"),
    ],
)
def test_visitors_are_told_no_folder_and_no_option(said: str, told: str) -> None:
    assert for_visitors(said) == told


def begin(above: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen([sys.executable, "-c", _SERVER, str(above)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def make_old(folder: Path) -> None:
    long_ago = time.time() - 3600
    os.utime(folder / "server.lock", (long_ago, long_ago))


def test_what_a_killed_server_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    others = tmp_path / f"{PREFIX}of-somebody"  # which holds no lock of a server
    others.mkdir()
    (killed, left), (alive, kept) = begin(tmp_path), begin(tmp_path)
    try:
        (left / "upload").mkdir()
        (left / "upload" / "story.txt").write_text("It rained.")
        killed.send_signal(signal.SIGKILL)
        killed.wait(60)
        assert left.is_dir() and remove_left(tmp_path) == []  # it may just be starting
        for folder in (left, kept):
            make_old(folder)
        with uploads_folder(str(tmp_path)) as mine:
            assert not left.exists() and kept.is_dir() and others.is_dir() and Path(mine).is_dir()
        assert not Path(mine).exists()
    finally:
        for process in (killed, alive):
            process.kill()
            process.wait(60)
            process.stdout and process.stdout.close()


def test_a_link_to_elsewhere_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "server.lock").touch()
    make_old(target)
    (tmp_path / f"{PREFIX}link").symlink_to(target)
    assert remove_left(tmp_path) == [] and (target / "server.lock").exists()
