"""Settings for every test."""

from browsing import browser, open_page, uploads  # noqa: F401  (fixtures)
from hypothesis import settings

# A busy machine is no bug: examples are not timed, and the same ones run every time.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
