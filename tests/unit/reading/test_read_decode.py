"""Bytes to text: what tells one encoding from another, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import InputError
from summarize.reading.formats.decode import decode

STORY = (
    "The mayor said on Monday: “We’ve found nothing – yet…” The café’s owner paid €5.\n"
    "Officials in Málaga and Köln agreed, and no one was hurt in the fire.\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Власти города сообщили, что никто не пострадал при пожаре. ", "cp1251"),
        ("市当局は、火災による負傷者はいないと発表した。", "shift_jis"),
        ("市政府表示，火灾没有造成人员伤亡。", "gb18030"),
        ("市政府表示，火灾没有造成人员伤亡。", "utf-16-le"),
        (
            "Belediye yetkilileri yangında kimsenin yaralanmadığını, işçilerin güvende olduğunu söyledi. ",
            "cp1254",
        ),
        ("Die Behörden erklärten, dass niemand verletzt wurde; größere Schäden für Bürger. ", "cp1252"),
        ("Le préfet a déclaré : « Personne n’a été blessé », à l’hôtel de ville. ", "cp1252"),
    ],
)
def test_other_encodings_are_told_by_their_text(text: str, encoding: str) -> None:
    assert decode((text * 5).encode(encoding), "x") == text * 5


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    text = "A story. " * 30 + text
    assert decode(text.encode(), "x") == text


@given(st.text(st.sampled_from("abcdefgh éèüñç“”‘’–—…€.,!?\n"), min_size=1))
def test_windows_1252_keeps_its_quotes(text: str) -> None:
    text = "The mayor said nothing on Monday. " * 10 + "“" + text + "”"
    assert decode(text.encode("cp1252"), "x") == text


@given(st.binary(max_size=400))
def test_bytes_become_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data, "x")
    except InputError:
        return
    assert isinstance(text, str) and "\0" not in text


def test_a_declared_charset_is_believed_where_utf8_fails() -> None:
    assert decode("Příliš žluťoučký kůň".encode("iso8859-2"), "x", "ISO-8859-2") == "Příliš žluťoučký kůň"
    assert decode("Málaga".encode(), "x", "iso-8859-1") == "Málaga"
    assert decode("日本語の記事".encode("iso2022_jp"), "x", "ISO-2022-JP") == "日本語の記事"
    assert decode("“x”".encode("cp1252"), "x", "iso-8859-1") == "“x”"
    assert decode("“x” said".encode("cp1252"), "x", "no-such-charset") == "“x” said"


def test_utf8_with_a_broken_character_stays_utf8() -> None:
    data = STORY.encode()
    cut = data[: data.index("€".encode()) + 1]
    assert decode(cut, "x") == cut.decode(errors="replace")


def test_stray_nuls_are_dropped_and_padding_too() -> None:
    assert decode(b"No one was\0 hurt on Monday. " + b"\0" * 4096, "x") == "No one was hurt on Monday. "
