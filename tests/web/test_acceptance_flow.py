"""What a buyer does from nothing to a sent draft, in a real browser; each test is one of the page's acceptance checks."""

from __future__ import annotations

import subprocess
import sys

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from ccclauses.deals.edit import save_one  # noqa: E402
from ccclauses.deals.notes import note  # noqa: E402
from ccclauses.deals.state import shown  # noqa: E402
from ccclauses.ooxml.package.package import read_package  # noqa: E402
from ccclauses.read.word.docx import read_docx  # noqa: E402

from .browsing import CHROMIUM, SHORT, Page, axe_finds  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path):
    site = Page(tmp_path / "Deals")
    yield site
    site.stop()


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    context.set_default_timeout(45_000)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.goto(site.address)
    yield page
    assert page.wrong == []
    context.close()


@pytest.fixture
def deal(site):
    return site.deals.new("pebblebox", SHORT)


def go(page, site, path: str) -> None:
    page.goto(f"{site.address}{path}")


def press(page, words: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).first.click()


def fill(page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def new_deal(page, supplier: str = "Evergood Support Limited") -> None:
    fill(page, "Who is the supplier?", supplier)
    press(page, "New deal")


def two_companies(page) -> None:
    fill(page, "Your company", "Pebblebox Bikes Limited")
    fill(page, "Country of your company", "UK")
    fill(page, "Country of the call centre", "UK")
    press(page, "Continue")


def only(site):
    (deal,) = site.deals.all()
    return deal


def test_acceptance_01_seven_plain_answers_make_an_annex_and_a_draft_downloads(page, site):
    new_deal(page)
    two_companies(page)
    fill(page, "First day of the service", "1 June 2026")
    fill(page, "Length", "12 months")
    fill(page, "Monthly price", "£14,500")
    press(page, "Continue")
    assert "pages" in page.inner_text("#strip") and "off a month" in page.inner_text("#strip")
    go(page, site, f"/d/{only(site).slug}/send")
    press(page, "Make the file")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the Word file").click()
    text = read_docx(read_package(download.value.path().read_bytes())).paragraphs()
    said = " ".join(s.text for p in text for s in p.segments)
    assert "Pebblebox Bikes Limited" in said and "14,500" in said


def test_acceptance_02_after_question_1_no_input_makes_the_annex_disappear(page, site):
    new_deal(page)
    two_companies(page)
    deal = only(site)
    for number in range(1, 11):
        go(page, site, f"/d/{deal.slug}/ask/{number}")
        for box in page.locator("form.ask input:not([type=hidden], [type=radio], [type=checkbox])").all():
            if box.is_visible():
                box.fill("??? 80 Narnia")
        press(page, "Continue")
        assert "clauses" in page.inner_text("#strip"), number
        assert shown(deal).annex is not None


def test_acceptance_03_a_first_visit_shows_no_red_and_no_error(page, site):
    def red() -> list[str]:
        return page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && e.textContent.trim()
               && ['rgb(163, 22, 31)', 'rgb(255, 158, 164)'].includes(getComputedStyle(e).color)).map(e => e.outerHTML)"""
        )

    assert red() == [] and "error" not in page.inner_text("body").lower()
    new_deal(page)
    for number in range(1, 11):
        go(page, site, f"/d/{only(site).slug}/ask/{number}")
        assert red() == [] and "error" not in page.inner_text("body").lower() and "Error" not in page.title(), number


def test_acceptance_04_what_people_type_is_accepted_and_echoed(page, site):
    new_deal(page)
    page.get_by_label("Country of your company", exact=True).fill("UK")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=We read: United Kingdom")
    fill(page, "Your company", "Pebblebox")
    fill(page, "Country of the call centre", "England")
    press(page, "Continue")
    for label, text, read in (
        ("First day of the service", "3 March 2026", ""),
        ("Monthly price", "£14,500", "We read: GBP 14,500.00"),
        ("Length", "3 years", "We read: 36 months"),
    ):
        fill(page, label, text)
        page.keyboard.press("Tab")
        if read:
            page.wait_for_selector(f"text={read}")
    press(page, "Continue")
    assert "Monthly price: GBP 14,500.00" in page.inner_text(".effect")
    deal = only(site)
    go(page, site, f"/d/{deal.slug}/ask/9")
    page.locator('[id="settings.breach_notice"]').fill("12 hrs")
    page.locator('[id="settings.at_risk_month"]').fill("5%")
    press(page, "Continue")
    said = shown(deal)
    assert (said.said("settings.breach_notice"), said.said("settings.at_risk_month")) == ("12 hours", "5%")
    assert (said.said("term.start"), said.said("term.months"), said.said("law")) == ("2026-03-03", "36", "GB-EAW")
    assert said.said("parties.provider.country") == "GB"


@pytest.mark.parametrize(
    "label, text, meant, other, path, value",
    [
        ("Monthly price", "1.500", "GBP 1,500.00", "GBP 1.50", "charges.monthly", "GBP 1,500.00"),
        ("First day of the service", "03/02/2026", "2 March 2026", "3 February 2026", "term.start", "2026-03-02"),
    ],
)
def test_acceptance_05_two_readings_are_two_buttons_and_nothing_is_saved_before_one_is_pressed(
    page, site, label, text, meant, other, path, value
):
    new_deal(page)
    two_companies(page)
    deal = only(site)
    fill(page, label, text)
    page.keyboard.press("Tab")
    page.wait_for_selector(f"button:has-text('{meant}')")
    page.wait_for_selector(f"button:has-text('{other}')")
    press(page, "Continue")
    assert shown(deal).said(path) == ""
    press(page, meant)
    assert shown(deal).said(path) == value


def test_a_price_that_leaves_no_cent_for_a_credit_is_refused_at_its_field_and_the_annex_stays(page, site, deal):
    go(page, site, "/d/pebblebox/ask/2")
    fill(page, "Monthly price", "GBP 1.50")
    press(page, "Continue")
    assert "The annex still says GBP 14,500.00." in page.inner_text("#summary") and shown(deal).annex is not None
    assert page.get_by_label("Monthly price").input_value() == "GBP 1.50"


def test_acceptance_06_with_a_site_abroad_nobody_asks_whether_data_go_abroad(page, site):
    new_deal(page)
    two_companies(page)
    deal = only(site)
    go(page, site, f"/d/{deal.slug}/ask/5")
    for label, text in (
        ("Name", "Cape Town"),
        ("Address", "1 Long Street"),
        ("Country", "ZA"),
        ("What is done there", "All calls"),
    ):
        fill(page, label, text)
    press(page, "Continue")
    assert shown(deal).said("facts.cross_border") == "yes"
    assert "Yes: there is a site in South Africa." in page.inner_text("main")
    assert page.locator('[name="facts.cross_border"]').count() == 0


def test_acceptance_07_not_known_takes_the_safe_side_and_waits_in_the_check(page, site, deal):
    go(page, site, "/d/pebblebox/ask/3")
    page.get_by_role("group", name="Do they take card payments by phone?").get_by_label("I don't know yet").check()
    page.get_by_label("Who could tell you?").first.fill("Priya, Finance")
    press(page, "Continue")
    assert "Card payments" in page.inner_text(".effect")
    assert shown(deal).said("facts.takes_payments") == "unknown"
    assert "payment-data" in {c.id for c in shown(deal).annex.clauses}
    go(page, site, "/d/pebblebox/check")
    matter = page.locator(".matters li", has_text="card payments").first
    assert "Assumed Yes, asked Priya, Finance" in matter.inner_text()
    with page.expect_navigation():
        matter.get_by_role("link").click()
    page.get_by_role("group", name="Do they take card payments by phone?").get_by_label("No", exact=True).check()
    press(page, "Save and go back")
    assert "/check" in page.url and "card payments" not in page.inner_text("main")


def test_acceptance_08_the_command_makes_the_same_file(page, site, deal):
    go(page, site, "/d/pebblebox/send")
    press(page, "Make the file")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the Word file").click()
    out = deal.folder / "by-command.docx"
    done = subprocess.run(
        [sys.executable, "-m", "ccclauses", "build", str(deal.profile), "-o", str(out)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == download.value.path().read_bytes()


def test_acceptance_09_reload_back_forward_and_a_killed_browser_lose_nothing(browser, page, site, deal):
    go(page, site, "/d/pebblebox/ask/2")
    fill(page, "Monthly price", "15,000")
    page.reload()
    assert page.get_by_label("Monthly price").input_value() == "15,000"  # typed, not saved
    press(page, "Continue")
    page.go_back()
    assert page.get_by_label("Monthly price").input_value() == "GBP 15,000.00"
    page.go_forward()
    assert "Question 3" in page.inner_text("main")
    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{site.address}/d/pebblebox/ask/2")
    assert other.get_by_label("Monthly price").input_value() == "GBP 15,000.00"
    context.close()


def with_own_clock(page, site, path: str) -> None:
    """Open a screen whose timers run by the test's hand, so that no machine is too slow for them."""
    page.clock.install()
    go(page, site, path)


