"""Scripts that set no blanks between words."""

from __future__ import annotations

import re

# Thai and Lao, kana and ideographs, as a class of a regular expression.
UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Finds one such letter.
UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
