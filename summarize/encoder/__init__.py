"""The shipped encoder: it reads sentences and says of each word what it is and whether a summary keeps it.

One small transformer (MiniLM, trained by `training/encoder`) with several heads; weights lie in `weights/`.
English only. Nothing is cut, ranked or written here.
"""

from summarize.encoder.analysis import Analysis
from summarize.encoder.encoder import analyse, is_available

__all__ = ["Analysis", "analyse", "is_available"]
