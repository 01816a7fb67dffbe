"""Text -> HTML that shows it as it stands, and links that carry a file in themselves. No layout."""

from __future__ import annotations

import base64
from html import escape

from summarize.printing import clean

# The page's component reads ${...} and {{...}} in what it is given as templates; as entities they are text.
_TEMPLATE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;", "\\": "&#92;"})


def safe(text: str, lines: bool = False) -> str:
    """Return a text as HTML, for elements and attributes: no markup, template or control character works.

    Args:
        text: anything.
        lines: keep line breaks, which are blanks otherwise.

    Example:
        >>> safe('<b onclick="x">${1} {{2}}')
        '&lt;b onclick=&quot;x&quot;&gt;&#36;&#123;1&#125; &#123;&#123;2&#125;&#125;'
    """
    if lines:
        return "\n".join(safe(line) for line in text.split("\n"))
    return escape(clean(text)).translate(_TEMPLATE)


def inert(html: str) -> str:
    """Return finished HTML in which no template works; tags and attributes stay.

    Example:
        >>> inert("<p>${1}</p>")
        '<p>&#36;&#123;1&#125;</p>'
    """
    return html.translate(_TEMPLATE)


def download(label: str, name: str, kind: str, data: str, describe: str = "") -> str:
    """Return a link that holds the file it downloads: nothing is kept on the server for it.

    Args:
        label: what the link says.
        name: of the file.
        kind: media type.
        data: what is in it.
        describe: what a screen reader says; the label by default.
    """
    content = base64.b64encode(data.encode("utf-8", "replace")).decode("ascii")
    return (
        f'<a class="tool" download="{safe(name)}" href="data:{kind};charset=utf-8;base64,{content}" '
        f'aria-label="{safe(describe or label)}">{safe(label)}</a>'
    )


def message(text: str, kind: str = "error") -> str:
    """Return a message box; kind is "error" (read out at once), or "status"."""
    role = "alert" if kind == "error" else "status"
    return f'<div class="message {kind}" role="{role}">{safe(text)}</div>' if text else ""
