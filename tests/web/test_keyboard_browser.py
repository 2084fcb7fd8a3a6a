"""The whole route by keyboard alone: from nothing to a sent draft, an answered file and the last check, never touching a mouse."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from ccclauses.deals.state import shown  # noqa: E402

sys.path.insert(0, str(Path(__file__).parents[1]))

from deals.negotiating import returned  # noqa: E402
from review.edits import delete_paragraph  # noqa: E402

pytestmark = pytest.mark.browser

NAME = """() => { const e = document.activeElement;
  return (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || '').replace(/\\s+/g, ' ').trim(); }"""


class Hands:
    """Ten fingers on a keyboard: what has the focus is read as a screen reader would say it."""

    def __init__(self, page) -> None:
        self.page = page

    def to(self, words: str, most: int = 60) -> None:
        """Tab to what is called so; within a group of radios the arrows are for that."""
        said = []
        for _ in range(most):
            said.append(self.page.evaluate(NAME))
            if said[-1].startswith(words):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"“{words}” can't be reached: {said}")

    def write(self, label: str, text: str) -> None:
        self.to(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, words: str, most: int = 60) -> None:
        """Tab to a link or button and follow it."""
        self.to(words, most)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_acceptance_24_the_whole_route_runs_by_keyboard_alone(open_tab, served, tmp_path):
    page = open_tab()
    page.goto(served.address)
    hands = Hands(page)
    hands.write("Who is the supplier?", "Evergood Support Limited")
    hands.press("New deal")
    for label, text in (
        ("Your company", "Pebblebox Bikes Limited"),
        ("Country of your company", "UK"),
        ("Country of the call centre", "UK"),
    ):
        hands.write(label, text)
    hands.press("Continue")
    hands.write("First day of the service", "1 June 2026")
    hands.write("Length", "12 months")
    hands.write("Monthly price", "14,500")
    hands.press("Continue")
    # A radio that nobody chose takes the focus at its first; the arrows choose.
    hands.write("How many agents", "12")
    hands.to("Yes")
    page.keyboard.press("ArrowRight")
    hands.press("Continue")
    (deal,) = served.deals.all()
    assert shown(deal).said("facts.takes_payments") == "no"
    hands.press("Send")
    hands.press("Make the file")
    hands.press("I have sent it")
    assert "It is their turn" in page.inner_text("main")
    # Their file comes back: choosing a file is the system's own window, which no page can open by itself.
    sent = deal.folder / "rounds" / "01-sent.docx"
    (tmp_path / "back.docx").write_bytes(returned(delete_paragraph, data=sent.read_bytes()))
    hands.press("Add a file that came back")
    hands.to("The file that came back")
    page.set_input_files("#returned", tmp_path / "back.docx")
    hands.press("Compare it")
    page.wait_for_selector("#table .row.current")
    for _ in range(40):
        if page.evaluate("document.activeElement.classList.contains('row')"):
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("h")
    page.wait_for_selector("#did")
    hands.press("Write the answer")
    hands.press("Write the answer")
    page.wait_for_selector("#written")
    hands.press("I have sent it")
    assert (deal.folder / "rounds" / "02-sent.docx").is_file()
    hands.press("Sign")
    assert "/sign" in page.url