def test_acceptance_10_a_program_that_stops_is_told_within_3_seconds_and_the_value_is_saved_when_it_is_back(
    page, site, deal
):
    with_own_clock(page, site, "/d/pebblebox/ask/2")
    site.stop()
    fill(page, "Monthly price", "15,000")
    page.clock.run_for(3000)
    page.wait_for_selector("#gone:not([hidden])")
    assert (
        "Monthly price" in page.inner_text("#gone") and page.locator("button:not([type=button]):enabled").count() == 0
    )
    page.get_by_role("link", name="Skip", exact=True).click()
    page.evaluate("fetch('/alive').catch(() => {})")
    assert "/ask/2" in page.url  # no way leads to the browser's own error page
    with page.expect_navigation():  # it is saved by itself, as soon as the page has asked, and the link is followed
        site.start()
        page.clock.run_for(3000)
    assert "/ask/3" in page.url and page.locator("#gone").is_hidden()
    assert shown(deal).said("charges.monthly") == "GBP 15,000.00"


def test_acceptance_10_a_continue_that_was_pressed_while_it_was_away_goes_on_by_itself(page, site, deal):
    with_own_clock(page, site, "/d/pebblebox/ask/2")
    fill(page, "Monthly price", "15,000")
    site.stop()
    page.get_by_role("button", name="Continue", exact=True).last.click()
    page.wait_for_selector("#gone:not([hidden])")
    with page.expect_navigation():
        site.start()
        page.clock.run_for(3000)
    assert "/ask/3" in page.url and shown(deal).said("charges.monthly") == "GBP 15,000.00"


