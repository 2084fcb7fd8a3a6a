"""Every forum that a profile can choose yields the elements that its rules need, under every law."""

from __future__ import annotations

import re

import pytest
from full_deals import HERE, faults, full_deal

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.compose.texts.american import american
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Paragraph
from ccclauses.model.diagnostic import errors
from ccclauses.model.profile import Asked
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
# The rules → who administers, whether there is an emergency arbitrator, and what its expedited procedure is called.
INSTITUTIONS = {
    "lcia": ("London Court of International Arbitration (LCIA) administers", True, ""),
    "icc": ("International Chamber of Commerce (ICC) administers", True, "expedited procedure provisions"),
    "icdr": ("(ICDR) of the American Arbitration Association administers", True, "international expedited procedures"),
    "siac": ("Singapore International Arbitration Centre (SIAC) administers", True, "streamlined procedure"),
    "dis": ("German Arbitration Institute (DIS) administers", False, "annex of the rules on expedited proceedings"),
    "uncitral": ("no institution administers it", False, "UNCITRAL Expedited Arbitration Rules"),
}


def paragraphs(law: str = "GB-EAW", **settings: str) -> dict[str, str]:
    """The paragraphs on disputes of a deal with these settings, by the label of each."""
    asked = {key: Asked(value=value, at=HERE) for key, value in settings.items()}
    resolution, problems = resolve(full_deal(LIBRARY, law=law, settings=asked), LIBRARY)
    assert resolution is not None, [str(p) for p in errors(problems)]
    annex, found = compose_annex(resolution)
    assert annex is not None and not errors(found) and list(faults(annex)) == []
    blocks = [b for c in annex.clauses if c.id == "dispute-resolution" for b in c.blocks]
    return {b.label: b.text for b in blocks if isinstance(b, Paragraph) and b.label}


def arbitration(rules: str, **settings: str) -> dict[str, str]:
    """The same for an arbitration under these rules."""
    ad_hoc = {"appointing_authority": "pca"} if rules == "uncitral" else {}
    return paragraphs(**{"forum": "arbitration", "arbitration_rules": rules, **ad_hoc, **settings})


@pytest.mark.parametrize("rules", INSTITUTIONS)
def test_an_arbitration_clause_holds_what_its_rules_need(rules):
    administered, emergency, procedure = INSTITUTIONS[rules]
    found = arbitration(rules, expedited="excluded", arbitrators="three")
    assert administered in found["rules"]
    assert "in force on the day on which the arbitration begins" in found["version"]
    assert re.search(r"seat of the arbitration is London, its language is English, .* is three", found["seat"])
    assert "Each party nominates one arbitrator" in found["appointment"]
    assert "for this arbitration agreement itself, the law of England and Wales" in found["arbitration-law"]
    assert ("emergency arbitrator" in found["interim"]) is emergency
    assert procedure in found.get("expedited", "")
    assert {"joinder", "confidential", "carve-out"} <= found.keys()
    assert "existence, validity" in found["forum"] and "finally settled by arbitration" in found["forum"]


def test_an_ad_hoc_arbitration_names_who_appoints():
    assert "Permanent Court of Arbitration" in arbitration("uncitral")["rules"]


def test_expedited_procedures_are_named_as_their_rules_name_them():
    assert "whatever the sum" in arbitration("icc", expedited="agreed")["expedited"]
    assert "By express agreement" in arbitration("icc", expedited="highly")["expedited"]
    assert "after the notice of the dispute" in arbitration("dis", expedited="by_rules")["expedited"]
    assert "expedited" not in arbitration("lcia", expedited="by_rules")


def test_a_seat_elsewhere_brings_its_own_law():
    found = arbitration("icc", seat="Geneva")
    assert "Geneva" in found["seat"] and "the law of its seat" in found["arbitration-law"]
    assert "6A" not in found["arbitration-law"]


@pytest.mark.parametrize("law", LIBRARY.laws)
def test_each_law_proposes_its_courts_its_institution_and_its_mediation_body(law):
    switches = LIBRARY.laws[law].switches
    courts, tribunal = paragraphs(law, forum="court"), paragraphs(law, forum="arbitration")
    assert courts["forum"].endswith(
        f"exclusive jurisdiction over it, and over urgent relief, lies with {switches['home_courts']}."
    )
    assert INSTITUTIONS[switches["institution"]][0] in tribunal["rules"] and switches["seat"] in tribunal["seat"]
    body = LIBRARY.parameter("mediation_body").choices[switches["mediation"]]
    assert body in courts["expert"] or american(body) in courts["expert"]
    assert "in Paris" not in courts["expert"] or law == "FR"
    assert ("jury" in courts) is (law in ("US-NY", "US-DE")), "California does not enforce a waiver of the jury"


def test_a_profile_may_name_other_courts_and_another_mediation_body():
    found = paragraphs(
        forum="court", courts="the courts of Luxembourg", jurisdiction="non_exclusive", mediation_body="icc"
    )
    assert found["forum"].endswith(
        "non-exclusive jurisdiction over it, and over urgent relief, lies with the courts of Luxembourg."
    )
    assert "International Chamber of Commerce" in found["expert"]
