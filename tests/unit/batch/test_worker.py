"""A worker process from its start to its end."""

from __future__ import annotations

import os
import signal
import time

import pytest

from summarize.batch.work import BatchSettings
from summarize.batch.worker import READY, Worker, received


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows sends no SIGINT to one process")
def test_ctrl_c_does_not_reach_a_worker_that_is_starting() -> None:
    worker = Worker(BatchSettings("lead"))
    try:
        assert worker.process.pid is not None
        for _ in range(20):  # from the first moment on, while its interpreter starts and imports
            os.kill(worker.process.pid, signal.SIGINT)
            time.sleep(0.01)
        assert received(worker.connection) == READY
        os.kill(worker.process.pid, signal.SIGINT)
    finally:
        worker.stop(kill=False)
    assert worker.process.exitcode == 0


def interrupt_this_process() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)


def test_the_process_that_starts_workers_still_hears_ctrl_c() -> None:
    worker = Worker(BatchSettings("lead"))
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupt_this_process()
    finally:
        worker.stop(kill=True)
