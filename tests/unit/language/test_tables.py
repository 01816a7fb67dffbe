"""Articles in languages other than English, by the tables: what leaves the story, how lines open, headlines."""

from __future__ import annotations

from pathlib import Path

import pytest
import Stemmer
from corpus import ROOT

from summarize import parse
from summarize.brief import Brief
from summarize.composing.by_table.headlines import clause_headline
from summarize.composing.editing import is_whole, stands_alone, tidy
from summarize.language.names import NAMES
from summarize.language.stop_words import stop_words
from summarize.language.table import languages, table
from summarize.language.text import joined, one_line, sentence_spans, word_count, words
from summarize.registry import load
from summarize.style import HEADLINE, STYLES
from summarize.writing.write import render

# article -> what must be its reference box, its clutter, and no word of its story
GERMAN = """Hochwasser in Sachsen

Das Wichtigste in Kürze
- Die Elbe ist über die Ufer getreten.
- Niemand wurde verletzt.

Dresden (dpa) - Die Elbe ist am Montagabend in Dresden über die Ufer getreten, nachdem es drei Tage lang \
geregnet hatte. Bürgermeister Dirk Hilbert (links) auf dem Weg zum Fluss (Archivbild). „Wir haben so etwas seit \
2013 nicht mehr gesehen“, sagte Hilbert am Dienstag. Die Feuerwehr brachte 240 Menschen in Sicherheit, verletzt \
wurde niemand.

Lesen Sie auch: So schützen Sie Ihr Haus

Er kündigte an, dass die Stadt die Schulen bis Freitag schließen werde. Außerdem soll die Bundeswehr helfen. \
Der Schaden beträgt nach ersten Schätzungen 12 Millionen Euro.

Anzeige

Foto: Max Muster/dpa
"""
FRENCH = """Crue à Lyon

Ce qu'il faut savoir : Le Rhône déborde. Personne n'est blessé.

Le Rhône est sorti de son lit lundi soir à Lyon, après trois jours de pluie, a annoncé la préfecture. Mais 240 \
habitants ont été évacués. M. Dupont, le maire, a demandé l'aide de l'armée. Toutefois, les écoles resteront \
fermées jusqu'à vendredi.Les dégâts sont estimés à 12 millions d'euros.

Lire aussi : Comment protéger sa maison

Il a ajouté que la décrue commencerait mercredi. Le maire de Lyon (à gauche) devant le fleuve.
"""
CHINESE = """洪水袭击郑州

河南省政府周一表示，郑州市已有一万两千名居民因洪水撤离家园，目前没有人员伤亡报告。如果这项计划能够如期完成，当局将在周五之前\
重新开放三座桥梁。他说，雨势预计将持续到周三。市长李伟宣布，学校将停课三天，地铁二号线也将停运。专家警告说，损失可能超过五亿元，\
修复工作需要数月时间。

责任编辑：王明
"""
JAPANESE = """台風で千葉に大きな被害

日本政府は月曜日、台風の被害を受けた千葉県に自衛隊の部隊を派遣すると発表した。県によると、住宅およそ三千棟が停電しており、\
復旧には一週間かかる見通しだ。しかし、けが人は出ていない。知事は記者会見で「一刻も早い支援が必要だ」と述べた。

関連記事：台風への備え
"""
THAI = """น้ำท่วมเชียงใหม่

นายกเทศมนตรีนครเชียงใหม่กล่าวเมื่อวันจันทร์ว่า แม่น้ำปิงเอ่อล้นตลิ่งและท่วมบ้านเรือนกว่าสองพันหลัง \
เจ้าหน้าที่ได้อพยพประชาชนหนึ่งพันคนไปยังศูนย์พักพิงชั่วคราว นอกจากนี้ โรงเรียนสิบแห่งจะปิดจนถึงวันศุกร์ \
รัฐบาลประกาศให้ความช่วยเหลือห้าสิบล้านบาทแก่ผู้ประสบภัย
"""
ARTICLES = {"de": GERMAN, "fr": FRENCH, "zh": CHINESE, "ja": JAPANESE, "th": THAI}


