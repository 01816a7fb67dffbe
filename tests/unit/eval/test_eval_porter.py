"""The stemmers equal those of NLTK (which rouge-score uses) and of ROUGE-1.5.5."""

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarize_eval.rouge.perl_stemmer import perl_stem
from summarize_eval.rouge.porter import porter_stem

porter = pytest.importorskip("nltk.stem.porter")
MARTIN = porter.PorterStemmer(porter.PorterStemmer.MARTIN_EXTENSIONS)
EXTENDED = porter.PorterStemmer(porter.PorterStemmer.NLTK_EXTENSIONS)

SUFFIXES = [
    "ational",
    "tional",
    "enci",
    "anci",
    "izer",
    "abli",
    "alli",
    "entli",
    "eli",
    "ousli",
    "ization",
    "ation",
    "ator",
    "alism",
    "iveness",
    "fulness",
    "ousness",
    "aliti",
    "iviti",
    "biliti",
    "bli",
    "fulli",
    "logi",
    "icate",
    "ative",
    "alize",
    "iciti",
    "ical",
    "ful",
    "ness",
    "al",
    "ance",
    "ence",
    "er",
    "ic",
    "able",
    "ible",
    "ant",
    "ement",
    "ment",
    "ent",
    "ion",
    "ou",
    "ism",
    "ate",
    "iti",
    "ous",
    "ive",
    "ize",
    "sses",
    "ies",
    "ied",
    "ss",
    "s",
    "eed",
    "ed",
    "ing",
    "y",
    "e",
    "ll",
]


def known_words() -> list[str]:
    """Words with irregular forms and their bases, with every suffix the stemmer knows."""
    text = " ".join(
        (files("summarize_eval.rouge") / "wordnet" / f"{part}.exc").read_text()
        for part in ("noun", "verb", "adj")
    )
    words = sorted(set(re.findall(r"[a-z]+", text)))
    return words + [word + suffix for word in words[::25] for suffix in SUFFIXES]


def test_equals_nltk_on_a_big_word_list() -> None:
    words = known_words()
    assert len(words) > 20_000
    assert [w for w in words if porter_stem(w) != EXTENDED.stem(w)] == []


@given(st.text("aeiouybcdklstxz0", min_size=1, max_size=7), st.sampled_from([*SUFFIXES, ""]))
@settings(deadline=None)
def test_equals_nltk_on_any_word(stem: str, suffix: str) -> None:
    assert porter_stem(stem + suffix) == EXTENDED.stem(stem + suffix)


# Printed by the stemmer of ROUGE-1.5.5 itself, run by perl.
@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("technology", "technolog"),
        ("archaeologist", "archaeologist"),
        ("apology", "apolog"),
        ("biology", "biologi"),
        ("possibly", "possibl"),
        ("nobly", "nobli"),
        ("governmental", "govern"),
        ("departmental", "depart"),
        ("parental", "parent"),
        ("fundamentally", "fundam"),
        ("ornamental", "ornam"),
        ("yttrium", "yttrium"),
        ("yellowing", "yellow"),
        ("syzygy", "syzygi"),
        ("trekking", "trek"),
        ("hopping", "hop"),
        ("filing", "file"),
        ("agreed", "agre"),
        ("vietnamization", "vietnam"),
        ("controll", "control"),
        ("adjustment", "adjust"),
        ("adoption", "adopt"),
        ("ponies", "poni"),
        ("caresses", "caress"),
        ("sky", "sky"),
        ("happy", "happi"),
        ("replacement", "replac"),
        ("sensational", "sensat"),
        ("betdcoiementionent", "betdcoiemention"),
    ],
)
def test_script_of_rouge(word: str, stem: str) -> None:
    assert perl_stem(word) == stem


def test_script_of_rouge_is_porter_of_1980_with_few_changes() -> None:
    words = known_words()
    differ = [word for word in words if perl_stem(word) != MARTIN.stem(word)]
    # The author's own changes are in both; what remains loses two suffixes in step 4.
    assert 0 < len(differ) < len(words) / 50
    assert all(MARTIN.stem(word).startswith(perl_stem(word)) for word in differ)
