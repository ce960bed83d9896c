"""Processes that belong together."""

import ctypes
import os
import signal
import sys

SERVING = "DUBAN_SERVING"
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Below `duban serve`, end when the parent is killed outright, so that no orphan keeps the port or the queue.

    Linux only; elsewhere an orphan ends by itself when it is asked to.
    """
    if os.environ.get(SERVING) and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
