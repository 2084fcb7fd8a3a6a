"""How long it takes from Enter until a changed value is painted on the annex screen: the median of 50 changes in Chromium.

    python tools/page_speed.py

Run it on an idle machine; the load is printed beside the figures.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import threading
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from ccclauses.deals.folder import Deals
from ccclauses.resources import examples_folder
from ccclauses.web.app import create_app

CHANGES = 50
TARGETS = {"startup-baseline": 120, "startup-full": 200}  # milliseconds, by example
CHANGE = """async (text) => {
  const field = document.getElementById('value-breach_notice'), start = performance.now();
  field.value = text;
  field.form.requestSubmit();
  const value = () => document.querySelector('#_cc_breach_handling .value[data-parameter=breach_notice]').textContent;
  while (value().replace(/\\u00a0/g, ' ') !== text) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def main() -> None:
    """Print the medians."""
    root = Path(tempfile.mkdtemp())
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=Quiet)
    host = f"127.0.0.1:{server.server_port}"
    server.app = create_app(root, hosts=[host], now=datetime.now)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for example, most in TARGETS.items():
            text = (examples_folder() / f"{example}.yaml").read_text(encoding="utf-8")
            deal = Deals(root).new(example, text)
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"http://{host}/d/{deal.slug}/annex?value=breach_notice")
            page.wait_for_selector("body[data-patches]")
            taken = measured(page)
            load = os.getloadavg()[0]
            print(f"{example}: median {statistics.median(taken):.0f} ms, target {most} ms (load {load:.1f})")
        browser.close()
    server.shutdown()
    shutil.rmtree(root)


def measured(page: Page) -> list[float]:
    """Milliseconds of each change, after two that warm up."""
    taken: list[float] = [page.evaluate(CHANGE, f"{5 + n} hours") for n in range(CHANGES + 2)]
    return taken[2:]


if __name__ == "__main__":
    main()