def test_acceptance_11_two_tabs_both_stand_or_both_are_shown(page, site, deal):
    other = page.context.new_page()
    go(page, site, "/d/pebblebox/ask/2")
    go(other, site, "/d/pebblebox/ask/2")
    fill(page, "Monthly price", "15,000")
    fill(other, "Name of the main contract", "Desk Agreement")
    press(page, "Continue")
    press(other, "Continue")
    said = shown(deal)
    assert (said.said("charges.monthly"), said.said("agreement.title")) == ("GBP 15,000.00", "Desk Agreement")
    go(page, site, "/d/pebblebox/ask/2")
    go(other, site, "/d/pebblebox/ask/2")
    fill(page, "Monthly price", "16,000")
    fill(other, "Monthly price", "17,000")
    press(page, "Continue")
    press(other, "Continue")
    assert "GBP 16,000.00" in other.inner_text("#summary") and "GBP 17,000.00" in other.inner_text("#summary")
    press(other, "Use GBP 17,000.00")
    assert shown(deal).said("charges.monthly") == "GBP 17,000.00"


def test_acceptance_12_a_comment_by_hand_survives_ten_edits(page, site, deal):
    deal.profile.write_text(SHORT.replace("charges:", "# agreed by phone on Friday\ncharges:"))
    for number in range(10):
        go(page, site, "/d/pebblebox/ask/2")
        fill(page, "Monthly price", f"{15_000 + number}")
        press(page, "Continue")
    assert '# agreed by phone on Friday\ncharges: {monthly: "GBP 15,009.00"}\n' in deal.text()
    assert "# the Client's own 72 hours begin when it hears of the breach" in deal.text()


