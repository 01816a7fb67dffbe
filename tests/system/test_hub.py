"""The way to the hub, against a server on loopback: download once, resume, refuse what is corrupted."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from abstractive_fixtures import STORIES, tiny_bart
from hub_server import COMMIT, Hub, serve

from summarize.reading.deadline import SECONDS_TO_REACH_THE_HUB

pytest.importorskip("ctranslate2")
pytest.importorskip("huggingface_hub")

CNN, XSUM = "facebook/bart-large-cnn", "facebook/bart-large-xsum"
# The story given to the command line's own summarizer, `bart`, with nothing but names from the hub.
PROGRAM = f"""
import sys
from summarize.errors import SummarizeError
from summarize.parsing.parse import parse
from summarize.registry import load
try:
    brief = load("bart", device="cpu").brief([parse({STORIES[0][0]!r})], ["headline", "bullets"])[0]
except SummarizeError as error:
    sys.exit(f"summarize: error: {{error}}")
print(brief.headline, *brief.bullets, sep="\\n")
print(brief.signature, file=sys.stderr)
"""
# As far as the network goes, without the seconds in which the libraries of models are imported.
FETCH = f"""
import sys
from summarize.errors import SummarizeError
from summarize.models.checkpoints import resolve
try:
    print(resolve({CNN!r}).folder)
except SummarizeError as error:
    sys.exit(f"summarize: error: {{error}}")
"""


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serve(Hub({CNN: tiny_bart(), XSUM: tiny_bart("headlines")})) as running:
        yield running


def summarize(
    home: Path, endpoint: str, program: str = PROGRAM, **environment: str
) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "HUGGINGFACE"))}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={
            **known,
            "HF_ENDPOINT": endpoint,
            "HF_HOME": str(home / "hf"),
            "SUMMARIZE_CACHE": str(home / "own"),
            "HF_HUB_DOWNLOAD_TIMEOUT": "5",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_whole(run: subprocess.CompletedProcess[str], hub: Hub) -> None:
    """Hold the files that were fetched to those that are served."""
    assert run.returncode == 0, run.stderr
    fetched = list(Path(run.stdout.strip()).iterdir())
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= {path.name for path in fetched}
    for path in fetched:
        assert path.read_bytes() == (hub.repositories[CNN] / path.name).read_bytes(), path.name


EXPECTED = [STORIES[0][2], *(f"{sentence.rstrip('.')}." for sentence in STORIES[0][1].split(". "))]


def report(home: Path) -> list[str]:
    """What `summarize doctor` says of checkpoints."""
    program = (
        "from summarize.models.checkup import *; import sys\n"
        "for found in checkpoints_report(): print(found.works, found.name, found.detail)\n"
        "assert not {'torch', 'transformers', 'ctranslate2'} & set(sys.modules)"
    )
    run = summarize(home, "http://127.0.0.1:9", program)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_first_run_downloads_and_converts_second_asks_nothing_and_the_checkup_knows(
    hub: Hub, tmp_path: Path
) -> None:
    absent = f"False bart: {CNN} not in the cache; downloaded at first use, or by: hf download {CNN}"
    assert absent in report(tmp_path)
    first = summarize(tmp_path, hub.url)
    assert first.stdout.splitlines() == EXPECTED, first.stderr
    assert f"{CNN}@{COMMIT}:ctranslate2-int8-cpu" in first.stderr
    assert "converting" in first.stderr
    assert "%" in first.stderr
    assert any(request.endswith("model.safetensors") for request in hub.requests)
    hub.requests.clear()
    second = summarize(tmp_path, hub.url)
    assert second.stdout == first.stdout
    assert hub.requests == []
    assert "converting" not in second.stderr
    signature = first.stderr.splitlines()[-1]
    assert second.stderr.splitlines()[-1] == signature
    assert "None" not in signature
    offline = summarize(tmp_path, "http://127.0.0.1:9", HF_HUB_OFFLINE="1")
    assert offline.stdout == first.stdout
    assert f"True bart: {CNN} in the cache, converted to int8" in report(tmp_path)


def test_a_cut_connection_resumes(hub: Hub, tmp_path: Path) -> None:
    # The client writes blocks of 10 MB, so only a file beyond that has anything to resume from.
    shutil.copytree(hub.repositories[CNN], tmp_path / "served")
    (tmp_path / "served" / "other.safetensors").write_bytes(bytes(24_000_000))
    hub.repositories[CNN] = tmp_path / "served"
    hub.cuts, hub.cut_file = 1, "other.safetensors"
    assert_whole(summarize(tmp_path, hub.url, FETCH), hub)
    assert hub.cuts == 0
    assert hub.ranges
    assert all(int(wanted[6:].split("-")[0]) >= 10_000_000 for wanted in hub.ranges)


def test_a_connection_cut_for_good_fails_clean_and_a_later_run_goes_on(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = 1000
    failed = summarize(tmp_path, hub.url)
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert_one_clear_message(failed.stderr)
    hub.cuts = 0
    assert_whole(summarize(tmp_path, hub.url, FETCH), hub)


def test_a_corrupted_file_is_refused_and_fetched_anew(hub: Hub, tmp_path: Path) -> None:
    hub.corrupt = True
    refused = summarize(tmp_path, hub.url, FETCH)
    assert refused.returncode == 1
    assert "arrived corrupted" in refused.stderr
    assert "Traceback" not in refused.stderr
    hub.corrupt = False
    assert_whole(summarize(tmp_path, hub.url, FETCH), hub)


def test_an_id_that_is_not_there(hub: Hub, tmp_path: Path) -> None:
    hub.repositories.clear()
    run = summarize(tmp_path, hub.url)
    assert run.returncode == 1
    assert "is not there" in run.stderr
    assert "Traceback" not in run.stderr


def assert_one_clear_message(errors: str) -> None:
    message = errors[errors.index("summarize: error:") :]
    assert "Traceback" not in errors
    for way in ("--model FOLDER", "fill the cache", "--summarizer smollm2"):
        assert way in message
    assert message.count("\n") == 1


@pytest.mark.parametrize("silent", [True, False])
def test_an_unreachable_hub_is_said_within_five_seconds(silent: bool, tmp_path: Path) -> None:
    # A socket that listens and never answers is the worst network there is.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        if not silent:
            listener.close()
        program = PROGRAM.replace("import sys", "import sys, time; start = time.monotonic()", 1)
        program = program.replace("sys.exit(", "print(time.monotonic() - start); sys.exit(")
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "HF_ENDPOINT": f"http://127.0.0.1:{port}", "HF_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert_one_clear_message(run.stderr)
    # The wait itself is bounded below five seconds; imports and a busy machine come on top of it.
    assert SECONDS_TO_REACH_THE_HUB < 5
    assert float(run.stdout) < 30, run.stderr


def test_offline_is_said_at_once(tmp_path: Path) -> None:
    run = summarize(tmp_path, "http://127.0.0.1:9", HF_HUB_OFFLINE="1")
    assert run.returncode == 1
    assert_one_clear_message(run.stderr)
    assert "HF_HUB_OFFLINE" in run.stderr
