"""Pages that are articles are read, others refused with what they are; one is never taken for the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarize.cli import main
from summarize.errors import NotAnArticleError
from summarize.reading.formats.pages import from_html

PROSE = (
    "The river Aire rose by two metres in a night and forty families left their homes in Leeds.",
    "Trains to York do not run, and the council has opened two schools to those who cannot go home.",
    "The mayor said on Monday that the city had asked the government for help with the repairs.",
    "Insurers expect claims of ten million pounds, most of them from shops in the centre of the city.",
    "Engineers will look at the dam on Wednesday, and more rain is forecast for the end of the week.",
    "Nobody was hurt, but a bridge that was built in 1820 lost a pillar and will be closed for a month.",
)
CONSENT = (
    "We and our 842 partners store and access information on your device, such as cookies.",
    "We use cookies to give you the best experience. You can manage preferences at any time.",
    "By clicking Accept all you agree that we process your personal data for personalised ads.",
    "Some partners rely on legitimate interest and do not ask for your consent to process data.",
    "Before you continue, please review your privacy choices. Reject all or Accept all cookies.",
)
PITCH = (
    "Subscribe to continue reading this article and enjoy unlimited digital access for £1 a week.",
    "Already a subscriber? Sign in to read the full story. Cancel any time before the trial ends.",
    "You have reached your limit of free articles. Start your free trial to unlock this story.",
    "This article is for subscribers only. Subscription offers from $4 a month, cancel any time.",
    "Create a free account to continue reading. Become a member and support our work in Leeds.",
)


def page(body: str, head: str = "") -> str:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather"))
    return (
        f"<!DOCTYPE html><html><head><title>Flood in Leeds - The Example</title>{head}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main>{body}</main><footer><p>© The Example</p></footer></body></html>"
    )


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def ld(**thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **thing})}</script>'


def teasers(number: int) -> str:
    return "".join(
        f'<div><h2><a href="/{n}">Council {n} votes on the flood</a></h2><p>{PROSE[n % 6]}</p></div>'
        for n in range(number)
    )


TITLE = "<h1>Flood in Leeds</h1>"
OTHERS = {
    "consent": [page(f"<div>{paragraphs(CONSENT[i:])}</div>") for i in range(4)]
    + [page(paragraphs((CONSENT[i], PROSE[0]))) for i in range(5)]
    + [page(TITLE + paragraphs(CONSENT))],
    "paywall": [page(f"<article>{TITLE}{paragraphs((*PROSE[:2], PITCH[i]))}</article>") for i in range(5)]
    + [page(f"<article>{TITLE}{paragraphs((PROSE[i], *PITCH[:3]))}</article>") for i in range(4)]
    + [page(TITLE + paragraphs(PROSE[:1]), ld(**{"@type": "NewsArticle", "isAccessibleForFree": False}))],
    "front page": [page(teasers(number)) for number in range(6, 16)],
    "video": [
        page(TITLE + paragraphs(PROSE[i : i + 1]), head)
        for i in range(5)
        for head in (ld(**{"@type": "VideoObject"}), '<meta property="og:type" content="video.other">')
    ],
    "leads on": [
        page(f"<p>Redirecting to the story number {n}. Click the link if nothing happens.</p>",
             f'<meta http-equiv="refresh" content="0; url=https://example.org/{n}">')
        for n in range(10)
    ],
}  # fmt: skip
ABROAD = {  # a cookie notice; the opening of an article, and the plea behind it
    "de": ("Mit Klick auf „Alle akzeptieren“ willigen Sie in die Verarbeitung Ihrer personenbezogenen Daten ein.",
           "Der Fluss ist am Montag um zwei Meter gestiegen, und vierzig Familien mussten ihre Häuser verlassen.",
           "Jetzt abonnieren und alle Artikel lesen, jederzeit kündbar."),
    "fr": ("En cliquant sur « Tout accepter », vous consentez au traitement de vos données personnelles.",
           "La rivière est montée de deux mètres lundi et quarante familles ont quitté leurs maisons.",
           "La suite est réservée aux abonnés. Déjà abonné ? Se connecter."),
    "es": ("Al hacer clic en «Aceptar todo», usted da su consentimiento al tratamiento de sus datos personales.",
           "El río subió dos metros el lunes y cuarenta familias dejaron sus casas.",
           "Suscríbete para seguir leyendo. Contenido exclusivo para suscriptores."),
    "it": ("Cliccando su «Accetta tutto» acconsenti al trattamento dei tuoi dati personali.",
           "Il fiume è salito di due metri lunedì e quaranta famiglie hanno lasciato le case.",
           "Contenuto riservato agli abbonati. Sei già abbonato? Accedi."),
    "pt": ("Ao clicar em «Aceitar tudo», consente o tratamento dos seus dados pessoais.",
           "O rio subiu dois metros na segunda-feira e quarenta famílias deixaram as suas casas.",
           "Assine para continuar a ler. Conteúdo exclusivo para assinantes."),
    "nl": ("Door op ‘Alles accepteren’ te klikken geeft u toestemming voor de verwerking van uw persoonsgegevens.",
           "De rivier steeg maandag twee meter en veertig gezinnen verlieten hun huis.",
           "Word abonnee om verder te lezen. Dit artikel is alleen voor abonnees."),
    "pl": ("Klikając „Akceptuj wszystko”, wyrażasz zgodę na przetwarzanie danych osobowych.",
           "Rzeka podniosła się w poniedziałek o dwa metry i czterdzieści rodzin opuściło domy.",
           "Wykup subskrypcję, aby czytać dalej. Masz już subskrypcję? Zaloguj się."),
    "tr": ("“Tümünü kabul et” düğmesine tıklayarak kişisel verilerinizin işlenmesine onay verirsiniz.",
           "Nehir pazartesi günü iki metre yükseldi ve kırk aile evini terk etti.",
           "Okumaya devam etmek için abone olun. Bu içerik abonelere özeldir."),
}  # fmt: skip
OTHERS["consent"] += [page(f"<div>{paragraphs((consent,))}</div>") for consent, _, _ in ABROAD.values()]
OTHERS["paywall"] += [page(f"<article>{TITLE}{paragraphs(rest)}</article>") for _, *rest in ABROAD.values()]
ENTRIES = [(f"{9 + n}:00", line) for n, line in enumerate(PROSE)]
LIVE = [  # as five sites set a live blog
    "".join(f"<h2>{time}</h2><p>{line}</p>" for time, line in ENTRIES),
    "".join(f"<div class='post'><time>{time}</time><p>{line}</p></div>" for time, line in ENTRIES),
    "<ol>" + "".join(f"<li><b>{time}</b><p>{line}</p></li>" for time, line in ENTRIES) + "</ol>",
    "".join(
        f"<section><h3><a href='#{n}'>{line[:40]}</a></h3><p>{line}</p></section>"
        for n, (_, line) in enumerate(ENTRIES)
    ),
    "".join(
        f"<div><p>{time} GMT</p><p>{line}</p><p><a href='/share'>Share</a></p></div>"
        for time, line in ENTRIES
    ),
]
LIVE_MARKUP = ld(**{"@type": "LiveBlogPosting"})
ARTICLES = (
    [page(f"<article>{TITLE}{paragraphs(PROSE[:n])}</article>") for n in (2, 3, 4, 5, 6)]
    + [
        page(f"<article>{TITLE}{paragraphs(PROSE)}{paragraphs((plea,))}</article>{teasers(3)}")
        for plea in CONSENT
    ]
    + [page(f"<article>{TITLE}{paragraphs(PROSE * 2)}{paragraphs((plea,))}</article>") for plea in PITCH]
    + [page(f"<article>{TITLE}{live}</article>", head) for live in LIVE for head in (LIVE_MARKUP, "")]
    + [
        page(f"<article>{TITLE}{paragraphs((*(f'{opening} ({n}).' for n in range(16)), plea))}</article>")
        for _, opening, plea in ABROAD.values()
    ]
    + [page(f"<article>{TITLE}{paragraphs(PROSE)}</article>", ld(**{"@type": "VideoObject"}))]
    + [
        page(
            f"<article>{TITLE}{paragraphs(PROSE[:2])}</article>{teasers(8)}", ld(**{"@type": ["NewsArticle"]})
        )
    ]
)


@pytest.mark.parametrize(("kind", "html"), [(kind, html) for kind, pages in OTHERS.items() for html in pages])
def test_what_is_no_article_is_refused_by_name_and_read_by_force(kind: str, html: str) -> None:
    with pytest.raises(NotAnArticleError, match=rf"page.html: this is .*{kind}.*, not an article.*--force"):
        from_html(html, "page.html")
    assert from_html(html, "page.html", force=True).text


@pytest.mark.parametrize("html", ARTICLES)
def test_no_article_is_refused(html: str) -> None:
    found = from_html(html, "page.html").text
    assert any(line in found for line in (PROSE[0], *(opening for _, opening, _ in ABROAD.values())))


def test_the_text_that_a_page_carries_in_its_markup_is_the_story() -> None:
    body = "\n".join(PROSE)
    graph = {"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "articleBody": f"<p>{body}</p>"}]}
    found = from_html(page(TITLE + paragraphs(PROSE[:1]), ld(**graph)), "page.html")
    assert found.text == body
    assert found.title


def test_markup_that_is_no_json_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle",</script>'
    assert PROSE[3] in from_html(page(paragraphs(PROSE), head), "page.html").text


def test_the_command_says_what_the_page_is_and_does_it_by_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "index.html"
    path.write_text(OTHERS["front page"][0], encoding="utf-8")
    assert main([str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("summarize: error: ") and "a front page" in err
    assert main([str(path), "--force"]) == 0
    assert "river Aire" in capsys.readouterr().out
