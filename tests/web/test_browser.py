"""What a buyer and a lawyer do with the page, in a real browser; run where Chromium and Playwright are."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from werkzeug.serving import make_server  # noqa: E402

from ccclauses.load.library import load_library  # noqa: E402
from ccclauses.ooxml.namespaces import w  # noqa: E402
from ccclauses.ooxml.package import read_package  # noqa: E402
from ccclauses.read.docx import read_docx  # noqa: E402
from ccclauses.resources import examples_folder, library_folder  # noqa: E402
from ccclauses.web.single import create_app  # noqa: E402

from review import edits  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")
def address():
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    host = f"127.0.0.1:{server.server_port}"
    server.app = create_app(load_library(library_folder())[0], hosts=[host], examples=examples_folder())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{host}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=False)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    page.on(
        "request", lambda r: page.wrong.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None
    )
    page.goto(address)
    page.wait_for_selector("body[data-previews]")
    yield page
    # A request that a newer one replaced is told on the console by htmx, as two errors.
    assert [w for w in page.wrong if not w.startswith(("htmx:afterRequest,", "htmx:sendAbort,"))] == []
    context.close()


def start_from(page, example: str) -> None:
    page.select_option("#example", example)
    page.wait_for_selector("#annex article")


def changed(page, act) -> None:
    """Do something and wait until the page has shown what came of it."""
    count = int(page.get_attribute("body", "data-previews"))
    act()
    page.wait_for_selector(f'body[data-previews="{count + 1}"]')


def value(page, name: str, text: str) -> None:
    """Write a value as a person does, in whatever part of the form it stands."""
    for summary in page.locator(f'details:has([id="{name}"]) > summary').all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    changed(page, lambda: (page.fill(f'[id="{name}"]', text), page.press(f'[id="{name}"]', "Tab")))


def test_taking_away_an_annex_that_can_t_be_made_leads_to_the_first_field_that_keeps_it_back(page):
    page.click("text=Word")
    assert page.evaluate("document.activeElement.name") == page.get_attribute(".waiting [data-jump]", "data-jump")


def test_enter_in_a_field_shows_the_annex_anew_and_downloads_nothing(page):
    start_from(page, "startup-full")
    downloads = []
    page.on("download", lambda d: downloads.append(d))
    changed(page, lambda: (page.fill('[id="annex.title"]', "Our Annex"), page.press('[id="annex.title"]', "Enter")))
    page.wait_for_selector("#annex h1:has-text('Our Annex'), #annex article:has-text('Our Annex')")
    assert not downloads


def test_a_buyer_picks_is_told_what_is_wrong_puts_it_right_and_downloads(page, tmp_path):
    assert page.locator(".waiting li").count() >= 6
    start_from(page, "startup-full")
    value(page, "settings.breach_notice", "999 hours")
    beside = page.locator('[data-field="settings.breach_notice"] .beside.error')
    assert "999 hours" in beside.inner_text() and "72 hours" in beside.inner_text()
    assert page.get_attribute('[id="settings.breach_notice"]', "aria-invalid") == "true"
    value(page, "settings.breach_notice", "31 hours")
    assert page.locator('#annex .value[data-parameter="breach_notice"]').first.inner_text() == "31 hours"
    assert page.locator(".changed").count() > 0
    with page.expect_download() as download:
        page.click("text=Word")
    path = tmp_path / "annex.docx"
    download.value.save_as(path)
    text = "\n".join("".join(s.text for s in p.segments) for p in read_docx(read_package(path)).paragraphs())
    assert "31 hours" in text.replace("\u00a0", " ")


def test_a_topic_takes_another_position(page):
    start_from(page, "startup-full")
    page.click("#topic-screening > summary")
    before = page.inner_text("#annex article")
    changed(page, lambda: page.select_option('[id="postures.screening"]', "strict"))
    assert page.inner_text("#annex article") != before


def test_nothing_is_lost_on_reload(page):
    start_from(page, "retail-uk")
    value(page, "annex.reference", "KEPT-1")
    article, form = (
        page.inner_text("#annex article"),
        page.evaluate(
            "() => [...new FormData(document.getElementById('form'))].filter((x) => x[1] && typeof x[1] === 'string').map(String)"
        ),
    )
    page.reload()
    page.wait_for_selector("#annex article")
    assert page.inner_text("#annex article") == article
    assert (
        page.evaluate(
            "() => [...new FormData(document.getElementById('form'))].filter((x) => x[1] && typeof x[1] === 'string').map(String)"
        )
        == form
    )


def test_a_value_leads_to_its_field(page):
    start_from(page, "startup-full")
    page.locator('#annex .value[data-parameter="breach_notice"]').first.click()
    assert page.evaluate("() => document.activeElement.id") == "settings.breach_notice"


def test_a_lawyer_compares_with_what_came_back_and_takes_a_value_over(page, tmp_path):
    start_from(page, "startup-full")
    with page.expect_download() as download:
        page.click("text=Word")
    draft = edits.Draft(read_package(download.value.path()))
    for text in draft.sections()["breach-handling"][2].iter(w("t")):
        text.text = (text.text or "").replace("72 hours", "48 hours")
    path = tmp_path / "returned.docx"
    path.write_bytes(draft.saved())
    page.click("#tab-compare")
    page.set_input_files("#other", str(path))
    page.click("#compare")
    page.wait_for_selector("#report .finding.silent")
    page.keyboard.press("j")
    assert page.locator("#report .here").count() == 1
    changed(page, lambda: page.click("#report .take-over"))
    assert page.input_value('[id="settings.breach_notice"]') == "48 hours"


def test_a_clause_opens_and_closes_by_keyboard(page):
    start_from(page, "startup-full")
    page.locator("#annex .about").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] .ladder")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_no_serious_fault_for_people_who_use_it_differently(browser, address, scheme):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".waiting")
    page.add_script_tag(path=str(AXE))

    def faults() -> list[tuple[str, str]]:
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            (v["id"], v["nodes"][0]["html"][:150])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]

    assert faults() == []
    start_from(page, "startup-full")
    page.wait_for_selector("#findings *", state="attached")
    page.wait_for_timeout(2600)  # until nothing flashes
    assert faults() == []
    page.locator("#annex .about").first.click()
    page.wait_for_selector("dialog[open] .ladder")
    assert faults() == []
    context.close()


def test_a_narrow_screen_needs_no_scrolling_to_the_side(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".waiting")
    start_from(page, "startup-full")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    context.close()
