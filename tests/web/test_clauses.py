"""The clauses looked up: ranked, filtered, and one with the figures of a deal."""

from __future__ import annotations

import re

import pytest

from ccclauses.api.ladder import library_ladder
from ccclauses.common.resources import examples_folder
from ccclauses.load.inputs import shipped_library
from ccclauses.web.app import create_app


@pytest.fixture
def app(tmp_path):
    return create_app(tmp_path / "Deals", hosts=["localhost"], examples=examples_folder())


def found(app, query):
    return re.findall(r'href="/clauses/([a-z-]+)', app.test_client().get(f"/clauses?{query}").text)


def test_the_nearest_clause_stands_first(app):
    assert found(app, "q=breach+notice")[0] == "breach-handling"
    assert found(app, "q=card+data")[0] == "payment-data"


def test_filters_take_away_and_an_empty_search_says_what_to_do(app):
    everything = found(app, "")
    assert len(everything) == len(shipped_library().clauses)
    assert 0 < len(found(app, "framework=pci_dss_4_0_1")) < len(everything)
    assert found(app, "subject=erasure") == ["erasure"]
    assert len(found(app, "form=short")) < len(everything) + 1
    assert "Try fewer words" in app.test_client().get("/clauses?q=zeppelin").text


def test_every_clause_has_its_page(app):
    client = app.test_client()
    for id_ in shipped_library().clauses:
        answer = client.get(f"/clauses/{id_}")
        assert answer.status_code == 200 and "Walk away" in answer.text and "None of your deals has it" in answer.text
    assert client.get("/clauses/no-such").status_code == 404


def test_a_clause_shows_the_figures_of_a_deal_and_the_deals_that_have_it(app):
    text = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")
    app.extensions["deals"].new("pebblebox", text + "\nsettings:\n  breach_notice: 31 hours\n")
    page = app.test_client().get("/clauses/breach-handling?deal=pebblebox").text
    assert "31" in page and "£" in page and "/d/pebblebox/annex?at=_cc_breach_handling" in page
    assert "/d/pebblebox/annex?at=_cc_access_control" in app.test_client().get("/clauses/devices").text  # joined there
    assert "31 hours" not in app.test_client().get("/clauses/breach-handling").text


def test_a_rung_of_the_library_marks_only_what_differs_from_the_one_above():
    library = shipped_library()
    for clause in library.clauses.values():
        for law in list(library.laws.values())[:2]:
            steps = library_ladder(clause, library, law, "full")
            for above, here in zip(steps, steps[1:]):
                before = {"".join(w.after for w in words) for _, words in above.lines}
                for number, words in here.lines:
                    after = "".join(w.after for w in words)
                    if after and after in before:
                        assert all(w.kind == "equal" for w in words), (clause.id, here.label, number)
