"""A thousand previews by the page's own server: how long each takes, and whether its memory stays flat."""

from __future__ import annotations

import statistics
import time

from werkzeug.datastructures import MultiDict

from ccclauses.load.form import read_fields
from ccclauses.load.library import load_library
from ccclauses.resources import examples_folder, library_folder
from ccclauses.web.single import create_app

from .soak import resident


def previews(count: int = 1_000, example: str = "startup-full") -> tuple[float, float, float, int]:
    """Median seconds of the first and the last fifty, MiB that the process grew since the first hundred, and clauses.

    A value changes each time, so that no preview is the one before.
    """
    library, _ = load_library(library_folder())
    client = create_app(library, hosts=["localhost"], examples=examples_folder()).test_client()
    fields, _ = read_fields((examples_folder() / f"{example}.yaml").read_text(encoding="utf-8"), example)
    times, settled, clauses = [], 0.0, 0
    for number in range(count):
        changed = {"settings.breach_notice": f"{1 + number % 72} hours", "annex.reference": f"PREVIEW-{number}"}
        data = MultiDict([*((n, v) for n, v in fields if n not in changed), *changed.items()])
        begin = time.process_time()
        answer = client.post("/preview", data=data, headers={"Origin": "http://localhost"})
        times.append(time.process_time() - begin)
        if number == 100:
            settled, clauses = resident(), answer.text.count("data-clause=")
    return statistics.median(times[:50]), statistics.median(times[-50:]), resident() - settled, clauses