def brief(code: str) -> Brief:
    return load("textrank").brief([parse(ARTICLES[code])])[0]


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("de", "Die Elbe ist in Dresden über die Ufer getreten"),
        ("fr", "Le Rhône est sorti de son lit à Lyon"),
        ("zh", "郑州市已有一万两千名居民因洪水撤离家园"),
        ("ja", "知事は記者会見で「一刻も早い支援が必要だ」と述べた"),
        ("th", "เจ้าหน้าที่ได้อพยพประชาชนหนึ่งพันคนไปยังศูนย์พักพิงชั่วคราว"),
    ],
)
def test_a_headline_ends_where_a_clause_ends_and_keeps_the_budget(code: str, headline: str) -> None:
    found = brief(code)
    assert found.document.language == code
    assert found.headline is not None and found.headline.text == headline
    assert all(style.admits([line.text for line in found.lines(style.name)]) for style in STYLES)


def test_a_german_page_is_taken_apart() -> None:
    document = parse(GERMAN)
    assert document.reference == ("Die Elbe ist über die Ufer getreten.", "Niemand wurde verletzt.")
    assert [span.text for span in document.clutter] == [
        "Dresden (dpa) - ",
        "Bürgermeister Dirk Hilbert (links) auf dem Weg zum Fluss (Archivbild).",
        "Lesen Sie auch: So schützen Sie Ihr Haus",
        "Anzeige",
        "Foto: Max Muster/dpa",
    ]
    assert len(document.sentences) == 6


def test_a_french_page_is_taken_apart() -> None:
    document = parse(FRENCH)
    assert document.reference == ("Le Rhône déborde.", "Personne n'est blessé.")
    assert [s.line for s in document.sentences][2:5] == [
        "M. Dupont, le maire, a demandé l'aide de l'armée.",
        "Toutefois, les écoles resteront fermées jusqu'à vendredi.",
        "Les dégâts sont estimés à 12 millions d'euros.",
    ]
    assert "Le maire de Lyon (à gauche) devant le fleuve." in [span.text for span in document.clutter]


def test_the_box_is_headed_in_the_language_of_the_article() -> None:
    assert "Was Sie wissen sollten" in render([brief("de")], "text")
    assert "Ce qu’il faut savoir" in render([brief("fr")], "markdown")
    assert "知っておきたいこと" in render([brief("ja")], "html")


def test_sentences_of_chinese_and_japanese_are_joined_without_a_blank() -> None:
    assert joined(["雨。", "風。"]) == "雨。風。" and joined(["雨.", "Wind."]) == "雨. Wind."
    assert one_line("日本の\n首相が\nNHKで") == "日本の首相が NHKで"
    lines = render([brief("zh")], "markdown").splitlines()
    assert any("停运。专家" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "count"),
    [("日本の首相", 3), ("แม่น้ำเอ่อล้น", 3), ("NHKは日本", 3), ("首相，总统。", 2), ("Ça va bien", 3)],
)
def test_characters_stand_for_words_where_there_are_no_blanks(text: str, count: int) -> None:
    assert word_count(text) == count


def test_thai_is_parted_at_blanks_where_sentences_open() -> None:
    story = THAI.splitlines()[2]
    assert len(sentence_spans(story, "th")) == 4
    name = "นายสมชาย ใจดี"
    assert len(sentence_spans(name, "th")) == 1


def test_words_of_india_keep_their_vowel_signs() -> None:
    assert words("महापौर ने कहा।") == ["महापौर", "ने", "कहा"]


@pytest.mark.parametrize(
    ("code", "line", "tidied"),
    [
        ("de", "Aber die Polizei kam zu spät.", "Die Polizei kam zu spät."),
        ("de", "Allerdings kam die Polizei zu spät.", "Allerdings kam die Polizei zu spät."),
        ("fr", "Toutefois, la police est arrivée.", "La police est arrivée."),
        ("es", "Sin embargo, la policía llegó.", "La policía llegó."),
        ("it", "Inoltre, la polizia è arrivata.", "La polizia è arrivata."),
        ("pt", "No entanto, a polícia chegou.", "A polícia chegou."),
        ("nl", "Maar de politie kwam te laat.", "De politie kwam te laat."),
        ("pl", "Ale policja przyjechała za późno.", "Policja przyjechała za późno."),
        ("tr", "Ancak polis geç geldi.", "Polis geç geldi."),
        ("ja", "しかし、けが人はいない。", "けが人はいない。"),
    ],
)
def test_what_ties_a_sentence_to_the_one_before_goes(code: str, line: str, tidied: str) -> None:
    assert tidy(line, code) == tidied


