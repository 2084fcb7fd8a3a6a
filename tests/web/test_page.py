"""The page without a browser: what it answers, what it refuses, and that a form and a profile are the same thing."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict
from whole_product import takes_long

from ccclauses.cli.common import load_inputs
from ccclauses.load.form import read_fields, write_profile
from ccclauses.load.library import load_library
from ccclauses.load.profile import load_profile, load_profile_text
from ccclauses.ooxml.package import read_package
from ccclauses.read.docx import read_docx
from ccclauses.resources import examples_folder, library_folder
from ccclauses.web.single import create_app
from ccclauses.web.preview import make_preview

EXAMPLES = sorted(examples_folder().glob("*.yaml"))
BASELINE = examples_folder() / "startup-full.yaml"


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


@pytest.fixture(scope="module")
def client(library):
    return create_app(library, hosts=["localhost"], examples=examples_folder()).test_client()


def fields(path: Path = BASELINE, **changed: str) -> MultiDict:
    found, problems = read_fields(path.read_text(encoding="utf-8"), path.name)
    assert not problems
    out = MultiDict(found)
    for name, value in changed.items():
        out[name.replace("__", ".")] = value
    return out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_profile_survives_the_form(path, library):
    own, _ = load_profile(path, library)
    found, _ = read_fields(path.read_text(encoding="utf-8"), path.name)
    again, problems = load_profile_text(write_profile(found, library).text, "profile.yaml", library)
    assert again, problems
    for name in (f.name for f in dataclasses.fields(own)):
        if name in ("settings", "facts"):
            assert {k: v.value for k, v in getattr(own, name).items()} == {
                k: v.value for k, v in getattr(again, name).items()
            }
        elif name in ("sites", "subcontractors", "systems"):
            assert [dataclasses.replace(x, at=None) for x in getattr(own, name)] == [
                dataclasses.replace(x, at=None) for x in getattr(again, name)
            ]
        elif name not in ("file", "places", "fingerprint"):
            assert getattr(own, name) == getattr(again, name), name


def test_the_word_file_is_the_one_that_the_command_writes(client):
    from ccclauses.pipeline import build_annex

    answer = client.post("/download/word", data=fields())
    assert answer.status_code == 200
    built, _ = build_annex(*load_inputs(BASELINE)[:2])
    own, other = (
        ["".join(s.text for s in p.segments) for p in read_docx(read_package(d)).paragraphs()]
        for d in (built.data, answer.data)
    )
    assert own == other


def test_a_file_that_is_no_profile_leaves_the_form_as_it_is(client):
    answer = client.post("/open", data={**fields().to_dict(), "profile": (io.BytesIO(b"\x89PNG\r\n"), "page.png")})
    assert "page.png:1:1: this is a picture, not a text" in answer.text
    assert fields()["parties.provider.name"] in answer.text


def test_frameworks_keep_the_order_of_the_profile(client):
    page = client.post("/example/retail-uk").text
    assert (
        page.index('value="uk_gdpr" checked')
        < page.index('value="pci_dss_4_0_1" checked')
        < page.index('value="gdpr">')
    )


def test_an_annex_that_can_t_be_made_yet_is_refused_in_words_with_a_way_back(client):
    answer = client.post("/download/word", data=fields(law="XX"))
    assert answer.status_code == 409
    assert "Conflict" not in answer.text and "missing or wrong" in answer.text and 'href="/"' in answer.text


def test_problems_stand_beside_their_field(library):
    def told(**changed: str) -> dict[str, str]:
        return {
            p.field: p.message
            for p in make_preview(fields(**changed).items(multi=True), library).problems
            if p.severity == "error"
        }

    assert "999 hours" in told(settings__breach_notice="999 hours")["settings.breach_notice"]
    assert "law" in told(law="GB-EAX")
    assert told(parties__client__name="") == {}  # it is open, and the draft prints a bracket
    assert list(told(annex__date="31 Feb")) == ["annex.date"]


def test_a_ceiling_of_a_framework_is_told_beside_the_value(library):
    data = fields(settings__breach_notice="72 hours")
    data.add("frameworks", "dora")
    told = [p for p in make_preview(data.items(multi=True), library).problems if p.field == "settings.breach_notice"]
    assert any("24 hours" in p.message for p in told), told


def test_the_preview_shows_the_value_and_its_field(client):
    page = client.post("/preview", data=fields(settings__breach_notice="31 hours")).get_data(as_text=True)
    assert 'data-parameter="breach_notice"' in page and ">31 hours<" in page


@takes_long
def test_everything_in_one_zip(client):
    data = fields()
    data["other"] = (io.BytesIO(client.post("/download/word", data=fields()).data), "other.docx")
    answer = client.post("/download/all", data=data, content_type="multipart/form-data")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert {n.rpartition(".")[2] for n in names} >= {"docx", "yaml", "json", "ics", "xlsx"}
    assert any(n.endswith("-redline.docx") for n in names)


@pytest.mark.parametrize("clause", ("breach-handling", "audit", "dispute-resolution"))
def test_a_clause_is_explained(client, clause):
    page = client.post(f"/clause/{clause}", data=fields()).get_data(as_text=True)
    assert page.count("<section") == 3 and "Walk away" in page


def test_an_edited_annex_is_compared_and_its_value_offered(client):
    theirs = client.post("/download/word", data=fields(settings__breach_notice="31 hours")).data
    data = fields()
    data["other"] = (io.BytesIO(theirs), "returned.docx")
    page = client.post("/compare", data=data, content_type="multipart/form-data").get_data(as_text=True)
    assert 'data-set="settings.breach_notice" data-value="31 hours"' in page


@pytest.mark.parametrize(
    ("name", "content", "told"),
    (
        ("x.docx", b"PK\x03\x04 not a zip", "error"),
        ("x.docx", b"", "error"),
        ("x.yaml", b"a: [", "error"),
        ("x.yaml", b"extends: /etc/passwd\n", "can&#39;t be opened here"),
        ("x.json", b"{", "error"),
        ("x.exe", b"MZ", "can be compared"),
        ("../../x.yaml", b"\xff\xfe\x00", "error"),
    ),
)
def test_a_hostile_upload_is_a_message(client, name, content, told):
    data = fields()
    data["other"] = (io.BytesIO(content), name)
    answer = client.post("/compare", data=data, content_type="multipart/form-data")
    assert answer.status_code == 200 and told in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "text",
    ("extends: ../secret.yaml\nlaw: DE\n", "libraries: [/]\n", "template: /etc/x.docx\n", "- a\n", "a: &x [*x]\n"),
)
def test_an_opened_profile_reaches_no_other_file(client, text):
    answer = client.post(
        "/open", data={"profile": (io.BytesIO(text.encode()), "p.yaml")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 200 and 'role="alert"' in answer.get_data(as_text=True)


def test_a_form_can_name_no_file(library):
    for name in ("extends", "libraries", "template"):
        found = make_preview(
            [*fields().items(multi=True), (name, "/etc/passwd"), (f"{name}.x", "/etc/passwd")], library
        )
        assert found.annex and "/etc/passwd" not in found.text


def test_markup_in_a_form_is_text(client):
    page = client.post("/preview", data=fields(parties__client__name="<img src=x onerror=alert(1)> Ltd")).get_data(
        as_text=True
    )
    assert "<img" not in page and "&lt;img" in page


def test_strangers_are_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.post("/preview", headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post("/preview", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/preview", headers={"Origin": "http://localhost"}).status_code == 200


def test_nothing_is_changed_or_told_by_a_get(client):
    for path in ("/preview", "/download/word", "/compare", "/open", "/clause/audit"):
        assert client.get(path).status_code == 405


def test_what_a_browser_may_load(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    page = client.get("/").get_data(as_text=True)
    assert "http://" not in page and "https://" not in page and " style=" not in page and "onclick" not in page


def test_too_large_an_upload_is_refused(client):
    kind = "multipart/form-data; boundary=x"
    head = b'--x\r\nContent-Disposition: form-data; name="annex.title"\r\n\r\n'
    assert client.post("/compare", data=b"x" * (21 << 20), content_type=kind).status_code == 413
    assert (
        client.post("/preview", data=head + b"x" * (3 << 20) + b"\r\n--x--\r\n", content_type=kind).status_code == 413
    )


def test_a_token_is_asked_for(library):
    client = create_app(library, hosts=["localhost"], token="secret").test_client()
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/?token=secret").status_code == 302
    assert client.get("/").status_code == 200
