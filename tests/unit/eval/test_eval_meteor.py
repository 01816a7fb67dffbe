"""METEOR by NLTK, with a WordNet of one pair of synonyms in NLTK's own format, and without any."""

from pathlib import Path

import pytest
from nltk import data
from nltk.corpus.util import LazyCorpusLoader
from summarize_eval.metrics.base import Sample
from summarize_eval.metrics.registry import installed_metrics, load_metric

from summarize.errors import MissingDependencyError

FILES = ("adj", "adv", "noun", "verb")


@pytest.fixture
def small_wordnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "corpora" / "wordnet"
    folder.mkdir(parents=True)
    (folder / "lexnames").write_text("00\tnoun.Tops\t1\n")
    (folder / "cntlist.rev").write_text("")
    for kind in FILES:
        for name in (f"index.{kind}", f"data.{kind}", f"{kind}.exc"):
            (folder / name).write_text("")
    (folder / "data.noun").write_text("00000000 00 n 02 doctor 0 physician 0 000 | who heals  \n")
    (folder / "index.noun").write_text("doctor n 1 0 1 0 00000000  \nphysician n 1 0 1 0 00000000  \n")
    (folder / "index.sense").write_text("")
    monkeypatch.setattr(data, "path", [str(tmp_path)])
    fresh(monkeypatch)


@pytest.fixture
def no_wordnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "path", [str(tmp_path)])
    fresh(monkeypatch)


def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give NLTK a WordNet that is not loaded yet: a loader turns into what it has loaded."""
    import nltk.corpus
    import nltk.translate.meteor_score as module
    from nltk.corpus.reader import WordNetCorpusReader

    loader = LazyCorpusLoader(
        "wordnet", WordNetCorpusReader, LazyCorpusLoader("omw-1.4", WordNetCorpusReader, "x")
    )
    monkeypatch.setattr(nltk.corpus, "wordnet", loader)
    monkeypatch.setattr(module, "wordnet", loader)


@pytest.mark.usefixtures("small_wordnet")
def test_synonyms_and_stems_count() -> None:
    metric = load_metric("meteor")
    texts = ["The doctor sings.", "The physician singing.", "The fish flies.", ""]
    scores = metric.score([Sample(text, ("The doctor sings.", "x y z")) for text in texts])["meteor"]
    # All three words are matched in one chunk: 1 - 0.5 * (1/3)^3.
    assert scores[0] == pytest.approx(1 - 0.5 / 27)
    assert scores[1] == pytest.approx(scores[0]), "a synonym and a stem count as the word"
    assert 0 < scores[2] < scores[1] and scores[3] == 0
    assert "nltk:" in metric.signature and "alpha:0.9" in metric.signature


@pytest.mark.usefixtures("no_wordnet")
def test_without_wordnet_it_is_said_how_to_get_it() -> None:
    with pytest.raises(MissingDependencyError, match="python -m nltk.downloader wordnet"):
        load_metric("meteor")
    assert "meteor" not in installed_metrics()