@pytest.mark.parametrize(
    ("code", "leaning", "alone"),
    [
        ("de", "Er trat zurück.", "Das Kabinett trat zurück."),
        ("fr", "Elle a démissionné.", "En 2019, la ministre a démissionné."),
        # A time is understood, and so is a clause that only begins like "Alors, ...".
        ("fr", "Ce maire a démissionné.", "Ce lundi 3 mars, le maire a démissionné."),
        ("fr", "Alors, le maire a démissionné.", "Alors que la rivière monte, le maire a démissionné."),
        ("es", "Esta dimitió.", "Este lunes dimitió la ministra."),
        ("es", "Este dimitió.", "Los ministros dimitieron."),
        ("it", "Lui si è dimesso.", "Il ministro si è dimesso."),
        ("pt", "Ele renunciou.", "O ministro renunciou."),
        ("nl", "Hij trad af.", "Het kabinet trad af."),
        ("pl", "On zrezygnował.", "Onet poinformował o tym."),
        ("tr", "Bu karar açıklandı.", "Burdur Valisi istifa etti."),
        ("zh", "他辞职了。", "部长辞职了。"),
    ],
)
def test_pronouns_that_open_a_line_lean_on_the_one_before(code: str, leaning: str, alone: str) -> None:
    assert not stands_alone(leaning, code) and stands_alone(alone, code)


@pytest.mark.parametrize(
    ("code", "line", "headline"),
    [
        ("fr", "Lundi 3 mars, le maire de Paris a fermé le pont.", "Le maire de Paris a fermé le pont"),
        (
            "fr",
            "Le président de la République française, qui est en visite officielle au Japon depuis trois jours pour "
            "parler du climat, soutient la ministre de la Culture face aux critiques répétées de l'opposition.",
            "Le président de la République française soutient la ministre de la Culture",
        ),
        (
            "es",
            "Según la policía, dos personas han muerto en Madrid.",
            "Según la policía, dos personas han muerto en Madrid",
        ),
        (
            "es",
            "El presidente anunció el lunes un nuevo plan de empleo, según informaron fuentes del Gobierno en Madrid.",
            "El presidente anunció un nuevo plan de empleo",
        ),
        (
            "it",
            "Il governo ha approvato ieri la riforma delle pensioni, mentre i sindacati protestavano davanti al palazzo.",
            "Il governo ha approvato la riforma delle pensioni",
        ),
        (
            "pt",
            "O governo anunciou nesta segunda-feira (3) um novo plano econômico, segundo fontes ouvidas pelo jornal local.",
            "O governo anunciou um novo plano econômico",
        ),
        (
            "nl",
            "Het kabinet heeft maandag een nieuw klimaatplan gepresenteerd, terwijl actievoerders buiten stonden te wachten.",
            "Het kabinet heeft een nieuw klimaatplan gepresenteerd",
        ),
        (
            "pl",
            "Rząd przyjął w poniedziałek nową ustawę o podatkach, która ma wejść w życie dopiero w przyszłym roku.",
            "Rząd przyjął nową ustawę o podatkach",
        ),
        (
            "zh",
            "北京市政府星期一宣布，由于连日暴雨，全市所有中小学停课三天，四十多个家庭已经被疏散到附近的学校。",
            "北京市政府宣布，由于连日暴雨，全市所有中小学停课三天",
        ),
        ("zh", "市长在会上表示，如果这项计划能够按期完成，新的排水系统将在明年年底之前投入使用。", None),
        (
            "zh",
            "台湾立法院周二通过一项法案，将最低工资提高百分之五。",
            "台湾立法院周二通过一项法案，将最低工资提高百分之五",
        ),
        (
            "pl",
            "Rząd przyjął we wtorek ustawę, która podnosi płacę minimalną o 5 procent, poinformowała minister pracy.",
            "Rząd przyjął ustawę, poinformowała minister pracy",
        ),
        # No "at least" without its number, no "will" without who will; what a subject did is no source.
        (
            "th",
            "น้ำท่วมฉับพลันในจังหวัดเชียงรายทำให้มีผู้เสียชีวิตอย่างน้อย 9 คน และประชาชนกว่า 50,000 ครัวเรือนได้รับความเดือดร้อน",
            None,
        ),
        (
            "zh",
            "中国人民银行星期二宣布，将存款准备金率下调0.5个百分点，向市场提供约一万亿元长期流动性。",
            None,
        ),
        (
            "es",
            'La vicepresidenta Yolanda Díaz, que negoció el acuerdo, aseguró que se trata de "un día histórico".',
            'La vicepresidenta Yolanda Díaz aseguró que se trata de "un día histórico"',
        ),
        (
            "de",
            "Continental will in den kommenden zwei Jahren 3000 Stellen in Deutschland streichen, wie das "
            "Unternehmen am Montag in Hannover mitteilte.",
            "Continental will 3000 Stellen in Deutschland streichen",
        ),
        (
            "nl",
            "De Nederlandse Spoorwegen verhogen per 1 januari de prijs van treinkaartjes met gemiddeld 6 procent.",
            "De Nederlandse Spoorwegen verhogen de prijs van treinkaartjes met gemiddeld 6 procent",
        ),
        (
            "it",
            "Il Consiglio dei ministri ha approvato lunedì sera il decreto che proroga di un anno gli incentivi per le "
            "auto elettriche.",
            "Il Consiglio dei ministri ha approvato il decreto",
        ),
        ("zh", "如果这项计划能够如期完成，当局将在周五之前重新开放位于城市北部的三座老旧桥梁。", None),
    ],
)
def test_times_and_attributions_are_cut_and_no_half_is_left(
    code: str, line: str, headline: str | None
) -> None:
    assert clause_headline(line, HEADLINE, code) == headline


