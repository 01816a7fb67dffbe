"""Batch runs on a real Ray cluster of two nodes on this machine, one of which is lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from batch_fixtures import article, environment, read_lines, records, write_lines

from summarize.cli import main

pytest.importorskip("ray")

# A node of the cluster is a raylet with its workers, as on a machine of its own. When some shards are
# there, the node that is not the head is killed with all its processes. A busy machine takes minutes for it.
SCRIPT = """
import json, logging, sys, threading, time
from pathlib import Path
import ray
from ray.cluster_utils import Cluster
from summarize.batch.cluster import run_on_ray
from summarize.batch.shards import Shards
from summarize.batch.work import BatchSettings

sources, output, kill = json.loads(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "kill"
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 80 * 2**20})
lost = cluster.add_node(num_cpus=1, object_store_memory=80 * 2**20)
cluster.wait_for_nodes()
ray.init(address=cluster.address, log_to_driver=False, logging_level=logging.ERROR)
settings = BatchSettings("deliberate", styles=("bullets",), compact=True)

def watch():
    while len(list(output.glob("part-*.jsonl"))) < 4:
        time.sleep(0.05)
    cluster.remove_node(lost, allow_graceful=False)
    print("killed with", len(list(output.glob("part-*.jsonl"))), "shards", flush=True)

if kill:
    threading.Thread(target=watch, daemon=True).start()
tally = run_on_ray(sources, Shards(str(output), settings, rows=20), workers=2)
print(json.dumps({"done": tally.done, "failed": tally.failed, "skipped": tally.skipped}), flush=True)
again = run_on_ray(sources, Shards(str(output), settings, rows=20, resume=True), workers=1)
print(json.dumps({"done": again.done, "failed": again.failed, "skipped": again.skipped}), flush=True)
ray.shutdown()
cluster.shutdown()
"""
PLUGIN = """
import os, signal, time
from summarize.summarizers.lead import Lead

class Deliberate(Lead):
    \"\"\"The lead, slowly enough that a node can be lost meanwhile; dies of one text.\"\"\"
    def score(self, document):
        time.sleep(0.02)
        if "KILL" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().score(document)
"""

# Several command lines, one process: the first starts Ray on this machine, the next find it started.
PARTED = "\x1e"
COMMANDS = f"""
import json, sys
from summarize.cli import main
codes = []
for line in json.loads(sys.argv[1]):
    codes.append(main(line))
    print({PARTED!r}, file=sys.stderr)
print(json.dumps(codes))
"""


def test_with_a_node_lost_in_the_middle_every_row_is_there_once_and_as_on_one_machine(tmp_path: Path) -> None:
    site = tmp_path / "site"
    info = site / "deliberate-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "deliberate_plugin.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deliberate\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[summarize.summarizers]\ndeliberate = deliberate_plugin:Deliberate\n"
    )
    env = environment(RAY_ENABLE_UV_RUN_RUNTIME_ENV="0", RAY_USAGE_STATS_ENABLED="0")
    env["RAY_health_check_period_ms"] = "500"  # a node is lost after five of them, which would be 15 seconds
    env["PYTHONPATH"] = f"{site}:{env['PYTHONPATH']}"

    sources = []
    for number in range(2):
        rows: list[dict[str, object] | bytes] = [*records(100, 1000 * number)]
        rows[50] = b'{"id": "broken", '
        rows[70] = {"id": f"deadly{number}", "article": "KILL is all it says. And some more."}
        sources.append(str(write_lines(tmp_path / f"{number}.jsonl", rows)))
    output = tmp_path / "shards"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(sources), str(output), "kill"],
        capture_output=True, text=True, env=env, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "killed with" in done.stdout
    first, second = (line for line in done.stdout.splitlines() if line.startswith('{"done"'))
    assert json.loads(first) == {"done": 2 * 98, "failed": 4, "skipped": 0}
    assert json.loads(second) == {"done": 0, "failed": 0, "skipped": 200}

    local = subprocess.run(
        [sys.executable, "-m", "summarize", "batch", *sources, "-o", str(tmp_path / "out.jsonl"), "-w", "2",
         "--summarizer", "deliberate", "-s", "bullets", "--compact"],
        capture_output=True, text=True, env=env, timeout=120, check=False,
    )  # fmt: skip
    assert local.returncode == 1, local.stderr
    shards = sorted(output.glob("part-*.jsonl"))
    rows_of_shards = b"".join(p.read_bytes() for p in shards if not p.name.endswith(".errors.jsonl"))
    errors = b"".join(p.read_bytes() for p in shards if p.name.endswith(".errors.jsonl"))
    assert rows_of_shards == (tmp_path / "out.jsonl").read_bytes()
    assert errors == (tmp_path / "out.jsonl.errors.jsonl").read_bytes()
    assert not list(output.glob("*.new"))


def test_the_command_writes_parquet_shards_and_refuses_another_run_into_them(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    source = write_lines(tmp_path / "in.jsonl", [*records(45), {"id": "x", "article": ""}])
    output = tmp_path / "shards"
    same = [
        *("batch", str(source), "-o", str(output), "--engine", "ray", "--format", "parquet", "-w", "1"),
        *("--shard-rows", "20", "--summarizer", "lead", "--carry", "views"),
    ]
    lines = [same, [*same, "--resume"], same, [*same, "-s", "wysk", "--resume"]]
    ran = subprocess.run(
        [sys.executable, "-c", COMMANDS, json.dumps(lines)],
        capture_output=True, text=True, env=environment(), timeout=500, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [1, 1, 1, 1], ran.stderr
    done, again, occupied, other, _ = ran.stderr.split(PARTED)
    assert "45 done, 1 failed" in done
    shards = sorted(output.glob("*.parquet"))
    assert [parquet.read_table(path).num_rows for path in shards] == [20, 20, 5]
    ids = [row["id"] for path in shards for row in parquet.read_table(path).to_pylist()]
    assert ids == [f"n{n}" for n in range(45)]
    [error] = read_lines(output / "part-00000-00000002.parquet.errors.jsonl")
    assert [error["id"], error["line"]] == ["x", 46]
    assert "46 skipped (done before); " in again
    assert again.rstrip().endswith(f"see {output}/*.errors.jsonl")
    assert "is not empty" in occupied
    assert "differs in styles" in other


def test_an_input_without_articles_is_told_before_there_is_a_cluster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", [{"corpo": article(n)} for n in range(30)])
    assert main(["batch", str(source), "-o", str(tmp_path / "out"), "--engine", "ray"]) == 1
    assert "there are corpo; --text-column 'corpo' would fit" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
