"""Two forms of one deal compared by subject: what is given up, on a page."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from small_forms import PROFILE, built, read, write_library

from ccclauses.cli.diff import diff
from ccclauses.compare.forms import compare_forms
from ccclauses.report.diff.diff_forms import write_forms_html, write_forms_json, write_forms_markdown, write_forms_text
from ccclauses.write.data.annex_json import write_json

TEXT = """\
deal (full form) → deal (short form)
  full form: about {full} words
  short form: about {short} words

Given up in the short form, by subject
  Records and reports (2 → 1 duties): send a report on the period
  Leavers and reviews (2 → 1 duties): review every Access Right
  Breach notice (2 → 1 duties): keep the Security Breach confidential
  Card data (1 → 0 duties): erase a captured security code

The same duties in both
  Interpretation; Credits and caps

Credits, values and requirements
  3 fewer failures that carry a credit: Missing second factor; Late review; Disclosure to others
  8 fewer stated values: Reporting period; Report after the end of each period; Sample of calls; and 5 more
"""


@pytest.fixture(scope="module")
def annexes(tmp_path_factory):
    library, _ = read(write_library(tmp_path_factory.mktemp("forms") / "library"))
    return tuple(built(library, form=form).annex for form in ("full", "short"))


def test_what_is_given_up_is_told_by_subject(annexes):
    found = compare_forms(*annexes, ("deal", "deal"))
    lengths = {form: f"{pages} pages, {words:,}" for form, pages, words in found.lengths}
    assert write_forms_text(found).startswith(TEXT.format(**lengths))
    assert write_forms_markdown(found).startswith("# deal (full form) → deal (short form)\n\n- full form: about")
    page = write_forms_html(found)
    assert (
        "<h2>Given up in the short form, by subject</h2>" in page
        and "<h1>deal (full form) → deal (short form)</h1>" in page
    )
    assert "<li>Leavers and reviews (2 → 1 duties): review every Access Right</li>" in page
    assert json.loads(write_forms_json(found))["subjects"][0]["clause"] == "interpretation"


def test_the_way_back_is_a_gain(annexes):
    text = write_forms_text(compare_forms(*reversed(annexes), ("short", "full")))
    assert "Gained in the full form, by subject\n  Records and reports (1 → 2 duties): send a report" in text
    assert "Given up" not in text


def test_the_command_compares_annexes_of_two_forms_by_subject(annexes, tmp_path):
    files = [tmp_path / f"{a.form}.json" for a in annexes]
    for file, annex in zip(files, annexes):
        file.write_text(write_json(annex), "utf-8")
    result = CliRunner().invoke(diff, list(map(str, files)))
    assert result.exit_code == 1 and "Given up in the short form, by subject" in result.output
    whole = CliRunner().invoke(diff, [*map(str, files), "--only", "all"])
    assert "Given up" not in whole.output and len(whole.output) > len(result.output)


def test_a_form_that_there_is_not_is_told(tmp_path):
    deal = tmp_path / "deal.yaml"
    deal.write_text(PROFILE.replace("frameworks: [gdpr]\n", ""), "utf-8")
    result = CliRunner().invoke(diff, [str(deal), "--form", "shrt"])
    assert result.exit_code == 2 and "there is no form `shrt`" in result.output
