"""Nothing moves between a press and its release: what is pressed is what is clicked, however slow the program answers."""

from __future__ import annotations

import threading

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from ccclauses.deals.state import shown  # noqa: E402

pytestmark = pytest.mark.browser

FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def press_slowly(page, target, answer: str) -> None:
    """Press the mouse on something, wait until an answer whose address holds `answer` is there, and let go."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with page.expect_response(lambda r: answer in r.url) as come:
        page.mouse.down()
    come.value.finished()
    page.evaluate(FRAMES)
    assert target.bounding_box() == box
    page.mouse.up()


@pytest.mark.parametrize("typed", ["15,000", "1.500", "about 14k, I think, or what was said at the meeting on Friday"])
@pytest.mark.parametrize("height", [900, 500])
def test_a_question_goes_on_though_what_was_typed_is_read_while_the_button_is_down(open_tab, served, typed, height):
    deal, page = served.new("deal"), open_tab(1400, height)
    page.goto(f"{served.address}/d/deal/ask/2")
    page.get_by_label("Monthly price", exact=True).fill(typed)
    with page.expect_navigation():
        press_slowly(page, page.locator(".act button"), "/read")
    # An answer of 422 is told on the console; the page says what is to be done.
    page.wrong = [w for w in page.wrong if "422" not in w]
    assert ("/ask/3" in page.url) == (typed == "15,000")
    assert (shown(deal).said("charges.monthly") == "GBP 15,000.00") == (typed == "15,000")


def test_the_reading_comes_once_the_button_is_let_go_beside_it(open_tab, served):
    served.new("deal")
    page = open_tab()
    page.goto(f"{served.address}/d/deal/ask/2")
    before = page.locator(".act button").bounding_box()
    page.get_by_label("Monthly price", exact=True).fill("15,000")
    heading = page.locator("h1").bounding_box()
    page.mouse.move(heading["x"] + 5, heading["y"] + 5)
    with page.expect_response(lambda r: "/read" in r.url):
        page.mouse.down()
    page.mouse.move(5, 300)
    page.mouse.up()
    page.wait_for_selector("text=We read: GBP 15,000.00")
    assert page.locator(".act button").bounding_box() == before  # a line was kept free for it


def test_a_finger_on_the_button_goes_on(open_tab, served):
    deal, page = served.new("deal"), open_tab(390, 800, has_touch=True)
    page.goto(f"{served.address}/d/deal/ask/2")
    page.get_by_label("Monthly price", exact=True).fill("1.500,00")
    button = page.locator(".act button")
    button.scroll_into_view_if_needed()
    with page.expect_navigation():
        button.tap()
    assert "/ask/3" in page.url and shown(deal).said("charges.monthly") == "GBP 1,500.00"


def test_a_button_of_the_panel_is_pressed_while_a_value_is_saved(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    page.goto(f"{served.address}/d/deal/annex?value=breach_notice")
    page.wait_for_selector("body[data-patches]")
    page.fill("#value-breach_notice", "12 hours")
    press_slowly(page, page.locator("#tab-ladder"), "/annex")
    page.wait_for_selector("#tab-ladder[aria-current]")
    page.wait_for_selector(".rung.chosen:has-text('12 hours')")  # what was saved stands in what was asked for
    assert shown(deal).said("settings.breach_notice") == "12 hours"


def test_a_second_click_sends_nothing_twice(open_tab, served):
    page = open_tab()
    page.goto(served.address)
    page.fill("#name", "Evergood")
    with page.expect_navigation():
        page.locator(".new button").first.dblclick()
    page.wait_for_load_state()
    assert "Question 1" in page.inner_text("main") and len(served.deals.all()) == 1


def test_a_program_that_takes_its_time_has_not_stopped(open_tab, served):
    served.new("deal")
    page = open_tab()
    page.add_init_script("const own = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = () => own(60);")
    free = threading.Event()

    def slow() -> None:
        from flask import request

        if request.path == "/alive":
            free.wait(20)

    served.app.before_request_funcs.setdefault(None, []).append(slow)
    page.goto(f"{served.address}/d/deal/ask/2")
    page.get_by_label("Monthly price", exact=True).fill("15,000")
    with page.expect_navigation():
        page.locator(".act button").click()
    free.set()
    assert "/ask/3" in page.url and page.locator("#gone").is_hidden()
