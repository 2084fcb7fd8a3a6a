"""What is compared of a document: its headings as they are called, whatever their numbers and pages."""

from __future__ import annotations

import pytest

from ccclauses.review.units import entry_title


@pytest.mark.parametrize(
    "text",
    [
        "Breach handling",
        "4. Breach handling",
        "4.\tBreach handling",
        "4.\tBreach handling\t12",
        "4.\tBreach handling \t 12",
        "Breach handling\t12",
        "4. Breach handling ..... 12",
        "  BREACH  HANDLING ",
    ],
)
def test_an_entry_of_a_contents_list_is_called_like_its_heading(text):
    assert entry_title(text) == "breach handling"


def test_a_number_alone_is_no_title():
    assert entry_title("12") == entry_title("\t") == entry_title("") == ""
