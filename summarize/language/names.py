"""Languages by ISO 639-1 code and English name: what `--language` takes. Data and one look-up."""

from __future__ import annotations

from difflib import get_close_matches

from summarize.errors import OptionError

AUTO = "auto"
_NAMES = """
af Afrikaans, am Amharic, ar Arabic, az Azerbaijani, be Belarusian, bg Bulgarian, bn Bengali, bs Bosnian,
ca Catalan, cs Czech, cy Welsh, da Danish, de German, el Greek, en English, eo Esperanto, es Spanish, et
Estonian, eu Basque, fa Persian, fi Finnish, fr French, ga Irish, gl Galician, gu Gujarati, he Hebrew, hi
Hindi, hr Croatian, hu Hungarian, hy Armenian, id Indonesian, is Icelandic, it Italian, ja Japanese, ka
Georgian, kk Kazakh, km Khmer, kn Kannada, ko Korean, lo Lao, lt Lithuanian, lv Latvian, mk Macedonian,
ml Malayalam, mn Mongolian, mr Marathi, ms Malay, my Burmese, nb Norwegian Bokmål, ne Nepali, nl Dutch,
nn Norwegian Nynorsk, no Norwegian, pa Punjabi, pl Polish, ps Pashto, pt Portuguese, ro Romanian, ru
Russian, si Sinhala, sk Slovak, sl Slovenian, sq Albanian, sr Serbian, st Sesotho, sv Swedish, sw
Swahili, ta Tamil, te Telugu, th Thai, tl Tagalog, tr Turkish, uk Ukrainian, ur Urdu, uz Uzbek, vi
Vietnamese, xh Xhosa, yi Yiddish, yo Yoruba, zh Chinese, zu Zulu
"""
NAMES = dict(entry.split(maxsplit=1) for entry in _NAMES.split(","))
_CODES = {name.casefold(): code for code, name in NAMES.items()}


def language_code(name: str) -> str:
    """Return the ISO 639-1 code of a language that is named by code, by tag or in English.

    Raises:
        OptionError: for a language that is not known; the message names the nearest.

    Example:
        >>> language_code("German"), language_code("pt-BR"), language_code("auto")
        ('de', 'pt', 'auto')
    """
    asked = name.strip().casefold()
    code = _CODES.get(asked) or asked.replace("_", "-").partition("-")[0]
    if code in NAMES or code == AUTO:
        return code
    near = get_close_matches(asked, [*_CODES, *NAMES], 1)
    meant = f"did you mean {near[0].title() if near[0] in _CODES else near[0]}? " if near else ""
    raise OptionError(
        f"--language: {name!r} is not a known language; {meant}Give a code such as de, a name such as "
        "German, or auto"
    )
