"""Embeddings: a real encoder, whose word vectors were set so that it knows three pairs of synonyms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarize import parse
from summarize.cli import main
from summarize.errors import ModelError
from summarize.evidence import check
from summarize.language.text import words

pytest.importorskip("torch", exc_type=ImportError)
pytest.importorskip("transformers", exc_type=ImportError)

from summarize.evidence.embeddings import Encoder, complete

ARTICLE = (
    "The physician mended an automobile near Pellworth. Rain fell on the harbour for nine days. "
    "Lawmakers in Ostrava voted on Wednesday."
)
PARAPHRASE = "A doctor repaired one car."
SYNONYMS = {"doctor": "physician", "repaired": "mended", "car": "automobile"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT without layers: the vector of a sentence is the mean of those of its words."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    path = tmp_path_factory.mktemp("encoder")
    known = ["[PAD]", "[UNK]", *dict.fromkeys(words(f"{ARTICLE} {PARAPHRASE}"))]
    ids = {word: index for index, word in enumerate(known)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(
        path
    )
    torch.manual_seed(0)
    model = BertModel(BertConfig(vocab_size=len(ids), hidden_size=64, num_hidden_layers=0))
    table = model.embeddings.word_embeddings.weight.data
    model.embeddings.position_embeddings.weight.data.zero_()
    model.embeddings.token_type_embeddings.weight.data.zero_()
    for word in ("a", "an", "the", "one", "on", "in", "for", "near", "[UNK]"):
        table[ids[word]] = 0
    for word, other in SYNONYMS.items():
        table[ids[word]] = table[ids[other]]
    model.save_pretrained(path)
    return path


def test_a_paraphrase_finds_its_sentence_only_by_meaning(folder: Path) -> None:
    document = parse(ARTICLE, language="en")
    plain = check(PARAPHRASE, document)
    found = check(PARAPHRASE, document, Encoder(str(folder)))
    assert 0 not in [each.sentence for each in plain.lines[0].evidence]
    assert [each.sentence for each in found.lines[0].evidence if each not in plain.lines[0].evidence] == [0]
    best = found.lines[0].evidence[-1]
    assert 0.6 <= best.score <= 1
    assert document.text[best.start : best.end] == document.sentences[0].text
    # What is flagged and how likely the line is stay with its words.
    assert (found.flags, found.score) == (plain.flags, plain.score)


def test_what_words_found_comes_first_and_nothing_twice(folder: Path) -> None:
    document = parse(ARTICLE, language="en")
    lines = check(ARTICLE, document, Encoder(str(folder))).lines
    for number, line in enumerate(lines):
        assert line.evidence[0].sentence == number
        assert len({each.sentence for each in line.evidence}) == len(line.evidence) <= 3


def test_vectors_have_length_one_whatever_they_are_batched_with(folder: Path) -> None:
    encoder = Encoder(str(folder))
    texts = [ARTICLE, "Rain.", PARAPHRASE] * 15
    together = encoder.encode(texts)
    assert together.shape == (45, 64)
    assert (together**2).sum(axis=1) == pytest.approx(1)
    assert together[1] == pytest.approx(encoder.encode(["Rain."])[0], abs=1e-6)
    assert complete([], parse(ARTICLE), encoder) == []


def test_the_command(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "summary.txt").write_text(PARAPHRASE)
    told = [
        "check",
        str(tmp_path / "summary.txt"),
        "--source",
        str(tmp_path / "article.txt"),
        "--language",
        "en",
    ]
    main([*told, "--format", "json", "--embeddings", str(folder)])
    evidence = json.loads(capsys.readouterr().out)["lines"][0]["evidence"]
    assert evidence[-1]["text"].startswith("The physician")
    assert main([*told, "--embeddings", str(tmp_path)]) == 1
    assert "config.json" in capsys.readouterr().err


def test_what_is_no_encoder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(ModelError):
        Encoder(str(tmp_path))
    with pytest.raises(ModelError, match="does not exist"):
        Encoder(str(tmp_path / "nowhere"))
