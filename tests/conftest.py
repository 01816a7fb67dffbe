"""Settings for every test."""

from browsing import browser, open_page, uploads  # noqa: F401  (fixtures)
from hypothesis import settings

# Imported by the runs that it is to kill, and by nobody else.
collect_ignore = ["soak/calls/sitecustomize.py"]

# A busy machine is no bug: examples are not timed, and the same ones run every time.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
