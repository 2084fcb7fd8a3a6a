"""Take the pictures of the local page that `docs/tutorial.md` shows, in a real Chromium.

    python tools/page_pictures.py

Needs Playwright and Chromium. Look at what it writes into `docs/images/` before you commit it.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import threading
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from review import edits  # noqa: E402

from ccclauses.common.resources import examples_folder  # noqa: E402
from ccclauses.deals.folder import Deal, Deals  # noqa: E402
from ccclauses.deals.rounds.rounds import record_returned, record_sent  # noqa: E402
from ccclauses.ooxml.namespaces import w  # noqa: E402
from ccclauses.ooxml.package.package import read_package  # noqa: E402
from ccclauses.pipeline import build  # noqa: E402
from ccclauses.web.app import create_app  # noqa: E402

IMAGES = ROOT / "docs" / "images"
NOW = datetime(2026, 5, 4, 14, 32)


def main() -> None:
    """Do what the tutorial tells, and take each picture."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "Documents" / "Deals"
        server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
        host = f"127.0.0.1:{server.server_port}"
        server.app = create_app(root, hosts=[host], examples=examples_folder(), now=lambda: NOW)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1360, "height": 860}, locale="en-GB")
            walk(page, f"http://{host}", Deals(root))
            browser.close()
        server.shutdown()


def walk(page: Page, address: str, deals: Deals) -> None:
    """The way from an empty folder to a file that came back."""
    page.goto(address)
    page.wait_for_selector("[data-later] > *")
    shot(page, "page-home")
    page.fill("#name", "Evergood Support Limited")
    page.click("text=New deal")
    page.wait_for_url("**/ask/1")
    shot(page, "page-question")
    deal = deals.new("pebblebox", (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8"))
    page.goto(f"{address}/d/pebblebox/annex?value=breach_notice#_cc_breach_handling")
    page.wait_for_selector("body[data-patches]")
    page.fill("#value-breach_notice", "48 hrs")
    page.press("#value-breach_notice", "Enter")
    page.wait_for_selector("#changed:not([hidden])")
    page.wait_for_timeout(400)
    shot(page, "page-annex")
    page.click("#tab-ladder")
    page.wait_for_selector(".rung.chosen")
    page.locator(".rung.chosen").evaluate("(e) => e.scrollIntoView()")
    shot(page, "page-ladder")
    page.goto(f"{address}/d/pebblebox/check")
    shot(page, "page-check")
    returned(deal)
    page.goto(f"{address}/d/pebblebox/round/1")
    page.wait_for_selector("#table .row", timeout=120_000)
    shot(page, "page-round")
    page.goto(f"{address}/clauses?q=late+notice")
    shot(page, "page-clauses")


def returned(deal: Deal) -> None:
    """The annex as it was sent, and as it comes back with one number changed that nobody marked."""
    sent = build(deal.profile).data
    draft = edits.Draft(read_package(sent))
    for paragraph in draft.sections()["breach-handling"]:
        for text in paragraph.iter(w("t")):
            text.text = re.sub(r"48(?=.hours)", "96", text.text or "")
    folder = deal.path("rounds")
    record_sent(folder, sent, name="annex.docx", day="2026-05-04", beside={"yaml": deal.text().encode()})
    record_returned(folder, draft.saved(), name="annex from Evergood.docx", day="2026-05-11")


def shot(page: Page, name: str) -> None:
    """One picture of what the window shows."""
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