@pytest.mark.parametrize(
    ("code", "line", "headline"),
    [
        (
            "fr",
            "Le gouvernement a présenté un plan de relance pour les petites entreprises et les artisans du pays.",
            "Le gouvernement a présenté un plan de relance pour les petites entreprises",
        ),
        (
            "fr",
            "Annulé dans un premier temps par le maire de la commune, le concert a été maintenu après intervention "
            "de la justice.",
            "Le concert a été maintenu après intervention de la justice",
        ),
        (
            "fr",
            "Mme Dupont, 46 ans, ancienne maire de Lyon et proche du président, devient ministre de la Santé et de "
            "la Prévention du nouveau gouvernement.",
            "Mme Dupont devient ministre de la Santé",
        ),
        # "L'idée est que les enseignants" would be half a thought, and so would "mise | en examen" or "3,5 | à 4 %".
        (
            "fr",
            "L'idée est que les enseignants puissent suivre une formation à la rentrée dans les écoles et dans les "
            "collèges de la région.",
            None,
        ),
        (
            "fr",
            "La directrice de la banque a été mise en examen par un juge de Paris pour une fraude de deux millions.",
            "La directrice de la banque a été mise en examen",
        ),
        # A clause that leads to another is no headline, nor is a participle left alone where its time was cut.
        (
            "fr",
            "Alors que le haut-commissaire aux retraites était entendu mercredi par des députés de la majorité, il a "
            "plu sur Paris toute la journée.",
            None,
        ),
        (
            "fr",
            "L'Express a ressorti un portrait du ministre, réalisé en juillet 2017, dans lequel il expliquait "
            "longuement ne plus jamais vouloir de ce dossier.",
            "L'Express a ressorti un portrait du ministre",
        ),
        # A verb that wants to say what was said; the first of two; the half of "c'est ... qui".
        (
            "fr",
            "Le ministre de l'Intérieur a expliqué dans un long entretien à la radio publique que la loi sera votée.",
            None,
        ),
        (
            "fr",
            "Le dessinateur allemand a imaginé un dialogue entre Griffith et les fantômes de sa longue vie de boxeur.",
            None,
        ),
        (
            "fr",
            "Ce sont les récentes déclarations du frère de l'accusé, qui ont relancé toute l'enquête de la police belge.",
            None,
        ),
        (
            "fr",
            "Une croix gammée a été peinte sur une stèle érigée par la ville et par le département en mémoire des victimes.",
            "Une croix gammée a été peinte",
        ),
        (
            "fr",
            "Mme Amar, directrice du registre des malformations de la région Auvergne-Rhône-Alpes depuis dix ans, a "
            "démissionné.",
            "Mme Amar a démissionné",
        ),
        # "Après une chute il y a quatre ans" has a verb, but not the sentence's.
        (
            "fr",
            "Après une chute il y a quatre ans dans une petite rue très sombre de Marseille qui montait, le champion "
            "est revenu.",
            None,
        ),
        (
            "es",
            "Tras semanas de negociaciones con los sindicatos, la empresa cerrará dos fábricas en Galicia y "
            "trasladará la producción a Portugal el año que viene.",
            "La empresa cerrará dos fábricas en Galicia",
        ),
        (
            "it",
            "Due persone sono morte in un incidente stradale sull'autostrada A1 nei pressi di Bologna, dove un "
            "camion ha travolto una vettura ferma.",
            "Due persone sono morte in un incidente stradale sull'autostrada A1",
        ),
        (
            "pt",
            "Duas pessoas morreram num acidente na autoestrada A1 perto de Coimbra depois de um camião ter embatido "
            "contra um carro parado na berma.",
            "Duas pessoas morreram num acidente na autoestrada A1 perto de Coimbra",
        ),
        # In Dutch only behind the participle, which closes what was done.
        (
            "nl",
            "De politie heeft een man van 34 uit Utrecht aangehouden na een steekpartij in het centrum van de stad "
            "waarbij twee mensen gewond raakten.",
            "De politie heeft een man van 34 uit Utrecht aangehouden",
        ),
        (
            "pl",
            "Rząd przyjął nową ustawę o ochronie środowiska po wielu miesiącach konsultacji z organizacjami "
            "pozarządowymi i samorządami z całego kraju.",
            "Rząd przyjął nową ustawę o ochronie środowiska",
        ),
        # The verb stands last: no end inside the clause.
        (
            "de",
            "Die Bundesregierung will den Ausbau der Windkraft in den kommenden Jahren mit einem neuen Gesetz und "
            "mehr Geld für die Länder beschleunigen.",
            None,
        ),
    ],
)
def test_a_long_clause_ends_before_a_word_that_allows_it(code: str, line: str, headline: str | None) -> None:
    assert clause_headline(line, HEADLINE, code) == headline


