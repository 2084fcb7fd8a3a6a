"""An annex is a document of its law: its name, its parties, its money and how it is signed."""

import pytest
from full_deals import full_deal

from ccclauses.common.places import in_sentence, place_code
from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.compose.texts.local_money import local_sums, plain_sum
from ccclauses.load.library.library import load_library
from ccclauses.model.profile import Company
from ccclauses.read.parties import company_of
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
PARTY = Company(
    name="Example Stores, Inc.", form="a company", registration="England and Wales, no. 00000418",
    address="1 Example Row, Leeds", represented_by="its director, Eva Braun", country="GB", signatories=(("Eva Braun", "Director"),),
)  # fmt: skip


def built(law, **fields):
    fields.setdefault("provider", Company(name="Provider Ltd", country="IN"))
    resolution, _ = resolve(full_deal(LIBRARY, law=law, language=LIBRARY.laws[law].language, **fields), LIBRARY)
    return compose_annex(resolution)[0]


@pytest.mark.parametrize("law", LIBRARY.laws)
def test_parties_background_and_execution_are_there_under_every_law(law):
    annex = built(law, client=PARTY)
    heads = [b.text for b in annex.preliminaries if b.role == "heading"]
    assert len(heads) == 3 and heads[0] == "Parties"
    parties = [b for b in annex.preliminaries if b.number in ("(1)", "(2)")]
    assert parties[0].text.startswith("Example Stores, Inc.") and "[" not in parties[0].text
    assert "[" in parties[1].text, "what a profile does not give is left blank in brackets"
    found = company_of(parties[0].text, PARTY.name, LIBRARY, LIBRARY.laws[law])
    assert found and found.address == PARTY.address and "00000418" in found.registration
    assert {b.side for b in annex.execution} == {"client", "provider"}
    word = LIBRARY.laws[law].switches["document"]
    assert any(f"this {word}" in p.text for c in annex.clauses for p in c.blocks if hasattr(p, "number"))
    assert word == "Annex" or not any("this Annex " in p.text for p in annex.paragraphs())


def test_a_deed_is_witnessed_where_the_law_has_deeds():
    leads = [b.lead for b in built("GB-EAW", client=PARTY, deed=True).execution]
    assert (
        leads[0]
        == "Executed as a deed by Example Stores, Inc. acting by Eva Braun, Director, in the presence of the witness below"
    )
    assert built("US-NY", client=PARTY, deed=True).execution[0].lead == "Example Stores, Inc."


def test_witnesses_sign_in_india_and_a_place_stands_before_the_signature_in_germany():
    assert [b.lead for b in built("IN").execution][-2:] == ["Witness 1", "Witness 2"]
    assert [name for name, _ in built("DE").execution[0].lines][:2] == ["Place, date", "Signature"]
    assert "Place" not in dict(built("US-NY").execution[0].lines)


@pytest.mark.parametrize(
    "law, currency, text, printed",
    [
        ("GB-EAW", "GBP", "GBP 1,500.00", "£1,500"),
        ("GB-EAW", "EUR", "EUR 1,500.50", "EUR 1,500.50"),
        ("US-NY", "USD", "USD 1,500.00 a day", "$1,500 a day"),
        ("DE", "EUR", "EUR 1,500.00", "EUR 1,500"),
        ("IN", "INR", "INR 150,000.00", "₹ 1,50,000"),
        ("IN", "INR", "INR 18,500,000.00", "₹ 1,85,00,000"),
        ("IN", "USD", "USD 150,000.00", "USD 150,000"),
    ],
)
def test_sums_are_written_as_the_place_writes_them_and_read_back(law, currency, text, printed):
    assert local_sums(text, LIBRARY.laws[law], currency) == printed
    whole = printed.removesuffix(" a day")
    assert plain_sum(whole).replace(".50", "") in (f"{currency} 1500", f"{currency} 150000", f"{currency} 18500000")


def test_places_have_their_article_in_a_sentence_and_are_found_with_it():
    assert [in_sentence(c) for c in ("GB", "NL", "PH", "ES-VC", "IN-MH", "GB-ENG")] == [
        "the United Kingdom", "the Netherlands", "the Philippines", "Comunidad Valenciana, Spain", "Maharashtra, India", "England",
    ]  # fmt: skip
    assert all(place_code(in_sentence(c)) == c for c in ("GB", "NL", "PH", "ES-VC", "IN-MH", "GB-ENG", "DE-HE"))
