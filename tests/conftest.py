"""Settings for every test."""

import os

import pytest
from browsing import browser, open_page, tabs, uploads  # noqa: F401  (fixtures)
from hypothesis import settings
from made_once import PLACE

from summarize.cores import usable_cores

# Imported by the runs that it is to kill, and by nobody else.
collect_ignore = ["soak/calls/sitecustomize.py"]

# The workers of pytest-xdist share the cores among them, as those of a batch do: with more threads than cores, numeric
# libraries spend two and a half times the processor time on waiting for each other.
if "PYTEST_XDIST_WORKER" in os.environ:
    share = usable_cores() // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, share)))

# A busy machine is no bug: examples are not timed, and the same ones run every time.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _place(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name the folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    os.environ[PLACE] = str(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
