"""A model that brings code of its own never runs it, whatever stands on standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", exc_type=ImportError)
pytest.importorskip("transformers", exc_type=ImportError)

ARTICLE = "Ann Lee won the vote on Monday. About 900 people took part in Pellworth."
# Each way in which a model is loaded: the encoder, a checkpoint for torch, one for CTranslate2, a tokenizer.
WAYS = {
    "check --embeddings": ["check", "-", "--source", "ARTICLE", "--embeddings", "MODEL"],
    "check --judge": ["check", "-", "--source", "ARTICLE", "--judge", "MODEL", "--judge-label", "LABEL_1"],
    "bart with torch": ["ARTICLE", "--summarizer", "bart", "--model", "MODEL", "--engine", "torch"],
    "bart with ctranslate2": [
        "ARTICLE",
        "--summarizer",
        "bart",
        "--model",
        "MODEL",
        "--engine",
        "ctranslate2",
    ],
}


@pytest.mark.parametrize("way", WAYS)
def test_the_code_of_a_model_is_not_run(tmp_path: Path, way: str) -> None:
    model = tmp_path / "model"
    model.mkdir()
    ran = tmp_path / "ran"
    (model / "own.py").write_text(f"open({str(ran)!r}, 'w').close()\nclass Own: pass\n")
    kinds = (
        "AutoConfig",
        "AutoModel",
        "AutoModelForSeq2SeqLM",
        "AutoModelForSequenceClassification",
        "AutoTokenizer",
    )
    config = {"model_type": "own", "auto_map": dict.fromkeys(kinds, "own.Own")}
    (model / "config.json").write_text(json.dumps(config))
    tokenizer = {"tokenizer_class": "Own", "auto_map": {"AutoTokenizer": ["own.Own", None]}}
    (model / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    (model / "model.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
    (tmp_path / "article.txt").write_text(ARTICLE)
    places = {"ARTICLE": str(tmp_path / "article.txt"), "MODEL": str(model)}
    found = subprocess.run(
        [sys.executable, "-m", "summarize", *(places.get(word, word) for word in WAYS[way])],
        input="yes\n" * 10,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert not ran.exists()
    assert found.returncode == 1 and "summarize" in found.stderr.splitlines()[-1], found.stderr
    assert "Traceback" not in found.stderr and "[y/N]" not in found.stdout + found.stderr
