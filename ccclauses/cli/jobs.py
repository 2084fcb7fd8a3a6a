"""What runs the jobs of a command, whichever it is."""

from __future__ import annotations

from concurrent.futures import Executor


class Jobs(Executor):
    """What runs jobs, and what there is to know of those that do the work."""

    ended = 0  # workers that ended before their time

    def watch(self) -> None:
        """Called while nothing comes back; raises OSError when nothing can come back any more."""
