"""The annex screen in a real browser: the acceptance of the page that this screen owns, each under its number."""

from __future__ import annotations

import re

import pytest

from ccclauses.deals.state import shown

from .conftest import axe_faults

pytestmark = pytest.mark.browser

BREACH = "#_cc_breach_handling"


def opened(page, served, deal, query=""):
    page.goto(f"{served.address}/d/{deal.slug}/annex{query}")
    page.wait_for_selector("body[data-patches]")


def patched(page, act):
    """Do something, and wait until what came of it is on the screen."""
    count = int(page.get_attribute("body", "data-patches"))
    act()
    page.wait_for_selector(f"body:not([data-patches='{count}'])")


def edit(page, name="breach_notice", part=BREACH):
    patched(page, lambda: page.locator(f"{part} .value[data-parameter={name}]").first.click())


def write(page, text, name="breach_notice"):
    page.fill(f"#value-{name}", text)
    patched(page, lambda: page.press(f"#value-{name}", "Enter"))


def test_a_value_is_changed_where_it_stands_and_the_change_is_listed_with_undo(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal)
    before = page.locator(f"{BREACH} .value[data-parameter=breach_notice]").first.inner_text()
    edit(page)
    assert page.evaluate("document.activeElement.id") == "value-breach_notice"
    write(page, "12 hrs")
    assert page.input_value("#value-breach_notice") == "12 hours"
    assert page.locator(f"{BREACH} .value[data-parameter=breach_notice]").first.inner_text() == "12 hours"
    assert "12.2" in page.inner_text("#changed") and "key terms" in page.inner_text("#changed")
    assert page.locator(".part .bar").count() >= 2
    assert page.evaluate("document.activeElement.id") == "value-breach_notice"
    page.wait_for_selector(".part .bar", state="detached")
    patched(page, lambda: page.click("#changed button:has-text('Undo')"))
    assert page.locator(f"{BREACH} .value[data-parameter=breach_notice]").first.inner_text() == before
    assert page.is_hidden("#changed")


def test_a_refused_value_keeps_the_text_and_says_why_at_the_field(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal)
    before = page.inner_text(BREACH)
    edit(page)
    write(page, "99 hours")
    told = page.inner_text(".value-form.chosen .wrong")
    assert "99 hours" in told and "72 hours" in told and "still says" in told
    assert page.input_value("#value-breach_notice") == "99 hours"
    assert page.get_attribute("#value-breach_notice", "aria-invalid") == "true"
    assert page.inner_text(BREACH) == before
    assert page.title().startswith("Error:")
    write(page, "20 hours")
    assert page.locator(".wrong").count() == 0 and page.get_attribute("#value-breach_notice", "aria-invalid") is None


def test_a_change_sends_only_the_parts_whose_words_changed(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal)
    edit(page)
    answers = []
    page.on("response", lambda r: answers.append(r) if r.request.method == "GET" and "/annex" in r.url else None)
    page.evaluate("document.querySelectorAll('#text > .part').forEach((p) => { p.mine = true; })")
    write(page, "12 hours")
    sent = re.findall(r'<section class="part [^>]*id="([^"]+)"', answers[-1].text())
    new = page.evaluate("[...document.querySelectorAll('#text > .part')].filter((p) => !p.mine).map((p) => p.id)")
    assert sorted(sent) == sorted(new) == ["_cc_breach_handling", "key-terms"]


def test_the_field_in_use_is_never_swapped(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal)
    edit(page)
    page.evaluate("document.activeElement.mine = true")
    write(page, "12 hours")
    assert page.evaluate("document.activeElement.mine && document.activeElement.id") == "value-breach_notice"
    page.fill("#value-breach_notice", "13 ho")  # half typed, while another field of the panel is saved
    patched(page, lambda: page.evaluate("document.getElementById('value-breach_report').form.requestSubmit()"))
    assert page.input_value("#value-breach_notice") == "13 ho"


def test_acceptance_14_breach_handling_to_strict_moves_no_scroll_and_lists_the_changes(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal, "?at=_cc_breach_handling&tab=ladder")
    page.locator(BREACH).scroll_into_view_if_needed()
    before = page.evaluate("scrollY"), page.locator(BREACH).bounding_box()["y"]
    assert before[0] > 1000
    page.click(".rung[data-posture=strict] button")
    page.wait_for_selector(".rung[data-posture=strict].chosen")
    assert (page.evaluate("scrollY"), page.locator(BREACH).bounding_box()["y"]) == before
    assert "12.2" in page.inner_text("#changed")
    assert page.locator(f"{BREACH} .value[data-parameter=breach_notice]").first.inner_text() == "4 hours"
    assert shown(deal).said("postures.breach_handling") == "strict"


