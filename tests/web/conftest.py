"""The page in a real browser: a folder of deals that is served, a browser, and a tab that tells what went wrong in it."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deal, Deals
from ccclauses.web.app import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@dataclass(frozen=True)
class Served:
    """A folder of deals under an address."""

    address: str
    deals: Deals
    app: Flask

    def new(self, name: str, example: str = "startup-baseline", **replaced: str) -> Deal:
        """A deal from an example, with some of its words replaced."""
        text = (examples_folder() / f"{example}.yaml").read_text(encoding="utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        return self.deals.new(name, text)


@pytest.fixture
def served(tmp_path):
    from werkzeug.serving import make_server

    root = tmp_path / "Deals"
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    host = f"127.0.0.1:{server.server_port}"
    app = server.app = create_app(root, hosts=[host], examples=examples_folder(), now=datetime.now)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Served(f"http://{host}", Deals(root), app)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_tab(chromium, served):
    """Opens tabs of a width; at the end nothing may have gone wrong in them, nor been fetched from anywhere else."""
    opened = []

    def tab(width: int = 1400, height: int = 900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda e: page.wrong.append(str(e)))
        page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
        page.on(
            "request",
            lambda r: None if r.url.startswith((served.address, "data:", "blob:")) else page.wrong.append(r.url),
        )
        opened.append((context, page))
        return page

    yield tab
    wrong = [w for _, page in opened for w in page.wrong]
    for context, _ in opened:
        context.close()
    assert wrong == []


def axe_faults(page) -> list[tuple[str, str]]:
    """What axe-core finds on a page that was opened with `bypass_csp=True`: the rule and the first element."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]]
