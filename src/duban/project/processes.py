"""Processes that belong together."""

import ctypes
import os
import signal
import sys

SERVING = "DUBAN_SERVING"
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Below `duban serve`, end when the parent is killed outright, so that no orphan keeps the port or the queue.

    The variable holds the parent's process id, for a parent may die while its child still starts. Linux only; elsewhere
    an orphan ends when it is asked to.
    """
    parent = os.environ.get(SERVING)
    if parent and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):
            sys.exit(1)
