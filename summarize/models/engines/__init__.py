"""How an abstractive model runs: CTranslate2 where it can, PyTorch through transformers where it cannot.

An engine turns token ids into token ids; text, styles and budgets are no concern of it.
"""

from summarize.models.engines.base import Decoding, Engine, Generated
from summarize.models.engines.choose import ENGINES, open_engine

__all__ = ["ENGINES", "Decoding", "Engine", "Generated", "open_engine"]
