"""Guessing the language of a text from its script and its small words."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import SEEDS, TEXTS, articles, rows
from hypothesis import given

from summarize.cli import main
from summarize.errors import OptionError
from summarize.language.detect import detect
from summarize.language.names import language_code
from summarize.language.tokens import tokenize

SAMPLES = {
    "en": "The mayor said that the river had risen and that nobody was hurt in the flood.",
    "de": "Der Bürgermeister sagte, dass der Fluss über die Ufer getreten ist und niemand verletzt wurde.",
    "fr": "Le maire a dit que la rivière est sortie de son lit et que personne n’est blessé dans les maisons.",
    "es": "El alcalde dijo que el río se ha desbordado y que no hay heridos en las casas de la ciudad.",
    "it": "Il sindaco ha detto che il fiume è uscito dagli argini e che non ci sono feriti nella città.",
    "pt": "O prefeito disse que o rio transbordou e que não há feridos em nenhuma das casas da cidade.",
    "nl": "De burgemeester zei dat de rivier buiten haar oevers is getreden en dat er niemand gewond is.",
    "sv": "Borgmästaren sade att floden har svämmat över och att det inte är någon som är skadad i staden.",
    "da": "Borgmesteren sagde, at floden er gået over sine bredder, og at der ikke er nogen, som er kommet til skade.",
    "fi": "Pormestari sanoi, että joki on tulvinut ja että kukaan ei ole loukkaantunut, mutta myös talot ovat tyhjiä.",
    "tr": "Belediye başkanı nehrin taştığını ve bir kişinin bile yaralanmadığını söyledi, ama bu daha çok su için de bir uyarı.",
    "ru": "Мэр заявил, что река вышла из берегов и никто не пострадал.",
    "el": "Ο δήμαρχος είπε ότι το ποτάμι υπερχείλισε και κανείς δεν τραυματίστηκε.",
    "ar": "قال رئيس البلدية إن النهر فاض ولم يصب أحد بأذى.",
    "he": "ראש העיר אמר שהנהר עלה על גדותיו ואיש לא נפגע.",
    "hi": "महापौर ने कहा कि नदी में बाढ़ आ गई है और कोई घायल नहीं हुआ।",
    "th": "นายกเทศมนตรีกล่าวว่าแม่น้ำเอ่อล้นและไม่มีใครได้รับบาดเจ็บ",
    "zh": "市长表示，河水泛滥，但没有人受伤。",
    "ja": "市長は川が氾濫したが、けが人はいないと述べた。",
    "pl": "Burmistrz powiedział, że rzeka wylała i że nikt nie został ranny.",
    "cs": "Starosta řekl, že řeka se vylila z břehů a nikdo nebyl zraněn.",
    "sk": "Starosta povedal, že rieka sa vyliala z brehov a nikto nebol zranený.",
    "ro": "Primarul a declarat că râul a ieșit din matcă și că nimeni nu a fost rănit.",
    "hu": "A polgármester elmondta, hogy a folyó kilépett a medréből, de senki sem sérült meg.",
    "ca": "L'alcalde ha dit que el riu s'ha desbordat i que no hi ha ferits a la ciutat.",
    "id": "Wali kota mengatakan sungai meluap dan tidak ada yang terluka dalam banjir itu.",
    "vi": "Thị trưởng cho biết nước sông đã dâng cao và không có ai bị thương.",
    "uk": "Мер заявив, що річка вийшла з берегів і ніхто не постраждав.",
    "bg": "Кметът заяви, че реката е излязла от коритото си и няма пострадали.",
    "sr": "Градоначелник је рекао да се река излила и да нико није повређен.",
    "fa": "شهردار گفت رودخانه طغیان کرده و هیچ کس آسیب ندیده است.",
    "ur": "میئر نے کہا کہ دریا میں سیلاب آیا اور کوئی زخمی نہیں ہوا۔",
    "ko": "시장은 강이 범람했지만 다친 사람은 없다고 말했다.",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_each_language_is_told(code: str) -> None:
    assert detect(SAMPLES[code]) == code


@pytest.mark.parametrize("text", ["", " \n", "12:30", "Leeds", "!!! 😀", "\ud800"])
def test_english_where_nothing_speaks_for_another(text: str) -> None:
    assert detect(text) == "en"


def test_names_and_quotes_of_another_language_leave_english_news_english() -> None:
    assert (
        detect(
            SAMPLES["en"]
            + " “La la la, el niño de la playa,” sang Los Lobos de la Noche. 習近平 and Путин met."
        )
        == "en"
    )


def test_a_quotation_in_english_leaves_another_language_what_it_is() -> None:
    assert detect(f"{SAMPLES['es']} “The river has risen,” dijo. {SAMPLES['es']}") == "es"


def test_headlines_are_told_though_names_from_anywhere_are_most_of_their_words() -> None:
    """Without a lead that another language must have, one English headline in 14 is told as another."""
    headlines = [row["headline"] for row in rows("bbc_headlines", 300)]
    assert sum(detect(headline) == "en" for headline in headlines) >= 0.98 * len(headlines)


def test_seeds_are_english() -> None:
    assert {detect(seed) for seed in SEEDS} == {"en"}


def test_real_english_news_is_english() -> None:
    assert {detect(article) for article in articles("xsum_train", 400)} == {"en"}


@given(TEXTS)
def test_any_text_has_a_language(text: str) -> None:
    assert len(detect(text)) == 2


@pytest.mark.parametrize(
    ("name", "code"), [("de", "de"), ("German", "de"), ("pt_BR", "pt"), (" auto ", "auto")]
)
def test_a_language_is_known_by_code_tag_and_name(name: str, code: str) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("name", "said"), [("Germn", "did you mean German"), ("xx", "not a known language"), ("", "not a known")]
)
def test_what_is_no_language_is_refused(name: str, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        language_code(name)


@pytest.mark.parametrize("command", [[], ["check", "--source"], ["batch"]])
def test_every_command_refuses_what_is_no_language(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("It rained in Leeds on Monday. The river rose by two metres.", encoding="utf-8")
    given = [str(article), str(article)] if command[:1] == ["check"] else [str(article)]
    output = ["-o", str(tmp_path / "out.jsonl")] if command == ["batch"] else []
    assert main([*command, *given, *output, "--language", "Klingon"]) == 2
    assert "Klingon" in capsys.readouterr().err


def test_evidence_compares_stems_in_every_language_of_snowball() -> None:
    polish = tokenize("prezydentem prezydenta", "pl").stems
    assert polish[0] == polish[1]
