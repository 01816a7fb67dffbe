"""An evaluation and its reports: one set of figures in a table, JSON, Markdown, LaTeX and HTML."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from summarize_eval.evaluate import evaluate
from summarize_eval.reports.charts import Scale
from summarize_eval.reports.html import page
from summarize_eval.reports.tables import render, table
from summarize_eval.results import Evaluation, Settings, System
from summarize_eval.rouge.rouge import Rouge
from summarize_eval.rouge.sentences import on_lines

from summarize.errors import OptionError
from summarize.evidence import Tally

REFERENCES = [
    ("The cat sat on the mat .\nIt slept .",),
    ("Dogs bark .\nLoudly .",),
    ("Rain fell in <Leeds> .\nRivers rose .",),
]
ARTICLES = [
    "The cat sat on the mat. It slept. Then it ate.",
    "Dogs bark. Loudly. At night.",
    "Rain fell in <Leeds>.",
]


def make(test: str | None = "paired-bs", **changes: object) -> Evaluation:
    systems = [
        System(
            "lead",
            ["The cat sat.", "Dogs bark.", ""],
            "lead|version:1",
            seconds=[0.1, 0.1, 0.2],
            tally=Tally(8, 6.2, {"number": 2, "name": 1}),
        ),
        System("copy_&_paste|<b>", [text for (text,) in REFERENCES], "copy", seconds=[0.01] * 3),
    ]
    return evaluate("pets", systems, REFERENCES, Rouge(), Settings(test=test, **changes), articles=ARTICLES)  # type: ignore[arg-type]


def test_the_figures() -> None:
    evaluation = make()
    lead, copy = evaluation.results
    assert copy.means.tolist() == [[1.0] * 3] * 4
    assert lead.empty == 1
    assert not lead.scores[2].any()
    assert lead.comparison is None
    assert copy.comparison is not None and (copy.comparison.difference.mean > 0).all()
    assert lead.rate == pytest.approx(7.5)
    expected = Rouge().corpus(["The cat sat.", "Dogs bark.", ""], [text for (text,) in REFERENCES])
    np.testing.assert_array_equal(lead.scores, expected)
    np.testing.assert_array_equal(lead.interval.mean, expected[:, :, 2].mean(axis=0))


def test_the_signature_names_all_that_a_score_depends_on() -> None:
    signature = make().signature
    for part in (
        "tokenizer:rouge-score",
        "stemmer:porter-nltk",
        "references:1",
        "documents:3",
        "bootstrap:1000",
    ):
        assert part in signature
    assert "sentences:references-given+systems-given|" in signature
    assert make(seed=1).signature != signature
    assert make() is not make()
    assert make().signature == signature
    other = evaluate("pets", [System("x", ["a"])], [("b",)])
    assert re.search(r"data:\w{12}", other.signature)[0] != re.search(r"data:\w{12}", signature)[0]  # type: ignore[index]


def test_sentences_are_split_where_there_are_no_lines_and_it_is_said() -> None:
    found = evaluate("x", [System("s", ["It poured. It rained."])], [("It rained. It poured.",)])
    assert found.results[0].means[3, 2] == 1.0, "rougeLsum matches sentence by sentence"
    assert found.results[0].means[2, 2] < 1.0
    assert "no line breaks in the references, s; sentences were split here" in found.notes[0]
    assert "sentences:references-split+systems-split" in found.signature
    lines = evaluate("x", [System("s", ["It poured.\nIt rained."])], [("It rained.\nIt poured.",)])
    assert not lines.notes
    # Split on both sides it is 2/3; on one side or none 2/9, 8/9 or 4/9.
    both = evaluate(
        "x", [System("s", ["Ann bet. Cid bet."])], [("Bet bet. Cid ann cid.",)], Rouge(["rougeLsum"])
    )
    assert both.results[0].means[0, 2] == pytest.approx(2 / 3)


def test_lines_are_sentences_in_all_texts_if_in_most() -> None:
    assert on_lines(["It rained. It poured.", "One.\nTwo."]) == (
        ["It rained. It poured.", "One.\nTwo."],
        "given",
        0,
    )
    assert on_lines(["It rained. It poured.\n", ""]) == (["It rained.\nIt poured.", ""], "split", 0)
    assert on_lines(["It rained.", "it poured"]) == (["It rained.", "it poured"], "given", 0)
    # One text of several sentences is on lines, none on one line: the others have one sentence each.
    assert on_lines(["One.\nTwo.", "Three.", "Four.", "Five."]).how == "given"


def test_stray_line_breaks_do_not_turn_splitting_off() -> None:
    texts = ["It rained. It poured.", "One. Two.", "Three.\nFour five\nsix.", "Seven. Eight."]
    split = ["It rained.\nIt poured.", "One.\nTwo.", "Three.\nFour five six.", "Seven.\nEight."]
    assert on_lines(texts) == (split, "split", 1)
    assert on_lines(texts, split="lines") == (texts, "given", 0)
    assert on_lines(texts, split="sentences") == (split, "split", 0)
    notes = evaluate("x", [System("s", texts)], [(text,) for text in texts]).notes
    assert any("1 texts of the references have line breaks" in note for note in notes)


def test_a_script_that_the_tokenizer_does_not_know_is_refused() -> None:
    chinese = [System("s", ["新闻 发布"] * 2)]
    with pytest.raises(OptionError, match="--rouge unicode"):
        evaluate("x", chinese, [("新闻",), ("发布",)])
    found = evaluate("x", chinese, [("新闻",), ("发布",)], Rouge(mode="unicode", language="zh"))
    assert found.results[0].means[0, 2] > 0 and "stemmer:none" in found.signature
    mixed = evaluate("x", chinese, [("新闻",), ("news",)])
    assert any("1 references hold no word" in note for note in mixed.notes)


def test_one_document_has_no_interval() -> None:
    text = render(evaluate("x", [System("s", ["a b"])], [("a c",)]))
    assert "50.00" in text and "±" not in text


def test_the_table_for_the_terminal() -> None:
    text = render(make())
    assert re.search(r"copy_&_paste\|<b>\s+100\.00 ±0\.00", text)
    assert "note: lead: 1 summaries are empty and score 0" in text
    assert text.splitlines()[-1].startswith("rouge1+rouge2")
    assert re.search(r"support %\s+flags/100\s+s/doc\s+docs/s$", text.splitlines()[2])
    assert re.search(r"77\.5\s+37\.5\s+0\.133\s+7\.5$", text.splitlines()[3])
    assert re.search(r"-\s+-\s+0\.01\s+100$", text.splitlines()[4])
    assert "lead: flags in 8 lines: number 2, name 1" in text
    assert "lead is lead|version:1" in text
    recall = render(make(), measure="recall")
    assert "ROUGE recall x 100, mean" in recall
    assert "±" not in recall


def test_stars_stand_where_p_is_small() -> None:
    many = [System(name, [word] * 40, "") for name, word in (("a", "x"), ("b", "a b c"), ("c", "x"))]
    evaluation = evaluate("d", many, [("a b c",)] * 40, Rouge(["rouge1"]), Settings(test="paired-ar"))
    rows = table(evaluation)[1]
    assert [row[1].strip() for row in rows] == ["0.00 ±0.00", "100.00 ±0.00*", "0.00 ±0.00"]


def test_latex_has_the_corrected_stars() -> None:
    names = {"a": "x", "b": "a b c", "c": "x"}
    many = [System(name, [word] * 40, "") for name, word in names.items()]
    settings = Settings(test="paired-ar")
    text = render(evaluate("d", many, [("a b c",)] * 40, Rouge(["rouge1"]), settings), "latex")
    starred = [line for line in text.splitlines() if "^*" in line]
    assert len(starred) == 1 and starred[0].startswith("b & \\textbf{100.00 $\\pm$0.00$^*$}")
    # Six documents won, none lost: p is 2 in 64 alone, and 0.09 where three systems are tested.
    close = [System("a", ["x"] * 40), *(System(str(n), ["a"] * 6 + ["x"] * 34) for n in range(3))]
    found = evaluate("d", close, [("a",)] * 40, Rouge(["rouge1"]), settings)
    one = found.results[1].comparison
    assert one is not None and one.p[0] < 0.05 < one.corrected[0]
    assert "^*" not in render(found, "latex")


def test_json_has_every_document() -> None:
    found = json.loads(render(make(), "json"))
    lead, copy = found["systems"]
    assert found["documents"] == 3
    flags = {"number": 2, "name": 1}
    assert lead["support"] == {"lines": 8, "mean_support": 0.775, "flags_per_100": 37.5, "flags": flags}
    assert (copy["support"], copy["seconds_per_document"]) == (None, pytest.approx(0.01))
    assert len(lead["documents"]) == 3
    assert copy["scores"]["rouge1"]["fmeasure"] == 1.0
    assert (
        lead["scores"]["rouge2"]["low"]
        <= lead["scores"]["rouge2"]["fmeasure"]
        <= lead["scores"]["rouge2"]["high"]
    )
    assert 0 < copy["scores"]["rouge1"]["p_value"] <= 1
    assert (
        json.loads(render(make(samples=0, test=None), "json"))["systems"][0]["scores"]["rouge1"]["low"]
        is None
    )


def test_markdown_and_latex_escape_names() -> None:
    assert r"| copy\_&\_paste\|\<b\> |" in render(make(), "markdown")
    latex = render(make(), "latex")
    assert "copy\\_\\&\\_paste|<b> & \\textbf{100.00 $\\pm$0.00" in latex
    assert latex.count("{") == latex.count("}")
    with pytest.raises(OptionError):
        render(make(), "docx")


class Page(HTMLParser):
    """Collects what a page is made of, and checks that elements close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.data = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [value or "" for name, value in attributes if name in ("src", "href")]
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script" and data.startswith("["):
            self.data = data


def test_the_page_is_whole_and_holds_everything() -> None:
    found = Page()
    found.feed(page(make()))
    assert not found.open
    assert not found.outside
    assert found.tags.count("svg") == 4
    assert "b" not in found.tags, "a name is no markup"
    assert ">flags/100</button></th>" in page(make()) and 'data-label="flags/100"' in page(make())
    examples = json.loads(found.data)
    assert [example["id"] for example in examples] == ["1", "2", "3"]
    assert (
        examples[0]["systems"][0]["lines"][0]["text"] == "<mark>The</mark> <mark>cat</mark> <mark>sat</mark>."
    )
    assert "&lt;<mark>Leeds</mark>&gt;" in examples[2]["systems"][1]["lines"][0]["text"]
    assert examples[0]["article"] == ["The cat sat on the mat.", "It slept.", "Then it ate."]
    assert [line["sentence"] for line in examples[0]["systems"][1]["lines"]] == [0, 1]


def test_the_page_of_one_untimed_system_without_intervals() -> None:
    ids = ["</script><b>"]
    alone = evaluate("x", [System("s", ["a</script>b"])], [("c",)], settings=Settings(samples=0), ids=ids)
    found = Page()
    found.feed(page(alone))
    assert found.tags.count("svg") == 2
    assert found.tags.count("script") == 2
    assert json.loads(found.data)[0]["article"] == []
    assert json.loads(found.data)[0]["id"] == ids[0]


def test_words_of_every_script_are_marked() -> None:
    found = Page()
    found.feed(page(evaluate("x", [System("s", ["首相 Кот спит snake_case"])], [("首 кот snake",)])))
    marked = "<mark>首</mark>相 <mark>Кот</mark> спит <mark>snake</mark>_case"
    assert json.loads(found.data)[0]["systems"][0]["lines"][0]["text"] == marked


def test_examples_are_limited_and_spread() -> None:
    many = evaluate("x", [System("s", ["a"] * 50)], [("a",)] * 50)
    found = Page()
    found.feed(page(many, examples=5))
    assert [example["id"] for example in json.loads(found.data)] == ["1", "13", "25", "37", "50"]


@pytest.mark.parametrize(
    ("scale", "ticks"),
    [
        (Scale(0, 48, 0, 1), [0, 10, 20, 30, 40]),
        (Scale(22.1, 31.7, 0, 1), [24, 26, 28, 30]),
        (Scale(3, 300, 0, 1, log=True), [5, 10, 20, 50, 100, 200]),
        (Scale(5, 5, 0, 1), [4.6, 4.8, 5, 5.2, 5.4]),
    ],
)
def test_ticks_are_round(scale: Scale, ticks: list[float]) -> None:
    assert scale.ticks() == ticks


def test_a_line_shows_its_evidence_and_its_doubts() -> None:
    article = "The ferry sank off Pellworth on Tuesday. All 84 passengers were rescued."
    found = Page()
    found.feed(
        page(evaluate("x", [System("s", ["All 48 passengers were rescued."])], [("a",)], articles=[article]))
    )
    [system] = json.loads(found.data)[0]["systems"]
    [line] = system["lines"]
    assert "<u>48</u>" in line["text"] and "<u>" not in line["text"].replace("<u>48</u>", "")
    assert line["doubts"] == ["Not in the source: “48” (number)"] and line["sentence"] == 1
    assert 0 < line["support"] < 100 and system["flags"] == 1
