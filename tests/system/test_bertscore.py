"""BERTScore with a small encoder from a folder: the definition, padding, several references, errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from summarize_eval.cli import main
from summarize_eval.metrics.base import Sample
from summarize_eval.metrics.registry import load_metric

from summarize.errors import ModelError, OptionError

torch = pytest.importorskip("torch", exc_type=ImportError)
transformers = pytest.importorskip("transformers", exc_type=ImportError)

WORDS = "the ferry sank a ship off pellworth all were rescued . fish".split()
TEXTS = ["The ferry sank off Pellworth.", "A ship sank.", "All were rescued. A ferry sank.", "fish"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    path = tmp_path_factory.mktemp("encoder")
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(known)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(path)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(known),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(path)
    return path


def by_definition(folder: Path, layer: int, ours: str, theirs: str) -> list[float]:
    """F, precision and recall of one pair, each text encoded alone; the paper's equations in its words."""
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder)
    model: Any = transformers.AutoModel.from_pretrained(folder).eval()

    def vectors(text: str) -> np.ndarray:
        with torch.inference_mode():
            states = model(**tokenizer(text, return_tensors="pt"), output_hidden_states=True).hidden_states
        rows = states[layer][0].double().numpy()
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    cosines = vectors(ours) @ vectors(theirs).T
    precision, recall = cosines.max(axis=1)[1:-1].mean(), cosines.max(axis=0)[1:-1].mean()
    return [2 * precision * recall / (precision + recall), precision, recall]


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_the_figures_are_those_of_the_definition(folder: Path, layer: int) -> None:
    metric = load_metric(f"bertscore:model={folder}:layer={layer}")
    pairs = [(one, other) for one in TEXTS for other in TEXTS]
    found = metric.score([Sample(one, (other,)) for one, other in pairs])
    expected = [by_definition(folder, layer, *pair) for pair in pairs]
    assert list(found) == ["bertscore", "bertscore_precision", "bertscore_recall"]
    np.testing.assert_allclose(np.array(list(found.values())).T, expected, atol=1e-5)
    assert found["bertscore"][0] == pytest.approx(1.0)


def test_the_best_of_several_references_counts_and_nothing_scores_nothing(folder: Path) -> None:
    metric = load_metric(f"bertscore:model={folder}")
    one = [metric.score([Sample(TEXTS[0], (text,))])["bertscore"][0] for text in TEXTS[1:3]]
    both = metric.score(
        [Sample(TEXTS[0], tuple(TEXTS[1:3])), Sample(" ", (TEXTS[0],)), Sample("fish", ("",))]
    )
    assert both["bertscore"].tolist() == [pytest.approx(max(one)), 0, 0]


def test_long_texts_are_cut_to_the_window(folder: Path) -> None:
    found = load_metric(f"bertscore:model={folder}").score([Sample("the ferry " * 200, ("the ferry",))])
    assert 0 < found["bertscore"][0] <= 1


def test_the_command_takes_a_folder(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": n, "prediction": text, "reference": TEXTS[0]} for n, text in enumerate(TEXTS)]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    metric = f"bertscore:model={folder}:layer=2"
    assert main(["score", str(path), "--references", str(path), "--metrics", metric]) == 0
    out = capsys.readouterr().out
    assert "bertscore_recall" in out and f"bertscore|model:{folder.name}@" in out and "|layer:2|" in out


def test_errors_say_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="layers 1 to 3, not 9"):
        load_metric(f"bertscore:model={folder}:layer=9")
    with pytest.raises(ModelError):
        load_metric(f"bertscore:model={tmp_path / 'none'}")
