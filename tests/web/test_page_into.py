"""An agreement on the page: its places, the seams, the file; nothing is kept between the three."""

import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "into"))

from agreements import CLAUSES, Agreement, p, schedule  # noqa: E402
from .test_page import client, fields, library  # noqa: E402, F401

from ccclauses.ooxml.package import read_package  # noqa: E402
from ccclauses.read.docx import read_docx  # noqa: E402

BODY = CLAUSES + schedule("Fees") + p("Rates.") + schedule("Security") + p("[To come]") + schedule("Exit") + p("End.")


def posted(client, path, body=BODY, **more):  # noqa: F811
    data = fields()
    data["agreement"] = (io.BytesIO(Agreement(body=body).file()), "master.docx")
    for name, value in more.items():
        data[f"into.{name}"] = value
    return client.post(path, data=data, content_type="multipart/form-data")


def test_the_places_of_an_agreement_are_listed_with_the_numbers_that_word_counts(client):  # noqa: F811
    page = posted(client, "/agreement").get_data(as_text=True)
    assert 'value="Schedule 2 Security"' in page and "the end of the agreement" in page


def test_the_seams_are_shown_with_what_was_altered_and_what_both_say_otherwise(client):  # noqa: F811
    page = posted(client, "/into", at="Schedule 2 Security", instead="yes").get_data(as_text=True)
    assert "Schedule 2 Security" in page and "Schedule 3 Exit" in page
    assert "Altered in the agreement" in page and "does not name the Client" in page


def test_the_agreement_is_downloaded_with_the_annex_in_it(client):  # noqa: F811
    answer = posted(client, "/download/into", at="Schedule 2 Security", instead="yes")
    assert "master-with-annex.docx" in answer.headers["Content-Disposition"]
    lines = [x.text for x in read_docx(read_package(answer.data)).paragraphs()]
    assert lines[-1] == "End." and "[To come]" not in lines and len(lines) > 100


@pytest.mark.parametrize("path", ["/agreement", "/into", "/download/into"])
def test_what_can_not_be_put_in_is_a_message(client, path):  # noqa: F811
    data = fields()
    data["agreement"] = (io.BytesIO(b"PK\x03\x04 not a zip"), "x.docx")
    data["into.at"] = "end"
    answer = client.post(path, data=data, content_type="multipart/form-data")
    assert answer.status_code == (409 if path.startswith("/download") else 200)
    assert "damaged" in answer.get_data(as_text=True)
    assert client.post(path, data=fields()).status_code in (200, 409)