def test_acceptance_13_opening_an_example_alters_no_deal(page, site, deal):
    before = {p: p.read_bytes() for p in site.root.rglob("*") if p.is_file()}
    go(page, site, "/examples")
    page.locator(".plain a").first.click()
    page.wait_for_selector("article.sheet")
    assert {p: p.read_bytes() for p in site.root.rglob("*") if p.is_file()} == before
    press(page, "Make a copy")
    assert "Question 1" in page.inner_text("main") and len(site.deals.all()) == 2
    assert deal.text() == SHORT


def test_acceptance_17_the_sent_file_holds_nothing_of_ours(page, site, deal):
    save_one(deal, "postures.incidents", "strict")
    save_one(deal, "exclude.new-technology", "too dear for a desk of twelve")
    note(deal, unknown={"facts.takes_payments": "Priya, Finance department"}, aside={"x": "not worth the quarrel"})
    go(page, site, "/d/pebblebox/send")
    press(page, "Make the file")
    assert "Author: Pebblebox Bikes Limited" in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the Word file").click()
    parts = read_package(download.value.path().read_bytes()).parts
    inside = b"\n".join(parts.values()).decode("utf-8", "replace").lower()
    for ours in (
        "too dear for",
        "priya",
        "not worth the quarrel",
        "posture",
        "fallback",
        "walk-away",
        "baseline",
        "hears of the breach",
    ):
        assert ours not in inside
    assert not [name for name in parts if "comment" in name]
    press(page, "I have sent it")
    assert "It is their turn" in page.inner_text("main")
    assert (deal.folder / "rounds" / "01-sent.docx").read_bytes() == download.value.path().read_bytes()


SCREENS = ["/", "/examples", "/example/startup-baseline", *(f"/d/pebblebox/ask/{n}" for n in range(1, 11)), "/d/pebblebox/check",
           "/d/pebblebox/check/settings?q=audit", "/d/pebblebox/send", "/d/none/ask/1"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_acceptance_24_axe_finds_nothing(browser, site, deal, scheme):
    context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in SCREENS:
        page.goto(f"{site.address}{path}")
        if wrong := axe_finds(page):
            found[path] = wrong
    context.close()
    assert found == {}


def test_acceptance_24_the_way_to_a_draft_runs_by_keyboard_alone(page, site):
    page.focus("#name")
    page.keyboard.type("Evergood Support Limited")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for words in ("Pebblebox Bikes Limited", "UK"):
        while page.evaluate("document.activeElement.tagName") != "INPUT" or page.evaluate(
            "document.activeElement.value"
        ):
            page.keyboard.press("Tab")
        page.keyboard.type(words)
    stops = page.evaluate(
        "[...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main summary')]"
        ".filter(e => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})).length"
    )
    assert stops <= 12
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/ask/2" in page.url


# Zoom of 200 % is half as many pixels of the page's own, each twice as large.
@pytest.mark.parametrize("width, zoom", [(390, 1), (320, 1), (1280, 2)])
def test_nothing_scrolls_sideways_on_a_narrow_or_enlarged_page(browser, site, deal, width, zoom):
    context = browser.new_context(viewport={"width": width // zoom, "height": 800 // zoom}, device_scale_factor=zoom)
    page = context.new_page()
    wide = []
    for path in SCREENS:
        page.goto(f"{site.address}{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    context.close()
    assert wide == []


def test_on_paper_there_are_no_bars(page, site, deal):
    go(page, site, "/d/pebblebox/check")
    page.emulate_media(media="print")
    for bar in (".top", ".foot", "#strip"):
        assert not page.locator(bar).is_visible()
    assert page.locator("h1").is_visible()
