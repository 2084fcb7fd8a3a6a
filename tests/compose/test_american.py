"""An annex in American English is spelled as Americans spell; a client's own words stay as they are."""

from __future__ import annotations

import pytest

from ccclauses.compose.texts.american import american


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("Unauthorised use, authorisations", "Unauthorized use, authorizations"),
        ("organisational roles", "organizational roles"),
        ("The Training Programme and its programmes", "The Training Program and its programs"),
        ("the behaviour in a call centre and two centres", "the behavior in a call center and two centers"),
        ("to analyse; the analyses; to supervise", "to analyze; the analyses; to supervise"),
        ("the Centre for Effective Dispute Resolution (CEDR)", "the Centre for Effective Dispute Resolution (CEDR)"),
        ('[#sanitise] Sanitise it, {{ ref("sanitise") }}.', '[#sanitise] Sanitize it, {{ ref("sanitise") }}.'),
        ("{% if programme %}\na programme\n{% endif %}", "{% if programme %}\na program\n{% endif %}"),
    ],
)
def test_words_are_respelled_and_names_are_not(british, expected):
    assert american(british) == expected
    assert american(expected) == expected
