"""Sentences end where a lawyer would end them."""

import pytest

from ccclauses.lint.sentences import split_sentences, word_count


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("One. Two.", ["One.", "Two."]),
        ("See Art. 28 and No. 5 of the list. Then stop.", ["See Art. 28 and No. 5 of the list.", "Then stop."]),
        ("It costs GBP 1,500.00. The cap is 8.5%.", ["It costs GBP 1,500.00.", "The cap is 8.5%."]),
        ("Acme Ltd. shall pay. It may appeal.", ["Acme Ltd. shall pay.", "It may appeal."]),
        ("Use e.g. TLS. J. Smith agrees.", ["Use e.g. TLS.", "J. Smith agrees."]),
        ("It says “stop here.” The rest follows.", ["It says “stop here.”", "The rest follows."]),
        ("NIST SP 800-88 Rev. 2 applies.", ["NIST SP 800-88 Rev. 2 applies."]),
        ("1. The first paragraph.", ["1. The first paragraph."]),
        ("They stand in Exhibit D. The rest follows.", ["They stand in Exhibit D.", "The rest follows."]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_words_are_counted_without_signs():
    assert word_count("24 hours – at the latest") == 5
