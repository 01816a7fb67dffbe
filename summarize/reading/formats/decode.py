"""Bytes to text: byte order marks, UTF-8, UTF-16, Windows-1252, and a sniffer for the rest.

No line breaks are touched and no markup is read here; the text comes back without a byte order mark.
"""

from __future__ import annotations

import codecs
import re

from summarize.errors import InputError

# Longest first: the UTF-16 mark is the beginning of the UTF-32 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What a label on the web means in practice, after the WHATWG Encoding Standard.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}

_MAGIC = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, a sound or a film (RIFF)"),
    (b"ID3", "a sound (MP3)"),
    (b"OggS", "a sound or a film (Ogg)"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as .docx or .txt"),
    (b"{\\rtf", "an RTF document; save it as .docx or .txt"),
)

_SAMPLE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL = 0.01
# A sign of Latin-1 between two letters ("g³os"), or letters that Western European text does without
# but Central European and Turkish code pages have in the same place.
_NOT_WESTERN = re.compile(
    r"[^\W\d_][\u00a1-\u00a9\u00ab-\u00b1\u00b3\u00b4\u00b6\u00b8\u00b9\u00bb-\u00bf×÷][^\W\d_]|[ðýþÐÝÞ]"
)


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """Return the text that some bytes hold, without byte order mark and stray NULs.

    A few NULs (a file padded by a crash, a field from a database) are dropped; a text of which more than
    one character in a hundred is a control character is taken for binary.

    Args:
        data: everything that was read.
        name: what to call it in messages.
        charset: what the sender said it is; believed after UTF-8 and only where it fits.

    Raises:
        InputError: for bytes that are no text, or in no encoding that could be told.

    Example:
        >>> decode("“Stop”".encode("cp1252"), "x.txt")
        '“Stop”'
        >>> decode(b"\\xff\\xfeH\\x00i\\x00", "x.txt")
        'Hi'
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}: this is {kind}, not a text")
    text = _marked(data, name)
    if text is None:
        text = _unmarked(data, name, charset)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(_MAX_CONTROL * len(sample), 1):
        raise InputError(
            f"{name}: this is binary data, not a text; give a text, HTML, PDF, DOCX or EPUB file"
        )
    return text.replace("\0", "")


def encoding_of(sample: bytes, guess: bool = True) -> str:
    """Return the encoding of a file of lines by its beginning; UTF-8 where only a few bytes are broken.

    Args:
        sample: the first bytes, cut off anywhere.
        guess: whether it may be one of the old encodings, which only its letters tell.

    Example:
        >>> encoding_of("a;Übung".encode("cp1252")), encoding_of("a;b\\n".encode("utf-16"))
        ('cp1252', 'utf-16-le')
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if wide := _wide_encoding(sample):
        return wide
    sample = sample[: sample.rfind(b"\n") + 1] or sample  # whole characters, whatever the encoding
    if not guess or _nearly_utf8(sample):
        return "utf-8"
    western = _strict(sample, "cp1252")
    if western is not None and _reads_western(western):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "utf-8"


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                # A file that was cut off in the middle of a character is still worth reading.
                return data[len(mark) :].decode(encoding, errors="replace")
            except UnicodeError as error:
                raise InputError(f"{name}: begins as {encoding.upper()} but is not: {error}") from error
    return None


def _unmarked(data: bytes, name: str, charset: str | None) -> str:
    declared = _codec(charset)
    if wide := _wide(data):
        return wide
    data = data.rstrip(b"\0")
    # An encoding of seven bits is valid UTF-8 too, so here the label goes first.
    stateful = declared is not None and declared.startswith(("iso2022", "hz", "utf-7"))
    encodings = [declared, "utf-8"] if stateful else ["utf-8", declared]
    for encoding in encodings:
        if encoding and (text := _strict(data, encoding)) is not None:
            return text
    if _nearly_utf8(data):
        return data.decode("utf-8", errors="replace")
    western = _strict(data, "cp1252")
    if western is not None and _reads_western(western):
        return western
    return _sniffed(data, name)


def _codec(charset: str | None) -> str | None:
    """Return the codec that a label of the web stands for, or None for an unknown one."""
    try:
        found = codecs.lookup(charset.strip("\"' ")).name if charset else None
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found, found) if found else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _wide(data: bytes) -> str | None:
    """Return UTF-16 without a mark as text."""
    encoding = _wide_encoding(data)
    return _strict(data[: len(data) // 2 * 2], encoding) if encoding else None


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: every second byte of Western text is then NUL."""
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        # Spaces, digits and line breaks alone come to a fifth of a text in any script that has spaces.
        if zeros.count(0) >= 0.15 * half and zeros.count(0) >= 8 * (sample.count(0) - zeros.count(0)):
            return encoding
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Tell whether this is UTF-8 with a few broken characters, as after a cut or a bad paste."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return 4 * broken <= whole


def _reads_western(text: str) -> bool:
    """Tell whether Windows-1252 makes sense of these bytes: few accents and no sign inside a word.

    Example:
        >>> _reads_western("“Café”, he said"), _reads_western("Ïðèâåò"), _reads_western("g³os")
        (True, False, False)
    """
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    accented = sum(character.isalpha() for character in sample if character > "\x7f")
    return (
        accented <= 0.25 * letters
        and not _NOT_WESTERN.search(sample)
        and not re.search(r"[\x00-\x08\x0e-\x1f]", sample)
    )


def _sniffed(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 8 * _SAMPLE]).best()
    text = None if best is None else _strict(data, best.encoding)
    if text is None:
        raise InputError(
            f"{name}: not a text in UTF-8, UTF-16, Windows-1252 or any other encoding that could be told; "
            "save it as UTF-8"
        )
    return text
