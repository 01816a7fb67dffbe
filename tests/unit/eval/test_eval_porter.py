"""The Porter stemmer equals NLTK's, both as published and extended."""

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.rouge.porter import porter_stem

porter = pytest.importorskip("nltk.stem.porter")
PUBLISHED = porter.PorterStemmer(porter.PorterStemmer.ORIGINAL_ALGORITHM)
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
        (files("eval.rouge") / "wordnet" / f"{part}.exc").read_text() for part in ("noun", "verb", "adj")
    )
    words = sorted(set(re.findall(r"[a-z]+", text)))
    return words + [word + suffix for word in words[::25] for suffix in SUFFIXES]


@pytest.mark.parametrize(
    ("extended", "theirs"), [(False, PUBLISHED), (True, EXTENDED)], ids=["published", "nltk"]
)
def test_equals_nltk_on_a_big_word_list(extended: bool, theirs: "porter.PorterStemmer") -> None:
    words = known_words()
    assert len(words) > 20_000
    assert [w for w in words if porter_stem(w, extended) != theirs.stem(w)] == []


@given(st.text("aeiouybcdklstxz0", min_size=1, max_size=7), st.sampled_from([*SUFFIXES, ""]))
@settings(deadline=None)
def test_equals_nltk_on_any_word(stem: str, suffix: str) -> None:
    word = stem + suffix
    assert porter_stem(word) == PUBLISHED.stem(word)
    assert porter_stem(word, extended=True) == EXTENDED.stem(word)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("caresses", "caress"),
        ("ponies", "poni"),
        ("agreed", "agre"),
        ("plastered", "plaster"),
        ("hopping", "hop"),
        ("trekking", "trek"),
        ("filing", "file"),
        ("happy", "happi"),
        ("sky", "sky"),
        ("vietnamization", "vietnam"),
        ("adjustment", "adjust"),
        ("adoption", "adopt"),
        ("controll", "control"),
        ("roll", "roll"),
    ],
)
def test_examples_of_the_paper(word: str, stem: str) -> None:
    assert porter_stem(word) == stem
