"""Negotiate, sign, after and the supplier's own paper without a script: links and forms alone, and what is refused."""

import html
import re
from datetime import datetime
from io import BytesIO

import pytest
from deals.negotiating import DAY, later_notice, returned, sent_deal

from ccclauses.deals.edit import save_one
from ccclauses.deals.rounds.negotiation import Desk, add_returned
from ccclauses.web.app import create_app

HOST = "127.0.0.1:9999"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("deals")
    app = create_app(root, hosts=[HOST], now=lambda: datetime(2026, 8, 10, 12).astimezone())
    app.extensions["desk"] = Desk()
    deal = sent_deal(root)
    yield app, deal
    app.extensions["desk"].close()


class Lawyer:
    """Follows links and sends forms as a browser without scripts does."""

    def __init__(self, app, deal):
        self.client, self.app, self.base = app.test_client(), app, f"/d/{deal.slug}"

    def get(self, path):
        answer = self.client.get(self.base + path, base_url=f"http://{HOST}")
        return answer.status_code, html.unescape(answer.get_data(as_text=True))

    def post(self, path, **fields):
        fields.setdefault("token", self.app.extensions["token"])
        for name, value in fields.items():
            if isinstance(value, bytes):
                fields[name] = (BytesIO(value), "Back.docx")
        kind = "multipart/form-data" if any(isinstance(v, tuple) for v in fields.values()) else None
        return self.client.post(self.base + path, data=fields, base_url=f"http://{HOST}", content_type=kind)


def ready(lawyer, path):
    """The page once the paper is read; until then it says that it is being read."""
    for _ in range(400):
        code, page = lawyer.get(path)
        if "comparing every word" not in page:
            return code, page
        lawyer.get("/round/1/ready")
    raise AssertionError("the paper was never read")


def test_a_round_is_answered_by_links_and_forms_alone(site):
    lawyer = Lawyer(*site)
    assert "Evergood Support sends it back" in lawyer.get("/negotiate")[1]
    assert lawyer.get("/round/1")[0] == lawyer.get("/round/7")[0] == 404
    assert lawyer.post("/returned", returned=b"nothing").status_code == 422
    answer = lawyer.post("/returned", returned=returned(later_notice))
    assert answer.status_code == 303 and answer.location.endswith("/round/1")
    code, page = ready(lawyer, "/round/1")
    assert code == 200 and "1 change, 1 not tracked" in page and "Below limit" in page
    key = re.search(r'data-key="([0-9a-f]+)"', page)[1]
    assert lawyer.post("/round/1/decide", open=key, do="hold", token="wrong").status_code == 403
    assert lawyer.post("/round/1/decide", open="0" * 12, do="hold").status_code == 404
    refused = lawyer.post("/round/1/decide", open=key, do="accept", reason="Agreed")
    assert refused.status_code == 422 and "they will not read it" in refused.get_data(as_text=True)
    assert "Agreed</textarea>" in refused.get_data(as_text=True)  # what was typed is still there
    _, page = lawyer.get(f"/round/1?open={key}&do=counter")
    assert 'name="text"' in page and "They will read this" in page and "Only us" in page
    judged = lawyer.post("/round/1/judge", open=key, text="Whatever the Provider likes.")
    assert "Our ladder does not know these words" in judged.get_data(as_text=True)
    assert lawyer.post("/round/1/decide", open=key, do="hold", show="all").status_code == 303
    assert "Held: our text is put back." in lawyer.get("/round/1?show=all")[1]
    assert lawyer.post("/round/1/undo").status_code == 303
    assert "Held" not in lawyer.get("/round/1?show=all")[1]
    lawyer.post("/round/1/decide", open=key, do="hold")
    assert lawyer.post("/round/1/sent").status_code == 422  # nothing is written yet
    assert lawyer.get("/round/1/answer.docx")[0] == 409
    assert lawyer.post("/round/1/answer").status_code == 303
    assert "Read back: it says what you decided" in lawyer.get("/round/1/answer")[1]
    share = lawyer.get("/round/1/points?share=yes")[1]
    assert "GBP" not in share and "rung" not in share and "limit" not in share.split("<main")[1].split("<article")[1]
    assert lawyer.post("/round/1/sent").status_code == 303
    assert lawyer.post("/round/1/decide", open=key, do="hold").status_code == 422  # it has gone out
    assert (
        "96 hours" in lawyer.get("/history")[1] and "The answer to this round has gone out" in lawyer.get("/round/1")[1]
    )


@pytest.mark.parametrize("path", ["/negotiate", "/sign", "/after", "/paper", "/history"])
def test_every_screen_opens_whatever_stands_in_the_folder(site, path, tmp_path):
    app, _ = site
    deal = sent_deal(tmp_path / "other")
    (deal.folder / "rounds" / "rounds.json").write_text("[")
    (deal.folder / "ledger.csv").write_text("event,failure,when\n1,late_notice,x\n")
    (deal.folder / "signed").mkdir()
    (deal.folder / "signed" / "agreed.json").write_text("{}")
    other = create_app(tmp_path / "other", hosts=[HOST])
    other.extensions["desk"] = app.extensions["desk"]
    code, page = Lawyer(other, deal).get(path)
    assert code == 200 and "Traceback" not in page and "can't be read" in page or path in ("/paper",)


def test_a_link_in_the_place_of_a_paper_is_not_followed(site, tmp_path):
    app, _ = site
    deal = sent_deal(tmp_path / "other")
    (tmp_path / "secret.docx").write_bytes(returned(later_notice))
    (deal.folder / "rounds" / "set-aside").symlink_to(tmp_path)
    (deal.folder / "paper").symlink_to(tmp_path)
    other = create_app(tmp_path / "other", hosts=[HOST])
    other.extensions["desk"] = app.extensions["desk"]
    code, page = Lawyer(other, deal).get("/paper")
    assert code == 409 and "links are not followed" in page


def test_a_change_after_sending_is_told_where_the_answer_is_written_as_it_is_not_in_it(site):
    app, first = site
    deal = sent_deal(first.root)
    lawyer = Lawyer(app, deal)
    add_returned(deal, "Back.docx", returned(later_notice), DAY, app.extensions["desk"])
    assert "since you sent" not in ready(lawyer, "/round/1/answer")[1]
    save_one(deal, "charges.monthly", "GBP 18,900.00")
    page = lawyer.get("/round/1/answer")[1]
    assert "1 change of your own since you sent: Monthly price" in page and "send a fresh annex" in page


def test_a_change_while_they_have_our_paper_is_told_on_check_and_negotiate_and_nothing_is_agreed(site):
    app, first = site
    deal = sent_deal(first.root)
    lawyer = Lawyer(app, deal)
    page = lawyer.get("/sign")[1]
    assert "What was agreed" not in page and "Nothing is agreed yet" in page
    assert "since you sent" not in lawyer.get("/check")[1] + lawyer.get("/negotiate")[1]
    save_one(deal, "charges.monthly", "GBP 18,900.00")
    for path in ("/check", "/negotiate"):
        page = lawyer.get(path)[1]
        assert "1 change since you sent: Monthly price. The paper that Evergood Support has does not hold it" in page
        assert "Send a fresh annex" in page and "Can go out as a draft now" not in page
