"""The way of a buyer through the page, without a browser."""

from __future__ import annotations

import re

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.deals.state import shown
from ccclauses.web.app import create_app

SHORT = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")


class Buyer:
    """Opens pages and sends their forms, as a browser does."""

    def __init__(self, root):
        self.app = create_app(root, hosts=["localhost"], examples=examples_folder())
        self.client = self.app.test_client()
        self.deals = Deals(root)

    def get(self, path):
        return self.client.get(path)

    def post(self, path, **fields):
        data = {"token": self.app.extensions["token"]} | fields
        return self.client.post(path, data=data)


@pytest.fixture
def buyer(tmp_path):
    return Buyer(tmp_path / "Deals")


@pytest.fixture
def deal(buyer):
    return buyer.deals.new("pebblebox", SHORT)


def test_a_new_deal_opens_its_first_question(buyer):
    answer = buyer.post("/new", name="Evergood Support Limited")
    assert (answer.status_code, answer.location) == (303, "/d/evergood-support-limited/ask/1")
    page = buyer.get(answer.location).text
    assert "Evergood Support Limited" in page and "Question 1 of 10" in page
    assert "Evergood Support" in buyer.get("/").text


def test_an_empty_name_is_asked_for_in_a_sentence(buyer):
    answer = buyer.post("/new", name="  ")
    assert answer.status_code == 422 and "Write the supplier" in answer.text and not buyer.deals.all()


def test_an_answer_is_saved_and_the_next_question_asked(buyer, deal):
    answer = buyer.post(
        "/d/pebblebox/ask/1",
        **{"parties.client.name": "New plc", "seen:parties.client.name": "Pebblebox Bikes Limited"},
    )
    assert answer.location == "/d/pebblebox/ask/2?changed=2"
    assert shown(deal).said("parties.client.name") == "New plc"


def test_undo_comes_back_to_the_screen_it_was_pressed_on(buyer, deal):
    buyer.post(
        "/d/pebblebox/ask/1",
        **{"parties.client.name": "New plc", "seen:parties.client.name": "Pebblebox Bikes Limited"},
    )
    assert "Undo: Your company" in buyer.get("/d/pebblebox/ask/1").text
    answer = buyer.post("/d/pebblebox/undo", here="/d/pebblebox/ask/1")
    assert answer.location == "/d/pebblebox/ask/1" and deal.text() == SHORT
    assert buyer.post("/d/pebblebox/undo", here="//elsewhere.example/").location == "/"


@pytest.mark.parametrize("path", ["/d/none/ask/1", "/d/../ask/1", "/d/pebblebox/ask/11", "/d/%2e%2e/ask/1", "/nothing"])
def test_what_is_not_there_is_told_on_a_page(buyer, deal, path):
    answer = buyer.get(path)
    assert answer.status_code == 404 and "Your deals" in answer.text


def test_nothing_changes_without_the_token_and_what_was_typed_is_offered_again(buyer, deal):
    answer = buyer.client.post("/d/pebblebox/ask/1", data={"parties.client.name": "<New> plc", "token": "old"})
    assert answer.status_code == 403 and deal.text() == SHORT
    assert "&lt;New&gt; plc" in answer.text and buyer.app.extensions["token"] in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "elsewhere.example"}],
)
def test_another_page_changes_nothing_even_with_the_token(buyer, deal, headers):
    data = {"token": buyer.app.extensions["token"], "parties.client.name": "X"}
    assert buyer.client.post("/d/pebblebox/ask/1", data=data, headers=headers).status_code == 403
    assert deal.text() == SHORT


def test_no_key_or_path_is_a_label(buyer, deal):
    for number in range(1, 11):
        page = buyer.get(f"/d/pebblebox/ask/{number}").text
        page = page.partition("<footer")[0]
        words = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.S)
        assert not re.search(r"\w_\w|\b(facts|settings|parties|processing)\.", words), number


def test_a_first_visit_composes_nothing_and_the_example_s_annex_follows(tmp_path, monkeypatch):
    from ccclauses.web import home

    client = create_app(tmp_path / "Deals", hosts=["localhost"], examples=examples_folder()).test_client()
    with monkeypatch.context() as first:
        first.setattr(home, "of_text", lambda *_: pytest.fail("an annex is composed before the first screen is shown"))
        page = client.get("/").get_data(as_text=True)
    assert "Pebblebox Bikes – Evergood Support" in page and "12 agents, United Kingdom, short form" in page
    assert 'data-later="/example/startup-baseline/beginning"' in page
    assert "Pebblebox Bikes Limited" in client.get("/example/startup-baseline/beginning").get_data(as_text=True)