def test_acceptance_15_the_ladder_shows_this_deals_values_and_marks_no_unchanged_paragraph(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal)
    edit(page)
    write(page, "60 hours")
    patched(page, lambda: page.click("#tab-ladder"))
    own = page.inner_text(".rung.chosen")
    assert "60 hours" in own and "instead of 24 hours" in own
    assert "£" in page.inner_text(".rung.chosen .money >> nth=0")
    texts = page.evaluate(
        """() => [...document.querySelectorAll('.clause[data-clause="breach-handling"] .rung')].map((r) => [...r.querySelectorAll('.rung-line')].map((p) => {
          const one = (drop) => { const c = p.cloneNode(true); c.querySelectorAll(drop).forEach((e) => e.remove()); return c.textContent.trim(); };
          return {marked: !!p.querySelector('ins, del'), before: one('ins'), after: one('del')};
        }))"""
    )
    assert not any(line["marked"] for line in texts[0])
    for above, here in zip(texts, texts[1:]):
        now = {line["after"] for line in above if line["after"]}
        for line in here:
            assert line["marked"] == (line["after"] not in now), line
    assert any(line["marked"] for line in texts[-1]) and not all(line["marked"] for line in texts[-1])


def test_acceptance_16_leaving_a_clause_out_first_names_lost_references(open_tab, served):
    deal = served.new("deal", example="startup-full")
    page = open_tab()
    opened(page, served, deal, "?at=_cc_penalties")
    patched(page, lambda: page.click(".leave-out"))
    assert page.evaluate("document.activeElement.id") == "leave-title"
    told = page.inner_text(".falls")
    assert re.search(r"\d references? to it, in \d+\.", told) and "£" in told
    assert not shown(deal).said("exclude.penalties")  # nothing happens before the reason is said
    patched(page, lambda: page.click("text=Leave it out"))
    assert "Say why" in page.inner_text(".leave .error") and not shown(deal).said("exclude.penalties")
    page.fill("#reason", "they pay damages instead")
    patched(page, lambda: page.click("text=Leave it out"))
    assert shown(deal).said("exclude.penalties") == "they pay damages instead"
    assert page.locator("#_cc_penalties").count() == 0 and "Credits is gone" in page.inner_text("#changed")
    page.click("#contents summary")
    patched(page, lambda: page.click("#contents button:has-text('Put it back')"))
    assert page.locator("#_cc_penalties").count() == 1


def test_acceptance_16_requirements_of_laws_that_fall_are_named(served):
    from ccclauses.api.leaving import leave_out

    found = shown(served.new("deal", example="retail-uk"))
    fallen = leave_out(found.profile, found.library, "pen-testing")
    assert any(framework.startswith("PCI DSS") for framework, _, _ in fallen.answers)


def test_acceptance_24_the_annex_by_keyboard_alone(open_tab, served):
    deal, page = served.new("deal"), open_tab()
    opened(page, served, deal)
    parts = page.locator("#text > .part:has(h3)").count()
    stops = page.evaluate(
        """() => [...document.querySelectorAll('#text a, #text button, #text input, #contents a, #contents summary')]
          .filter((e) => e.tabIndex >= 0 && e.offsetParent).length"""
    )
    assert stops <= 2 * page.locator("#text > .part").count() + 2 and parts > 10
    head = page.locator(f"{BREACH} .head a")
    head.focus()
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.part').id") == BREACH[1:]
    patched(page, lambda: page.keyboard.press("Enter"))
    assert page.evaluate("document.activeElement.id") == "panel-title"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "value-breach_notice":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("30 hours")
    patched(page, lambda: page.keyboard.press("Enter"))
    assert "30 hours" in page.inner_text(BREACH)
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement.closest('.part').id") == BREACH[1:]


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_acceptance_24_axe_finds_nothing_on_the_annex(open_tab, served, scheme):
    deal, page = served.new("deal"), open_tab(color_scheme=scheme, bypass_csp=True)
    opened(page, served, deal)
    assert axe_faults(page) == []
    edit(page)
    write(page, "99 hours")
    assert axe_faults(page) == []
    for tab in ("why", "ladder", "laws", "us"):
        patched(page, lambda: page.click(f"#tab-{tab}"))
        assert axe_faults(page) == [], tab


@pytest.mark.parametrize("example", ("startup-baseline", "startup-full"))
def test_acceptance_25_at_390_px_one_clause_a_page_and_nothing_scrolls_sideways(open_tab, served, example):
    deal, page = served.new("deal", example=example), open_tab(390, 800)
    opened(page, served, deal)
    shown_parts = "[...document.querySelectorAll('#text > .part')].filter((p) => p.offsetParent).length"
    count = page.locator("#text > .part").count()
    for number in range(count):
        assert page.evaluate(shown_parts) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.inner_text(".part.here .head")
        assert (page.get_attribute("#next", "aria-disabled") == "true") == (number == count - 1)
        page.click("#next", force=True)
    page.click("#to-contents")
    page.click(f"#contents a[href='{BREACH}']")
    assert page.evaluate(shown_parts) == 1 and page.is_visible(BREACH)
    edit(page)
    box = page.locator("#panel").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#close-panel")
    assert page.is_hidden("#panel") and page.is_visible(BREACH)


@pytest.mark.parametrize("width", (1400, 390))
@pytest.mark.parametrize("path", ("/clauses?q=late+notice", "/clauses/breach-handling?deal=deal", "/clauses/penalties"))
def test_acceptance_24_and_25_on_the_clauses(open_tab, served, path, width):
    served.new("deal")
    page = open_tab(width, 800, bypass_csp=True)
    page.goto(served.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe_faults(page) == []
