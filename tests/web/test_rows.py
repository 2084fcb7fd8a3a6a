"""Rows of a question: what stands in a row by itself is no answer, and a row that can't stand yet loses nothing typed."""

from __future__ import annotations

import json

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.deals.rounds.sending import make
from ccclauses.deals.state import shown
from ccclauses.web.app import create_app

START = """parties: {client: {name: Pebblebox, country: GB}, provider: {name: Evergood, country: ZA}}
law: GB-EAW
"""


@pytest.fixture
def deal(tmp_path):
    return Deals(tmp_path / "Deals").new("deal", START)


@pytest.fixture
def ask(deal):
    app = create_app(deal.root, hosts=["localhost"], examples=examples_folder())
    client = app.test_client()

    def post(number, **fields):
        fields = {k.replace("__", "."): v for k, v in fields.items()}
        answer = client.post(f"/d/deal/ask/{number}", data={"token": app.extensions["token"], **fields})
        return answer.status_code, answer.get_data(as_text=True)

    post.get = lambda path: client.get(path).get_data(as_text=True)
    return post


def test_continue_through_the_people_with_nothing_typed_saves_nobody_and_a_draft_is_made(deal, ask):
    page = ask.get("/d/deal/ask/10")
    assert "Client Security Lead" in page and 'name="drop"' not in page  # nothing to remove in a row that is no answer
    row = {f"contacts.{n}.{k}": v for n, (p, r) in enumerate([("client", "Client Security Lead"), ("provider", "Chief Security Officer")])
           for k, v in (("party", p), ("role", r), ("name", ""), ("email", ""))}  # fmt: skip
    assert ask(10, **{"seen:contacts": "[]"}, **row)[0] == 303
    assert not shown(deal).value("contacts")
    assert "Can go out as a draft now" in ask.get("/d/deal/check")
    assert make(deal, "draft").status == "draft"


def test_a_person_without_a_name_waits_as_typed_and_the_annex_stays(deal, ask):
    row = {
        "contacts.0.party": "client",
        "contacts.0.role": "Client Security Lead",
        "contacts.0.email": "priya@pebblebox.example",
    }
    status, page = ask(10, **{"seen:contacts": "[]"}, **row)
    assert status == 422 and "Name is missing. Write it, or empty the row; then the list is saved." in page
    assert "priya@pebblebox.example" in page and not shown(deal).value("contacts")
    assert ask(10, **{"seen:contacts": "[]"}, **row, **{"contacts.0.name": "Priya Shah"})[0] == 303
    (saved,) = shown(deal).value("contacts")
    assert saved["name"] == "Priya Shah" and saved["email"] == "priya@pebblebox.example"


def test_a_site_whose_country_can_t_be_read_waits_and_the_others_are_as_typed(deal, ask):
    row = {"sites.0.name": "Cardiff", "sites.0.country": "UK", "sites.1.name": "Cape", "sites.1.country": "Narnia"}
    status, page = ask(5, **{"seen:sites": "[]"}, **row)
    assert status == 422 and not shown(deal).value("sites")
    assert all(f'value="{typed}"' in page for typed in ("Cardiff", "United Kingdom", "Cape", "Narnia"))
    status, _ = ask(5, **{"seen:sites": "[]"}, **row | {"sites.1.country": "South Africa"})
    assert [s["country"] for s in shown(deal).value("sites")] == ["GB", "ZA"]


def test_a_row_that_is_removed_beside_one_that_waits_is_gone_and_the_other_stays(deal, ask):
    seen = [{"name": "Cardiff", "country": "GB"}]
    ask(5, **{"seen:sites": "[]"}, **{"sites.0.name": "Cardiff", "sites.0.country": "UK"})
    row = {
        "sites.0.name": "Cardiff",
        "sites.0.country": "United Kingdom",
        "sites.1.name": "Cape",
        "sites.1.country": "",
    }
    status, page = ask(5, **{"seen:sites": json.dumps(seen)}, **row, drop="sites.0")
    assert status == 422 and 'value="Cape"' in page and 'value="Cardiff"' not in page
    ask(5, **{"seen:sites": json.dumps(seen)}, **{"sites.1.name": "Cape", "sites.1.country": "ZA"})
    assert [(s["name"], s["country"]) for s in shown(deal).value("sites")] == [("Cape", "ZA")]


def test_who_could_tell_counts_while_something_is_not_known_and_undo_brings_both_back(deal, ask):
    from ccclauses.deals.versions import redo, undo

    ask(3, **{"seen:facts.takes_payments": "", "facts.takes_payments": "yes"})
    ask(
        3,
        **{"seen:facts.takes_payments": "yes", "facts.takes_payments": "unknown", "who:facts.takes_payments": "Priya"},
    )
    assert shown(deal).unknown == {"facts.takes_payments": "Priya"}
    undo(deal)
    assert shown(deal).unknown == {} and shown(deal).said("facts.takes_payments") == "yes"
    redo(deal)
    assert shown(deal).unknown == {"facts.takes_payments": "Priya"}


def test_a_deal_whose_file_can_t_be_made_is_told_so_first(deal, ask):
    deal.profile.write_text(START + "contacts: [{party: client, role: Client Security Lead}]\n")
    page = ask.get("/d/deal/check")
    assert "1 thing to put right before it can go out" in page and "Send as draft" not in page
