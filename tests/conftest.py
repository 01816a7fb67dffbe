"""Settings for every test."""

import os

import pytest
from browsing import browser, open_page, uploads  # noqa: F401  (fixtures)
from hypothesis import settings
from made_once import PLACE

# Imported by the runs that it is to kill, and by nobody else.
collect_ignore = ["soak/calls/sitecustomize.py"]

# A busy machine is no bug: examples are not timed, and the same ones run every time.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _place(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name the folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    os.environ[PLACE] = str(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
