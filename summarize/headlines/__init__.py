"""Headlines: the best sentence, compressed until it fits and still says who did what.

Nothing is added to the sentence. From the outside in: `write` chooses among sentences, `compress` searches
for the cheapest cuts, `cuts` offers them, `reads` judges what is left, `headlinese` sets the tense,
`tagged` and `tagging` tell a verb from a noun.
"""

from __future__ import annotations

from summarize.headlines.write import headline, trim

__all__ = ["headline", "trim"]
