"""The screen that puts the annex into an agreement: the agreement added, a place chosen, the seams and the report, the file."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.ooxml.package.package import read_package
from ccclauses.read.within import annex_within
from ccclauses.read.word.docx import read_docx
from ccclauses.web.app import create_app

from .conftest import axe_faults

sys.path.insert(0, str(Path(__file__).parents[1] / "into"))

from agreements import CLAUSES, Agreement, p, schedule  # noqa: E402

BODY = CLAUSES + schedule("Fees") + p("Rates.") + schedule("Security") + p("[To come]") + schedule("Exit") + p("End.")


@pytest.fixture
def deal(tmp_path):
    text = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")
    return Deals(tmp_path / "Deals").new("deal", text)


@pytest.fixture
def buyer(deal):
    app = create_app(deal.root, hosts=["localhost"])
    client = app.test_client()

    def post(path, **fields):
        return client.post(path, data={"token": app.extensions["token"], **fields}, content_type="multipart/form-data")

    client.do = post
    yield client
    app.extensions["desk"].close()


def added(buyer, deal, data=None, name="master.docx"):
    data = Agreement(body=BODY).file() if data is None else data
    return buyer.do(f"/d/{deal.slug}/into", agreement=(io.BytesIO(data), name))


def test_an_agreement_is_added_and_the_annex_put_where_it_was_chosen(buyer, deal):
    address = f"/d/{deal.slug}/into"
    assert added(buyer, deal).status_code == 303
    page = buyer.get(address).get_data(as_text=True)
    assert 'value="Schedule 2 Security"' in page and "Download" not in page
    assert buyer.get(f"{address}/agreement").status_code == 404
    assert buyer.do(f"{address}/place", at="Schedule 2 Security", instead="yes").status_code == 303
    page = buyer.get(address).get_data(as_text=True)
    assert "Schedule 3 Exit" in page and "Altered in the agreement" in page and "does not name the Client" in page
    answer = buyer.get(f"{address}/agreement")
    assert "deal-agreement-with-annex.docx" in answer.headers["Content-Disposition"]
    found = read_package(answer.data)
    assert annex_within(found) is not None
    words = [x.text for x in read_docx(found).paragraphs()]
    assert "Rates." in words and "End." in words and "[To come]" not in words
    assert answer.data == buyer.get(f"{address}/agreement").data
    assert deal.read("agreement", "agreement.docx") == Agreement(body=BODY).file()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "", "Choose the agreement first."),
        (b"%PDF-1.7", "master.pdf", "The agreement is a Word file (.docx)."),
        (b"no file of Word", "master.docx", "not a Word file"),
    ],
)
def test_what_is_no_agreement_is_refused_in_a_sentence_and_not_kept(buyer, deal, data, name, said):
    answer = added(buyer, deal, data, name)
    assert answer.status_code == 422 and said in answer.get_data(as_text=True)
    assert not deal.listed("agreement")


def test_an_agreement_that_is_protected_says_so_once_a_place_is_chosen(buyer, deal):
    protected = Agreement(body=BODY, settings='<w:documentProtection w:edit="readOnly" w:enforcement="1"/>').file()
    added(buyer, deal, protected)
    buyer.do(f"/d/{deal.slug}/into/place", at="end")
    page = buyer.get(f"/d/{deal.slug}/into").get_data(as_text=True)
    assert "protected against changes (read only)" in page and "unprotected copy" in page and "Download" not in page


def test_headings_of_the_same_words_are_told_apart_by_what_stands_before_them(buyer, deal):
    body = CLAUSES + "".join(schedule(t) + p("Annex A") + p(f"For {t}.") for t in ("Fees", "Exit"))
    added(buyer, deal, Agreement(body=body).file())
    page = buyer.get(f"/d/{deal.slug}/into").get_data(as_text=True)
    for number, after in ((1, "Schedule 1 Fees"), (2, "Schedule 2 Exit")):
        assert f'value="Annex A #{number}"' in page and f"Annex A ({number} of 2, after “{after}”)" in page


def test_another_agreement_takes_the_place_of_the_first(buyer, deal):
    added(buyer, deal)
    assert buyer.do(f"/d/{deal.slug}/into/another").status_code == 303
    assert not deal.listed("agreement")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 390])
def test_the_agreement_goes_through_the_screen_in_a_browser(open_tab, served, tmp_path, width):
    deal, page = served.new("deal"), open_tab(width, bypass_csp=True)
    (tmp_path / "master.docx").write_bytes(Agreement(body=BODY).file())
    page.goto(f"{served.address}/d/{deal.slug}/annex")
    page.click("text=Put it into an agreement")
    page.set_input_files("#agreement", tmp_path / "master.docx")
    page.click("text=Look at its places")
    page.check("input[name=at][value='Schedule 2 Security']")
    page.check("input[name=instead]")
    assert axe_faults(page) == []
    page.click("text=Put it there")
    page.wait_for_selector("#result")
    assert "Schedule 2 Security" in page.inner_text(".sheet >> nth=0") and "Exit" in page.inner_text(".sheet.ends")
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as download:
        page.click("text=Download the agreement")
    assert annex_within(read_package(download.value.path().read_bytes())) is not None
