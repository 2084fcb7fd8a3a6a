"""How long people wait on the page: from Enter until a changed value is painted on the annex screen, the median of 50 changes in
Chromium, and from the last key of a counter until its verdict comes below it.

    python tools/page_speed.py

Run it on an idle machine; the load is printed next to the figures, and the processor time of the program for each.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import threading
import time
from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deal, Deals
from ccclauses.deals.rounds.negotiation import Desk, add_returned
from ccclauses.deals.rounds.sending import make, send
from ccclauses.ooxml.package.documents import document_bytes, open_document
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

VERDICT = 1000  # milliseconds
COUNTER = """async (hours) => {
  const field = document.querySelector('textarea[name=text]'), out = document.getElementById(field.getAttribute('aria-describedby'));
  field.value = field.value.replace(/\\d+ hours/, hours);
  const start = performance.now();
  field.dispatchEvent(new Event('input'));
  while (!out.textContent.includes(hours)) await new Promise((done) => requestAnimationFrame(done));
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
            began = time.process_time()
            told(example, measured(page), most, time.process_time() - began)
        deal = returned(Deals(root), server.app.extensions.setdefault("desk", Desk()))
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(f"http://{host}/d/{deal.slug}/round/1?show=all")
        page.locator("#table .row", has_text="becoming Aware").first.locator("[data-act=c]").click(timeout=120_000)
        page.wait_for_selector(".judged p", timeout=60_000)
        began = time.process_time()
        told("verdict on a counter", verdicts(page), VERDICT, time.process_time() - began)
        server.app.extensions["desk"].close()
        browser.close()
    server.shutdown()
    shutil.rmtree(root)


def told(what: str, taken: list[float], most: int, processor: float) -> None:
    """Print a median with its target."""
    each = 1000 * processor / len(taken)
    load = os.getloadavg()[0]
    print(
        f"{what}: median {statistics.median(taken):.0f} ms, target {most} ms; {each:.0f} ms of processor time (load {load:.1f})"
    )


def returned(deals: Deals, desk: Desk) -> Deal:
    """A deal whose annex came back with a longer time to tell of a breach."""
    deal = deals.new("returned", (examples_folder() / "startup-full.yaml").read_text(encoding="utf-8"))
    make(deal, "draft")
    send(deal, date(2026, 5, 4))
    word = open_document(deal.read("rounds", "01-sent.docx") or b"")
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            if "at the latest 72 hours" in run.text:
                run.text = run.text.replace("72 hours", "96 hours")
    add_returned(deal, "Back.docx", document_bytes(word), date(2026, 5, 9), desk)
    return deal


def verdicts(page: Page) -> list[float]:
    """Milliseconds from the last key until the verdict on the words follows."""
    return [page.evaluate(COUNTER, f"{10 + n} hours") for n in range(20)]


def measured(page: Page) -> list[float]:
    """Milliseconds of each change, after two that warm up."""
    taken: list[float] = [page.evaluate(CHANGE, f"{5 + n} hours") for n in range(CHANGES + 2)]
    return taken[2:]


if __name__ == "__main__":
    main()