def test_the_first_sentence_makes_the_headline_before_a_question_or_a_later_one() -> None:
    news = (
        "Le gouvernement a présenté un plan de relance pour les petites entreprises et les artisans du pays."
    )
    later = "Les syndicats jugent le plan de relance du gouvernement trop faible pour les entreprises."
    for text in (f"{news} {later}", f"Le plan de relance sera-t-il suffisant ? {news} {later}"):
        found = load("textrank").brief([parse(text, language="fr")], ["headline"])[0].headline
        assert found is not None and found.text.startswith("Le gouvernement a présenté un plan")


def test_there_is_a_headline_where_no_sentence_can_be_cut_well() -> None:
    text = "Bien entendu sans surprise aucune, ce fut encore une bien longue soirée de fête pour les habitants de la ville."
    found = load("textrank").brief([parse(text, language="fr")], ["headline"])[0].headline
    assert found is not None and HEADLINE.admits([found.text])


def test_chinese_in_a_text_taken_for_german_is_no_error() -> None:
    document = parse("北京市政府星期一宣布，全市所有中小学停课三天，居民已经被疏散。", language="de")
    assert load("news").brief([document])[0].document is document


def test_quotations_of_other_languages_are_whole_or_not() -> None:
    assert is_whole("„Nein“, sagte er.") and is_whole("「雨」と言った。")
    assert not is_whole("„Nein, sagte er.") and not is_whole("「雨と言った。")


def test_every_table_has_what_the_pages_of_its_language_need() -> None:
    assert {"de", "fr", "es", "it", "pt", "nl", "pl", "tr", "zh", "ja", "th"} == set(languages())
    for code in languages():
        rules = table(code)
        assert rules.box and rules.box_heading.match(f"{rules.box}:\u00a0x")
        assert rules.clutter.match(rules.words("clutter", "lines")[0])
        assert rules.words("check", "negators")


def test_the_table_of_languages_in_the_docs_says_what_there_is() -> None:
    page = Path(ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    for code, name in NAMES.items():
        try:
            Stemmer.Stemmer(code)
            stemmed = "Snowball"
        except KeyError:
            stemmed = ""
        stopped = "yes" if stop_words(code) else ""
        tabled = "own rules" if code == "en" else "table" if code in languages() else ""
        if stemmed or tabled:
            assert f"| {name} ({code}) | {stopped} | {stemmed} | {tabled} |" in page
