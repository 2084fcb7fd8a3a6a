"""The annex screen without a browser and without scripts: what is sent, what is saved, and what is refused."""

from __future__ import annotations

import html
import re

import pytest

from ccclauses.api.ladder import ladder
from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.deals.state import of_text, shown
from ccclauses.load.document.edit import edited
from ccclauses.web.annex.annex_parts import changes, parts_of, usual_text
from ccclauses.web.annex.effect import Effect, between
from ccclauses.web.app import create_app

SHORT = edited((examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8"), [("settings", "")])
BREACH = "_cc_breach_handling"


class Desk:
    """Opens the annex of a deal and posts its forms."""

    def __init__(self, root):
        self.app = create_app(root, hosts=["localhost"], examples=examples_folder())
        self.client = self.app.test_client()
        self.deal = Deals(root).new("deal", SHORT)

    def get(self, query="", have=""):
        return self.client.get(f"/d/deal/annex?{query}", headers={"X-Have": have} if have else {})

    def post(self, what, follow=True, **fields):
        data = {"token": self.app.extensions["token"], **fields}
        return self.client.post(f"/d/deal/annex/{what}", data=data, follow_redirects=follow)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "Deals")


def parts(page):
    return dict(re.findall(r'<section class="part [^>]*id="([^"]+)" data-digest="(\w+)"', page))


def digests(page):
    contents = re.search(r'id="contents"[^>]*data-digest="(\w+)"', page)
    return " ".join(f"{i}={d}" for i, d in (*parts(page).items(), ("contents", contents[1])))


def test_a_value_is_saved_by_a_plain_form_and_the_page_says_what_changed(desk):
    answer = desk.post("value", name="breach_notice", value="12 hrs", seen="", at=BREACH)
    assert answer.request.path == "/d/deal/annex"
    assert "Changed:" in answer.text and ">12.2</a>" in answer.text
    assert shown(desk.deal).said("settings.breach_notice") == "12 hours"


def test_only_parts_that_a_browser_does_not_have_are_sent(desk):
    have = digests(desk.get().text)
    assert parts(desk.get(have=have).text) == {}
    desk.post("value", name="breach_notice", value="12 hours", seen="")
    patch = desk.get(have=have).text
    assert set(parts(patch)) == {BREACH, "key-terms"} and "<html" not in patch
    assert set(re.search(r'data-order="([^"]+)"', patch)[1].split()) == set(parts(desk.get().text))


@pytest.mark.parametrize(
    "typed, told",
    (("99 hours", "72 hours"), ("soon", "still says"), ("-3 hours", "still says"), ("12 euros", "still says")),
)
def test_a_value_that_can_t_stand_is_refused_at_its_field_and_nothing_is_saved(desk, typed, told):
    answer = desk.post("value", name="breach_notice", value=typed, seen="", at=BREACH)
    assert answer.status_code == 422 and told in answer.text and f'value="{typed}"' in answer.text
    assert shown(desk.deal).said("settings.breach_notice") == ""
    for key in ("breach_notice`", "settings.", "hours`"):
        assert key not in re.sub(r"<[^>]*>", "", answer.text)


def test_two_tabs_see_each_other(desk):
    desk.post("value", name="breach_notice", value="24 hours", seen="")
    answer = desk.post("value", name="breach_notice", value="12 hours", seen="")
    assert answer.status_code == 422 and "Another tab wrote 24 hours" in answer.text
    desk.post("value", name="breach_notice", value="12 hours", seen="", over="24 hours")
    assert shown(desk.deal).said("settings.breach_notice") == "12 hours"


def test_another_rung_takes_the_place_of_own_values_and_is_undone_as_one(desk):
    desk.post("value", name="breach_notice", value="31 hours", seen="")
    before = desk.deal.text()
    answer = desk.post("rung", clause="breach-handling", posture="strict", at=BREACH, tab="ladder")
    found = shown(desk.deal)
    assert found.said("postures.breach_handling") == "strict" and found.said("settings.breach_notice") == ""
    assert found.annex.parameters["breach_notice"].text.replace("\u00a0", " ") == "4 hours"
    assert "Changed:" in answer.text
    desk.client.post("/d/deal/undo", data={"token": desk.app.extensions["token"], "here": "/d/deal/annex"})
    assert desk.deal.text() == before


def test_what_differs_is_named_and_leads_back_to_the_usual(desk):
    assert 'differs from our usual <span id="count-differs">(0)</span>' in desk.get().text
    desk.post("value", name="breach_notice", value="12 hours", seen="")
    page = desk.get(f"at={BREACH}").text
    assert "(2)</span>" in page and "Back to our usual: 72 hours" in page
    desk.post("value", name="breach_notice", usual="", seen="12 hours")
    assert shown(desk.deal).said("settings.breach_notice") == "" and "(0)</span>" in desk.get().text


def test_the_usual_is_the_house_position_where_the_deal_has_one(tmp_path):
    house = tmp_path / "Deals" / "house.yaml"
    desk = Desk(tmp_path / "Deals")
    house.write_text("posture: standard\nsettings:\n  breach_notice: 20 hours\n", encoding="utf-8")
    desk.deal.profile.write_text("extends: ../house.yaml\n" + SHORT, encoding="utf-8")
    text = usual_text(desk.deal.text(), house.read_text(encoding="utf-8"))
    assert "posture:" not in text and "extends: ../house.yaml" in text
    page = desk.get(f"at={BREACH}").text
    assert "our house position" in page and page.count(">differs</span>") > 5


def test_a_clause_that_others_rest_on_stays(desk):
    page = desk.get(f"at={BREACH}&leave=breach-handling").text
    assert "can’t be left out while these rest on it" in page and 'name="reason"' not in page
    desk.post("leave", clause="breach-handling", reason="too dear")
    assert shown(desk.deal).said("exclude.breach-handling") == ""


def test_names_that_there_are_not_are_refused(desk):
    assert desk.post("value", name="no_such", value="1").status_code == 404
    assert desk.post("rung", clause="no-such", posture="strict").status_code == 404
    assert desk.post("rung", clause="audit", posture="lenient").status_code == 404
    assert desk.post("leave", clause="../x", reason="y").status_code == 404
    assert desk.get("at=no-such&value=no_such&tab=x&show=x&changed=x").status_code == 200
    assert desk.client.post("/d/deal/annex/value", data={"name": "breach_notice", "value": "1 hour"}).status_code == 403


def test_markup_in_a_deal_is_text(desk):
    text = desk.deal.text().replace("Pebblebox Bikes Limited", '"<img src=x> Ltd"')
    desk.deal.profile.write_text(text, encoding="utf-8")
    page = desk.get().text
    assert "<img" not in page and "&lt;img" in page


def test_a_number_that_moved_on_is_no_change(desk):
    before = shown(desk.deal)
    desk.post("leave", clause="training", reason="they are trained by us")
    after = shown(desk.deal)
    told = [c.label for c in changes(before.annex, after.annex)]
    assert "Training is gone" in told and len(told) < len(parts_of(after.annex))


def test_every_rung_of_every_clause_marks_only_what_differs(desk):
    found = shown(desk.deal)
    for clause in [c.id for c in found.annex.clauses][::4]:
        steps = ladder(found.profile, found.library, clause)
        assert [s.label for s in steps if s.chosen]
        for above, here in zip(steps, steps[1:]):
            before = {"".join(w.after for w in words) for _, words in above.lines}
            for number, words in here.lines:
                after = "".join(w.after for w in words)
                if after and after in before:
                    assert all(w.kind == "equal" for w in words), (clause, here.label, number)


@pytest.mark.parametrize("form", ("short", "full"))
@pytest.mark.parametrize("example", ("startup-baseline", "retail-uk"))
def test_every_value_that_the_text_underlines_opens_a_panel_with_its_field(tmp_path, example, form):
    text = (examples_folder() / f"{example}.yaml").read_text(encoding="utf-8")
    app = create_app(tmp_path / "Deals", hosts=["localhost"], examples=examples_folder())
    deal = Deals(tmp_path / "Deals").new("deal", edited(text, [("form", form)]))
    client, page = app.test_client(), app.test_client().get("/d/deal/annex").text
    links = set(re.findall(r'<a class="value"[^>]*? href="([^"]+)" data-parameter="(\w+)"', page))
    assert len(links) > 50
    dead = []
    for href, name in sorted(links):
        answer = client.get(f"/d/deal/annex{html.unescape(href)}")
        if answer.status_code != 200 or f'id="value-{name}"' not in answer.text:
            dead.append(name)
    assert dead == []
    shown_in = set(re.findall(r'<a href="#([^"]+)"', page.split('id="contents"')[1].split("</ol>")[0]))
    assert shown_in == set(parts(page))
    listed = [c for part in parts_of(shown(deal).annex) for c in part.clauses]
    assert sorted(listed) == sorted(c.id for c in shown(deal).annex.clauses)


def test_a_fact_that_is_only_printed_is_told_with_the_place_that_says_it(desk):
    nine, twelve = (of_text(desk.deal, edited(SHORT, [("facts.seats", n)])) for n in ("9", "12"))
    effect = between(nine, twelve)
    assert effect.any and [value for _, value in effect.read] == ["12"] and "key terms" in effect.words
    assert between(nine, nine) == Effect()
