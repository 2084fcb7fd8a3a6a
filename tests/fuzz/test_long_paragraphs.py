"""A paragraph as long as a book takes no longer than a book of paragraphs."""

import time

import pytest
from whole_product import sample

from ccclauses.common.limits import limits
from ccclauses.compare.wording import sentences, token_changes
from ccclauses.compose.texts.template import parse_template
from ccclauses.lint.engine import lint_words
from ccclauses.lint.sentences import split_sentences
from ccclauses.model.findings.review import Finding
from ccclauses.review.find.changes import _key

LONG = " ".join(f"The Provider keeps record {n} in the register of year {n % 90} for the Client." for n in range(2_500))


def test_one_word_changed_in_it_is_found_in_seconds():
    after = LONG.replace("record 1200 ", "file 1200 ")
    began = time.process_time()
    changes = token_changes(LONG, after)
    finding = Finding(source="silent", kind="reworded", section="s", before=LONG, after=after, words=changes)
    assert _key(finding) == ("silent", "record", "file")
    assert time.process_time() - began < 5
    assert ("".join(c.before for c in changes), "".join(c.after for c in changes)) == (LONG, after)


def test_it_is_cut_into_sentences_in_a_second():
    began = time.process_time()
    assert len(sentences(LONG)) == 2_500
    assert time.process_time() - began < 1


def test_an_abbreviation_ends_no_sentence_wherever_it_stands():
    assert sentences(f"{'x' * 20} No. 5 and Art. 3 apply. Next.") == [f"{'x' * 20} No. 5 and Art. 3 apply.", " Next."]
    assert sentences("Nr. 5 applies.") == ["Nr. 5 applies."]


@pytest.mark.parametrize(
    "words", sample((LONG, "a. B " * 20_000, "The Provider may and may occur " * 1_500, "10 % " * 20_000), 2)
)
def test_it_is_linted_in_seconds(words):
    began = time.process_time()
    lint_words([("1", words, False)], "long.docx")
    assert time.process_time() - began < 15


@pytest.mark.parametrize("tag", ("{{ a }}", "{{- a -}}", "{# a #} ", "{% if a %}{% endif %}\n"))
def test_a_clause_text_is_read_in_seconds_however_many_tags_it_has(tag):
    began = time.process_time()
    template, _ = parse_template(
        tag * (limits().tags // tag.count("{%") if "{%" in tag else limits().tags), "long.yaml", 1
    )
    _, (problem,) = parse_template(tag * 60_000, "long.yaml", 1)
    assert problem.rule == "template-size"
    assert template and time.process_time() - began < 5


def test_a_sentence_that_nobody_could_read_is_cut_between_words():
    text = f"{'word ' * 3_000}end. Next."
    found = [text[start:end] for start, end in split_sentences(text)]
    assert (
        len(found) == 5
        and "".join(found) == text.replace("end. ", "end.")
        and not any(s.endswith("wor") for s in found)
    )
