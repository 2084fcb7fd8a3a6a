"""A question that is saved again as it was served changes nothing in the profile."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.deals.state import shown
from ccclauses.web.app import create_app

FRESH = "parties:\n  client: Northgate Ltd\n  provider: Example Calls Ltd\n"


class Forms(HTMLParser):
    """What a browser would send for the one form that answers a question."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.sent = action, False, []
        self.area = self.select = None
        self.options: list[tuple[str, bool]] = []
        self.seen = 0

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.inside = a.get("method") == "post" and a.get("action", self.action).split("?")[0] == self.action
            self.seen += self.inside
        if not self.inside or "disabled" in a:
            return
        if tag == "input" and a.get("name"):
            kind = a.get("type", "text")
            if kind in ("radio", "checkbox") and "checked" not in a or kind in ("file", "submit"):
                return
            self.sent.append((a["name"], a.get("value", "on" if kind == "checkbox" else "") or ""))
        elif tag == "textarea":
            self.area, self.words = a.get("name"), ""
        elif tag == "select":
            self.select, self.options = a.get("name"), []
        elif tag == "option" and self.select:
            self.options.append((a.get("value") or "", "selected" in a))

    def handle_data(self, data):
        if self.area:
            self.words += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            self.sent.append((self.area, self.words.removeprefix("\n").replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select:
            chosen = [v for v, picked in self.options if picked] or [v for v, _ in self.options[:1]]
            self.sent += [(self.select, v) for v in chosen[-1:]]
            self.select = None


def served_form(client, address: str) -> dict[str, list[str]]:
    forms = Forms(address)
    forms.feed(client.get(address).get_data(as_text=True))
    assert forms.seen == 1
    out: dict[str, list[str]] = {}
    for name, value in forms.sent:
        out.setdefault(name, []).append(value)
    return out


@pytest.mark.parametrize("card", ["", "short/standard", "full/standard", "short/strict"])
@pytest.mark.parametrize("start", ["startup-baseline", "startup-full", "fresh"])
def test_saving_again_what_was_served_changes_nothing(tmp_path, start, card):
    deals = Deals(tmp_path / "Deals")
    client = create_app(deals.root, hosts=["localhost"], examples=examples_folder()).test_client()
    text = FRESH if start == "fresh" else (examples_folder() / f"{start}.yaml").read_text(encoding="utf-8")
    deal = deals.new("calls", text)
    base = "/d/calls/ask"
    if card:
        assert client.post(f"{base}/9", data={**served_form(client, f"{base}/9"), "card": card}).status_code == 303
    for number in range(1, 11):  # the first time, what is proposed is agreed to
        client.post(f"{base}/{number}", data=served_form(client, f"{base}/{number}"))
    before = deal.text()
    if card:
        form, _, posture = card.partition("/")
        assert (shown(deal).said("form"), shown(deal).said("posture")) == (form, posture)
    for number in range(1, 11):
        sent = served_form(client, f"{base}/{number}")
        for _ in range(2):
            client.post(f"{base}/{number}", data=sent)
            assert deal.text() == before, number
