"""A thousand changes by the page's own server: how long each takes until the annex is shown, and whether memory stays flat."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.web.app import create_app

from .soak import resident

BREACH = "settings.breach_notice"


def changes(count: int = 1_000, example: str = "startup-full") -> tuple[float, float, float]:
    """Median seconds of the first and the last fifty changes with the check of what they changed, and MiB that the process
    grew since the first hundred."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        deal = Deals(root).new("bench", (examples_folder() / f"{example}.yaml").read_text(encoding="utf-8"))
        app = create_app(root, hosts=["localhost"], examples=examples_folder())
        client, times, settled, seen = app.test_client(), [], 0.0, "12 hours"
        for number in range(count):
            now = f"{1 + number % 72} hours"
            begin = time.process_time()
            data = {"token": app.extensions["token"], "path": BREACH, "text": now, "seen": seen}
            client.post(f"/d/{deal.slug}/save", data=data)
            client.get(f"/d/{deal.slug}/ask/3")
            times.append(time.process_time() - begin)
            seen = now
            if number == 100:
                settled = resident()
        return statistics.median(times[:50]), statistics.median(times[-50:]), resident() - settled
