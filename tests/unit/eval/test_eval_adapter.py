"""ROUGE as a metric of `evaluate`: its arguments and results, and the numbers of rouge-score."""

from __future__ import annotations

import pytest
from summarize_eval.adapter import EvaluateRouge, RougeColumns

from summarize.errors import OptionError

PREDICTIONS = ["The cats were sitting.\nIt rained in York.", "Nothing was said", ""]
REFERENCES = ["The cat sat down.\nIt rained.", "Nothing happened", "Something"]
TYPES = ("rouge1", "rouge2", "rougeL", "rougeLsum")


@pytest.mark.parametrize("stemmer", [False, True])
def test_the_figures_are_those_of_rouge_score(stemmer: bool) -> None:
    scorer = pytest.importorskip("rouge_score.rouge_scorer").RougeScorer(list(TYPES), use_stemmer=stemmer)
    found = EvaluateRouge().compute(
        predictions=PREDICTIONS, references=REFERENCES, use_aggregator=False, use_stemmer=stemmer
    )
    rows = [scorer.score(reference, text) for reference, text in zip(REFERENCES, PREDICTIONS, strict=True)]
    assert found == {name: pytest.approx([row[name].fmeasure for row in rows]) for name in TYPES}


def test_what_is_added_counts_as_what_is_given() -> None:
    whole = EvaluateRouge().compute(predictions=PREDICTIONS, references=REFERENCES)
    metric = EvaluateRouge()
    metric.add(prediction=PREDICTIONS[0], reference=REFERENCES[0])
    metric.add_batch(predictions=PREDICTIONS[1:2], references=REFERENCES[1:2])
    assert metric.compute(predictions=PREDICTIONS[2:], references=REFERENCES[2:]) == whole
    with pytest.raises(OptionError, match="nothing to score"):
        metric.compute()


def test_several_references_and_other_types() -> None:
    found = EvaluateRouge().compute(
        predictions=["It rained."],
        references=[["It snowed.", "It rained."]],
        rouge_types=["rouge3", "rouge1"],
    )
    assert list(found) == ["rouge3", "rouge1"] and found["rouge1"] == 1.0


def test_numbers_that_differ_are_refused() -> None:
    with pytest.raises(OptionError, match="2 predictions were given with 1"):
        EvaluateRouge().compute(predictions=["a", "b"], references=["a"])


@pytest.mark.slow
def test_a_set_of_datasets_gets_a_column_for_each_type() -> None:
    datasets = pytest.importorskip("datasets")
    rows = datasets.Dataset.from_dict({"written": PREDICTIONS, "gold": [[text, "x"] for text in REFERENCES]})
    columns = RougeColumns("written", "gold", use_stemmer=True)
    found = rows.map(columns, batched=True, batch_size=2)
    assert found.column_names == ["written", "gold", *TYPES]
    whole = EvaluateRouge().compute(
        predictions=PREDICTIONS,
        references=[[text, "x"] for text in REFERENCES],
        use_aggregator=False,
        use_stemmer=True,
    )
    assert {name: list(found[name]) for name in TYPES} == whole
    with pytest.raises(OptionError, match="no column 'gone'; there are written, gold"):
        RougeColumns("gone", "gold")({"written": [], "gold": []})
