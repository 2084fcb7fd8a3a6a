"""Take the pictures of the local page that `docs/how-to/procurement.md` shows, in a real Chromium.

    python tools/page_pictures.py

Needs Playwright and Chromium. Look at what it writes into `docs/images/` before you commit it.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from ccclauses.load.library import load_library  # noqa: E402
from ccclauses.ooxml.namespaces import w  # noqa: E402
from ccclauses.ooxml.package import read_package  # noqa: E402
from ccclauses.resources import examples_folder, library_folder  # noqa: E402
from ccclauses.web.single import create_app  # noqa: E402
from review import edits  # noqa: E402

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Open the page, do what the how-to tells, and take each picture."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    host = f"127.0.0.1:{server.server_port}"
    server.app = create_app(load_library(library_folder())[0], hosts=[host], examples=examples_folder())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 860}, locale="en-GB")
        page.goto(f"http://{host}/")
        page.wait_for_selector(".waiting")
        shot(page, "page-start")
        page.select_option("#example", "retail-uk")
        page.wait_for_selector("#annex article")
        page.wait_for_timeout(2600)
        shot(page, "page-annex")
        wrong_value(page)
        page.reload()
        page.locator("#annex .about").nth(3).click()
        page.wait_for_selector("dialog[open] .ladder")
        shot(page, "page-clause")
        page.keyboard.press("Escape")
        compare(page)
        shot(page, "page-compare")
        browser.close()
    server.shutdown()


def wrong_value(page: Page) -> None:
    """A value that the law or a framework does not allow, with its reason beside it."""
    name = "settings.breach_notice"
    for summary in page.locator(f'details:has([id="{name}"]) > summary').all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    count = int(page.get_attribute("body", "data-previews") or 0)
    old = page.input_value(f'[id="{name}"]')
    page.fill(f'[id="{name}"]', "90 hours")
    page.press(f'[id="{name}"]', "Tab")
    page.wait_for_selector(f'body[data-previews="{count + 1}"]')
    page.locator(f'[id="{name}"]').scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    shot(page, "page-problem")
    page.fill(f'[id="{name}"]', old)
    page.press(f'[id="{name}"]', "Tab")
    page.wait_for_selector(f'body[data-previews="{count + 2}"]')


def compare(page: Page) -> None:
    """The annex of the page beside a file in which somebody changed two numbers."""
    with page.expect_download() as download:
        page.click("text=Word")
    draft = edits.Draft(read_package(download.value.path()))
    for text in draft.sections()["breach-handling"][1].iter(w("t")):
        text.text = re.sub(r"\d+(?=\s(?:hours|Business))", "96", text.text or "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "returned.docx"
        path.write_bytes(draft.saved())
        page.click("#tab-compare")
        page.set_input_files("#other", str(path))
        page.click("#compare")
        page.wait_for_selector("#report .finding")
        page.wait_for_timeout(300)


def shot(page: Page, name: str) -> None:
    """One picture of what the window shows."""
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
