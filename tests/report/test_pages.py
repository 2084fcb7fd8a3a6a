"""Whatever a client is called, every page has the elements that it has for anyone else, and shows the name as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.deals.folder import Deals
from ccclauses.load.document.edit import edited
from ccclauses.load.library.library import load_library
from ccclauses.report.diff.diff_html import diff_body
from ccclauses.report.review.review_html import review_body
from ccclauses.web.app import create_app
from ccclauses.write.plain.html import write_html

from . import samples

PLAIN, HOSTILE = "Acme", """<b>&"'</b></title></style><script>alert(1)</script>{{ 7 * 7 }}&lt;"""
REPORTS = ("diff", "diff_forms", "review", "redline", "history", "portfolio", "amendments", "assessment")
TEMPLATES = Path(__file__).parents[2] / "ccclauses" / "report" / "templates"


class Page(HTMLParser):
    """The elements of a page with the names of their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag):
        self.elements.append((f"/{tag}",))

    def handle_comment(self, data):
        self.elements.append(("comment", data))

    def handle_data(self, data):
        self.text += data


def test_each_report_is_tried():
    tried = {f"{name}.html" for name in REPORTS} | {"diff_body.html", "review_body.html", "report.html", "parts.html"}
    assert {path.name for path in TEMPLATES.glob("*.html")} == tried
    assert set(samples.pages(PLAIN)) == set(REPORTS)


@pytest.mark.parametrize("report", REPORTS)
def test_a_name_adds_no_element_to_a_report(report):
    plain, hostile = (Page(samples.pages(name)[report]) for name in (PLAIN, HOSTILE))
    assert plain.elements == hostile.elements
    assert plain.text.count(PLAIN) == hostile.text.count(HOSTILE) > 3


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_needs_nothing_else_and_runs_nothing(report):
    page = Page(samples.pages(HOSTILE)[report])
    names = {element[0] for element in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert "default-src &#x27;none&#x27;" in samples.pages(PLAIN)[report]


@pytest.mark.parametrize("report", REPORTS)
def test_a_place_in_a_report_has_a_name_of_its_own(report):
    names = re.findall(r'\bid="([^"]*)"', samples.pages(PLAIN)[report])
    assert len(names) == len(set(names))


def test_each_element_is_closed():
    """Every page is well formed: what is opened is closed in order."""
    for name, markup in samples.pages(HOSTILE).items():
        opened = []
        for tag, *_ in Page(markup).elements:
            if tag.startswith("/"):
                assert opened and opened.pop() == tag[1:], (name, tag)
            elif tag not in ("meta", "br", "input"):
                opened.append(tag)
        assert opened == [], name


def test_a_report_inside_another_page_is_markup():
    """The page of `serve` shows them in its own, and does not escape them again."""
    for body in (diff_body(samples.comparison(HOSTILE)), review_body(samples.review(HOSTILE))):
        assert hasattr(body, "__html__") and "<main>" in body and "<script" not in body


def text_of(name: str, **changed: str) -> str:
    """The profile of an example with companies of that name."""
    text = (examples_folder() / "startup-full.yaml").read_text(encoding="utf-8")
    names = ("annex.title", "annex.reference", "parties.client.name", "parties.provider.name")
    return edited(text, [*((path, f"Annex of {name}") for path in names), *changed.items()])


SCREENS = (*(f"ask/{n}" for n in range(1, 11)), "check", "send", "annex", "sign")


def test_a_name_adds_no_element_to_the_page(tmp_path):
    def answers(name: str) -> dict[str, Page]:
        root = tmp_path / str(len(name))
        Deals(root).new("deal", text_of(name))
        client = create_app(root, hosts=["localhost"], examples=examples_folder()).test_client()
        pages = {"": client.get("/")} | {path: client.get(f"/d/deal/{path}") for path in SCREENS}
        assert {k: a.status_code for k, a in pages.items()} == dict.fromkeys(pages, 200)
        return {path: Page(answer.text) for path, answer in pages.items()}

    # What still has to be filled in is a finding, in a party's name as anywhere: two of them in either name.
    plain, hostile = answers(f"{PLAIN} «Amount» {{{{ 7 * 7 }}}}"), answers(HOSTILE)
    for name, page in hostile.items():
        assert page.elements == plain[name].elements, name
    assert HOSTILE in hostile["annex"].text


def test_a_name_adds_no_element_to_the_annex():
    from ccclauses.compose.annex import compose_annex
    from ccclauses.load.profile.profile import load_profile_text
    from ccclauses.resolve import resolve

    library = load_library(library_folder())[0]

    def page(name: str) -> Page:
        profile, problems = load_profile_text(text_of(name), "profile.yaml", library)
        assert profile, problems
        annex = compose_annex(resolve(profile, library)[0])[0]
        return Page(write_html(annex, provenance={key: f"{name} said so" for key in annex.parameters}))

    plain, hostile = page(PLAIN), page(HOSTILE)
    assert plain.elements == hostile.elements
    assert plain.text.count(PLAIN) == hostile.text.count(HOSTILE) > 3
