"""An agreement's own terms in place of ours: plural, possessive, capitals and articles follow; what is no term stays."""

import pytest

from ccclauses.compose.texts.terms import renaming, terms_read, terms_written

TERMS = {"Provider": "Supplier", "Client": "Authority", "Business Day": "Working Day"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Provider shall tell the Client.", "The Supplier shall tell the Authority."),
        ("the Provider’s Systems and the Provider's staff", "the Supplier’s Systems and the Supplier's staff"),
        ("both Providers and the Providers’ staff", "both Suppliers and the Suppliers’ staff"),
        ("THE PROVIDER", "THE SUPPLIER"),
        ("a Client and A Client", "an Authority and An Authority"),
        ("Client Data of the Client", "Authority Data of the Authority"),
        ("within 5 Business Days", "within 5 Working Days"),
        ("service providers and a provider", "service providers and a provider"),
        ("{{ provider_notice }} for the Provider {% if Client %}", "{{ provider_notice }} for the Supplier {% if Client %}"),
        ("Subprovider, Providership", "Subprovider, Providership"),
    ],
)  # fmt: skip
def test_terms_follow_the_grammar_of_what_they_stand_in_for(text, said):
    (change,) = renaming(TERMS)
    assert change(text) == said


def test_terms_that_change_places_do_not_meet():
    (change,) = renaming({"Provider": "Client", "Client": "Customer"})
    assert change("The Provider and the Client") == "The Client and the Customer"


def test_the_terms_of_a_file_are_read_back():
    assert terms_read(f"sha256:00; {terms_written(TERMS.items())}") == TERMS
    assert not terms_read("sha256:00")
