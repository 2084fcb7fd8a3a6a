"""Amendments: what the library changed comes in, what the parties agreed stays, and every file says the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from copy import deepcopy

import openpyxl
import pytest
from annex_outline import write_outline
from click.testing import CliRunner
from whole_product import WHOLE_PRODUCT

from ccclauses.amend.effect import readable
from ccclauses.amend.known import read_known
from ccclauses.amend.merging.merge import consolidate
from ccclauses.amend.merging.merged import Merged
from ccclauses.amend.merging.numbers import anchors_of
from ccclauses.amend.merging.same import same_clause
from ccclauses.amend.papers import papers
from ccclauses.amend.writing.document import Terms, write_amendment
from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.findings.amendment import NOT_USED
from ccclauses.ooxml.namespaces import make, w
from ccclauses.ooxml.package.package import read_package, serialize_xml, write_package
from ccclauses.ooxml.revisions import accept_all, reject_all
from ccclauses.pipeline import build_annex
from ccclauses.read.word.docx import read_docx
from ccclauses.sides.library import library_named
from ccclauses.write.data.annex_json import read_json, write_json

from .annexes import (
    ALL,
    BREACH,
    CAPS,
    CARD,
    DAY,
    DEFINED,
    DROPPED,
    FORBIDS,
    FULL,
    GROWN,
    MOVED,
    RECORDS,
    REWORDED,
    SMALL,
    built,
    case,
    changed,
    changed_shipped,
    effect,
    example,
    read_library,
    shipped,
    sign,
    small,
)
from .applied import applied, said

EXAMPLES = ("startup-full", "retail-uk", "insurer-germany") if WHOLE_PRODUCT else ("startup-full",)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The new library with all changes."""
    return changed(tmp_path_factory.mktemp("library") / "new", *ALL, adds=True)


@pytest.fixture(scope="module")
def library(folder):
    return read_library(folder)


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    return sign(tmp_path_factory.mktemp("signed"))


@pytest.fixture(scope="module")
def whole(signed, library):
    """What all changes mean for the annex that was signed as built, with the files."""
    return effect(signed, case(library, small()))


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """What a change of the shipped library means for the examples, with the files."""
    place = tmp_path_factory.mktemp("examples")
    for name in EXAMPLES:
        (place / f"{name}.docx").write_bytes(example(name).data)
        shutil.copy(examples_folder() / f"{name}.yaml", place)
    new = read_library(changed_shipped(place / "library"))
    return {name: effect(place, case(new, shipped()), name) for name in EXAMPLES}


def merged(place, new, old=None) -> Merged:
    (paper,) = papers(place, place / "out")
    known = read_known(paper, old or small(), new, None)
    found, problems = consolidate(known, old or small(), new)
    assert found is not None, problems
    return found


def annex_of(files, name="deal"):
    annex, problems = read_json(files[f"{name}-amended.json"].decode())
    assert annex is not None, problems
    return annex


def clause(annex, id_):
    return next(c for c in annex.clauses if c.id == id_)


def body(data, settle=None):
    """The words of each block of a Word file's body, after its tracked changes are settled."""
    root = read_package(data).xml("word/document.xml")
    if settle:
        settle(root)
    return ["".join(t.text or "" for t in b.iter(w("t"))) for b in root.find(w("body"))]


# ------------------------------------------------------------------------------------- what comes in


def test_a_library_that_did_not_change_changes_nothing(signed):
    found, files = effect(signed, case(small(), small()))
    assert (found.state, found.amended, found.left, found.concerns, files) == ("unaffected", (), (), (), {})


def test_an_annex_that_was_signed_as_built_becomes_the_annex_of_the_new_library(tmp_path, signed):
    new = read_library(changed(tmp_path / "new", REWORDED, GROWN, MOVED, DEFINED))
    profile, _ = load_profile(signed / "deal.yaml", new)
    fresh, _ = build_annex(profile, new)
    found = merged(signed, new).annex
    assert readable(found) == readable(fresh.annex) != readable(built().annex)
    for part in ("obligations", "parameters", "sanctions", "coverage", "credit_rules"):
        assert getattr(found, part) == getattr(fresh.annex, part), part


def test_the_amendment_done_to_the_signed_annex_is_the_consolidated_one(whole):
    found, files = whole
    assert found.problems == ()
    assert applied(built().annex, files["deal-amendment.docx"]) == said(annex_of(files)) != said(built().annex)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_holds_for_the_examples(grown, name):
    found, files = grown[name]
    draft = example(name).annex.status == "draft"
    assert ["marked as a draft" in p for p in found.problems] == [True] * draft and found.left == ()
    assert {a.id for a in found.amended if a.kind == "clause" and a.what != "renumbered"} == {
        "workplace",
        "imitated-voices",
    }
    assert "Client Data" in {a.id for a in found.amended}
    assert applied(example(name).annex, files[f"{name}-amendment.docx"]) == said(annex_of(files, name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_redline_is_consolidated_when_accepted_and_signed_when_rejected(grown, name):
    _, files = grown[name]
    redline = files[f"{name}-redline.docx"]
    assert body(redline, accept_all) == body(files[f"{name}-amended.docx"])
    assert body(redline, reject_all) == body(example(name).data)


def test_no_clause_changes_its_number(whole):
    before, after = built().annex.clauses, annex_of(whole[1]).clauses
    assert [c.number for c in before] == [c.number for c in after[: len(before)]]
    assert [(a.id, b.title) for a, b in zip(before, after) if a.id != b.id] == [("card-data", NOT_USED)]
    assert [c.id for c in after[len(before) :]] == ["imitated-voices"]


def test_a_reference_in_a_clause_that_stays_follows_the_paragraph(tmp_path, signed):
    found = merged(signed, read_library(changed(tmp_path / "new", GROWN)))
    last = [clause(a, "access").blocks[-1].text.replace("\u00a0", " ") for a in (found.signed, found.annex)]
    number = clause(found.annex, "records").number
    assert last == [f"The records under clause {number}.{n} include those of payments." for n in (2, 3)]


def test_calendar_and_calculator_follow(whole):
    annex = annex_of(whole[1])
    duty = next(o for o in annex.obligations if o.id == "imitated-voices#record")
    numbers = {
        b.label: b.full_number
        for c in annex.clauses
        for b in c.blocks
        if getattr(b, "label", "") in ("record", "produce")
    }
    assert (duty.number, duty.check) == (numbers["record"], numbers["produce"])
    assert "card-data" not in {o.clause for o in annex.obligations}
    assert {"late_notice", "late_revocation"} <= set(annex.sanctions)


def test_the_amendment_as_an_outline(signed, library, request):
    found = merged(signed, library)
    terms = Terms(day=DAY, reason="The Example Act applies from 2027.", effective=DAY)
    golden = request.path.parent / "golden/amendment.txt"
    assert write_outline(write_amendment(found.signed, found.annex, terms)) == golden.read_text(encoding="utf-8")


def test_reasons_say_what_the_library_changed(whole):
    reasons = {a.id: a.why for a in whole[0].amended}
    assert reasons["breach"] == ("version 3 → 4",)
    assert reasons["records"][:2] == (
        "version 2 → 3",
        "Report after the end of each period: 5 Business Days → 4 Business Days (the standard posture)",
    )
    assert reasons["card-data"][0].startswith("no longer asked for")
    assert reasons["imitated-voices"] == ("new in the library", "applies because `seats` is 120")
    assert reasons["Security Breach"] == ("the library defines the term anew",)


def test_a_chosen_value_that_a_new_law_forbids_is_told_and_stays(tmp_path, signed):
    found, files = effect(signed, case(read_library(changed(tmp_path / "new", FORBIDS)), small()))
    (concern,) = found.concerns
    assert (concern.parameter, concern.value, concern.kind) == ("leaver_revoke", "4 hours", "unmet")
    assert "Example Act, s 3" in concern.reason
    assert (found.state, found.amended, files) == ("affected", (), {})


def test_a_value_of_the_library_follows_a_new_law(tmp_path, signed):
    found, _ = effect(signed, case(read_library(changed(tmp_path / "new", CAPS)), small()))
    (change,) = (a for a in found.amended if a.kind == "clause")
    assert change.why[0].startswith(
        "Notice of a Security Breach: 4 hours → 3 hours (The new Act wants it (Example Act, s 3)"
    )
    assert not [c for c in found.concerns if c.kind == "unmet"]


def test_a_value_is_a_reason_for_each_clause_that_prints_it_and_moves_the_money(tmp_path, signed):
    cap = (
        "money/credits.yaml",
        "baseline: 10 %, standard: 15 %, strict: 20 %}\n  annual_cap",
        "baseline: 10 %, standard: 18 %, strict: 20 %}\n  annual_cap",
    )
    found, _ = effect(signed, case(read_library(changed(tmp_path / "new", cap)), small()))
    reasons = {a.id: a.why for a in found.amended if a.kind == "clause"}
    assert reasons["credits"] == ("Cap of a month: 15% → 18% (the standard posture)",)
    assert (str(found.before.month), str(found.after.month)) == ("GBP 54,000.00", "GBP 64,800.00")


def test_texts_around_the_clauses_and_headings_follow_too(tmp_path, signed):
    words = ("frame.yaml", "A heading has no", "A heading or a note has no")
    title = ("security/breach.yaml", "title: Breach notice", "title: Notice of a breach")
    found, files = effect(signed, case(read_library(changed(tmp_path / "new", words, title)), small()))
    assert [(a.kind, a.id) for a in found.amended] == [("front", "how-to-read"), ("clause", "breach")]
    paper = " ".join(body(files["deal-amendment.docx"]))
    assert "The text under “How to read this Annex” is replaced by:" in paper and "A heading or a note has no" in paper
    assert (
        "Clause 4 (Breach notice) is replaced by:" in paper
        and clause(annex_of(files), "breach").title == "Notice of a breach"
    )


def test_a_value_outside_its_new_range_and_one_whose_usual_value_moved_are_told(tmp_path, signed):
    narrow = ("security/access.yaml", "range: [0 hours, 72 hours]", "range: [0 hours, 3 hours]")
    usual = (
        "security/access.yaml",
        "baseline: 24 hours\n    standard: 8 hours",
        "baseline: 3 hours\n    standard: 2 hours",
    )
    new = read_library(changed(tmp_path / "new", narrow, usual))
    found, _ = effect(signed, case(new, small()))
    assert [(c.parameter, c.kind) for c in found.concerns] == [
        ("leaver_revoke", "out of range"),
        ("leaver_revoke", "moved"),
    ]


def test_a_dropped_clause_and_its_terms_go_and_a_term_still_used_stays(tmp_path, signed):
    found = merged(
        signed,
        read_library(
            changed(tmp_path / "new", (CARD, "applies_when: takes_payments and", 'applies_when: region == "far" and'))
        ),
    )
    assert (
        clause(found.annex, "not-used-" + str([c.id for c in found.signed.clauses].index("card-data") + 1)).blocks == ()
    )
    assert [d.term for d in found.annex.definitions] == [d.term for d in found.signed.definitions]


@pytest.mark.parametrize("agreed", (False, True))
def test_a_dropped_term_stays_with_the_words_that_use_it_and_so_do_the_terms_in_its_meaning(tmp_path, agreed):
    terms = (
        "definitions.yaml",
        "- term: Services\n",
        "- term: Card Code\n  text: |\n    means digits made with a Card Key.\n"
        "- term: Card Key\n  text: |\n    means a secret of the issuer.\n- term: Services\n",
    )
    used = (CARD, "shall erase a captured one", "shall erase each captured Card Code")
    old = read_library(changed(tmp_path / "old", terms, used))
    words = [("The Provider shall tell nobody else", "The Provider shall tell nobody a Card Code and nobody else")]
    place = sign(tmp_path / "signed", *(words if agreed else []), under=old)
    found = merged(place, read_library(changed(tmp_path / "new", DROPPED)), old)
    before, after = ([d.term for d in a.definitions] for a in (found.signed, found.annex))
    assert {"Card Code", "Card Key"} <= set(before)
    assert after == before if agreed else after == [t for t in before if not t.startswith("Card")]


def test_a_definition_that_only_the_parties_changed_stays_and_is_not_contested(tmp_path, library):
    words = ("means a permission to use a system", "means a licence to use a system")
    found = merged(sign(tmp_path / "signed", words), read_library(changed(tmp_path / "new", REWORDED)))
    assert found.definitions == ()  # the library did not change it
    (own,) = (d for d in found.annex.definitions if d.term == "Access Right")
    assert "licence" in own.inlines[0].text


# ------------------------------------------------------------------------------------- what stays

TOLD = (
    "The Provider shall tell nobody else before the Client agrees.",
    "The Provider shall tell its parent company only.",
)


def test_negotiated_words_stay_to_the_letter_and_are_listed(tmp_path, library):
    found, files = effect(sign(tmp_path / "signed", TOLD), case(library, small()))
    (left,) = found.left
    assert (left.id, left.why) == ("breach", "negotiated")
    assert TOLD[1] in left.signed and "agrees in writing" in left.library
    assert TOLD[1] in body(files["deal-amended.docx"]) and "breach" not in {a.id for a in found.amended}
    after, before = clause(annex_of(files), "breach"), clause(built().annex, "breach")
    assert [(b.text, a.text) for a, b in zip(after.blocks, before.blocks) if a.text != b.text] == [TOLD]
    assert "Breach notice" not in " ".join(body(files["deal-amendment.docx"]))
    assert {"late_notice", "disclosure"} <= set(annex_of(files).sanctions)


def test_a_negotiated_clause_keeps_its_value_when_the_library_moves(tmp_path):
    words = ("within 5 Business Days of its end", "within 5 Business Days of its end, by email")
    found = merged(sign(tmp_path / "signed", words), read_library(changed(tmp_path / "new", MOVED, REWORDED)))
    assert found.negotiated == {"records"}
    assert found.annex.parameters["report_due"].text == "5 Business Days"


def test_a_value_that_only_the_clause_says_otherwise_is_kept_in_the_new_words(tmp_path, library):
    words = ("Security Breach within 4 hours of learning", "Security Breach within 6 hours of learning")
    found, files = effect(sign(tmp_path / "signed", words), case(library, small()))
    assert found.left == () and "breach" in {a.id for a in found.amended}
    assert annex_of(files).parameters["breach_notice"].text == "6 hours"
    assert "The Provider shall notify the Client of each Security Breach within 6 hours of learning of it." in body(
        files["deal-amended.docx"]
    )
    assert files["deal-amended.yaml"].decode() == 'extends: "deal.yaml"\nsettings:\n  breach_notice: "6 hours"\n'


def test_a_clause_to_which_agreed_words_refer_keeps_the_paragraph(tmp_path):
    place = sign(
        tmp_path / "signed", ("protect 99.5% of accounts with a second factor", "protect all accounts with a key")
    )
    # The new wording has no paragraph of the name to which the agreed clause refers.
    renamed = [
        (f, words, others)
        for f, words, others in (
            (RECORDS, "#produce", "#show"),
            ("security/access.yaml", "records#produce", "records#show"),
            ("security/breach.yaml", "records#produce", "records#show"),
            (CARD, "records#produce", "records#show"),
            ("security/open-recording.yaml", "records#produce", "records#show"),
            (RECORDS, '"Art 28(3)(h)": [produce]', '"Art 28(3)(h)": [show]'),
            (RECORDS, "check: produce", "check: show"),
            (RECORDS, "paragraph: produce", "paragraph: show"),
        )
    ]
    found = merged(place, read_library(changed(tmp_path / "new", *renamed)))
    assert found.negotiated == {"access"} and set(found.held) == {"records", "breach", "card-data"}
    assert "_cc_records__produce" in {b.anchor for b in clause(found.annex, "records").blocks if hasattr(b, "anchor")}


def test_a_negotiated_definition_and_row_stay(tmp_path, library):
    place = sign(
        tmp_path / "signed", ("means an event that exposes Client Data", "means an event that shows Client Data")
    )
    found = merged(place, library)
    assert found.definitions == ("Security Breach",)
    assert (
        next(d for d in found.annex.definitions if d.term == "Security Breach")
        .inlines[0]
        .text.endswith("shows Client Data.")
    )


@pytest.mark.parametrize("how", ("added", "taken out"))
def test_a_clause_that_the_parties_added_or_took_out_leaves_the_rest_in_order(tmp_path, library, how):
    place = sign(tmp_path / "signed")
    package = read_package((place / "deal.docx").read_bytes())
    root = package.xml("word/document.xml")
    blocks = list(root.find(w("body")))
    starts = [n for n, b in enumerate(blocks) if b.find(f"{w('bookmarkStart')}[@{w('name')}='_cc_access']") is not None]
    end = next(
        n for n, b in enumerate(blocks) if b.find(f"{w('bookmarkStart')}[@{w('name')}='_cc_breach']") is not None
    )
    if how == "added":
        for block, words in zip(blocks[starts[0] : starts[0] + 2], ("Spring meeting", "The parties meet each spring.")):
            own = deepcopy(block)
            for part in list(own)[1:]:
                own.remove(part)
            own.append(make("r"))
            own[-1].append(make("t"))
            own[-1][0].text = words
            block.addprevious(own) if words == "Spring meeting" else blocks[starts[0]].addprevious(own)
    else:
        for block in blocks[starts[0] : end]:
            block.getparent().remove(block)

    def write():
        (place / "deal.docx").write_bytes(write_package({**package.parts, "word/document.xml": serialize_xml(root)}))

    write()
    (paper,) = papers(place, place / "out")
    numbers = anchors_of(read_known(paper, small(), library, None).signed)
    fields = list(root.iter(w("instrText"), w("t")))
    for field, result in zip(fields, fields[1:]):  # as Word updates them
        target = (field.text or "").split()[1:2] if field.tag == w("instrText") else []
        if target and target[0] in numbers:
            result.text = numbers[target[0]]
    write()
    found, files = effect(place, case(library, small()))
    assert found.problems == () and "deal-redline.docx" in files
    signed_annex = read_known(paper, small(), library, None).signed
    assert applied(signed_annex, files["deal-amendment.docx"]) == said(annex_of(files))
    assert body(files["deal-redline.docx"], reject_all) == body((place / "deal.docx").read_bytes())
    words = [c.title for c in annex_of(files).clauses]
    assert ("Spring meeting" in words, "Leavers and reviews" in words) == (how == "added", how == "added")
    assert [(x.id, x.why) for x in found.left] == ([] if how == "added" else [("access", "taken out")])


# ------------------------------------------------------------------------------------- what is known


def test_without_the_old_library_nothing_is_decided(signed, library):
    found, files = effect(signed, case(library))
    assert (found.state, files) == ("unknown", {}) and any("--from" in line for line in found.went_by)


def test_profile_and_built_annex_stand_for_the_old_library(tmp_path):
    place = sign(tmp_path / "signed", TOLD)
    (place / "deal.json").write_text(write_json(built().annex), encoding="utf-8")
    new = read_library(changed(tmp_path / "new", REWORDED, GROWN, MOVED, DEFINED))
    found, files = effect(place, case(new))
    assert {a.id for a in found.amended if a.kind == "clause" and a.what == "replaced"} == {"records"}
    assert [x.id for x in found.left if x.kind == "clause"] == ["breach"]
    (paper,) = papers(place, place / "out")
    signed_annex = read_known(paper, None, new, None).signed
    assert applied(signed_annex, files["deal-amendment.docx"]) == said(annex_of(files))


def test_a_word_file_alone_tells_no_facts(tmp_path, library):
    found, files = effect(sign(tmp_path / "signed", profile=False), case(library, small()))
    assert {(x.id, x.why) for x in found.left} == {("imitated-voices", "not known")}
    assert {a.id for a in found.amended if a.kind == "clause" and a.what == "replaced"} == {"records", "breach"}
    # Whether the value was the library's own is not known, so it stays.
    assert annex_of(files).parameters["report_due"].text == "5 Business Days"
    assert [c.kind for c in found.concerns if c.parameter == "report_due"] == ["moved"]


@pytest.mark.parametrize("agreed", (False, True))
def test_words_of_several_postures_that_the_library_now_words_apart_stay(tmp_path, agreed):
    """A Word file alone holds no posture, so which of the new words are meant can't be known."""
    folder = changed(tmp_path / "new")
    text = (folder / BREACH).read_text(encoding="utf-8")
    start, end = text.index("  - posture: [strict, standard, baseline]"), text.index("duties:")
    strict, others = (
        ("posture: [strict]", REWORDED[2]),
        ("posture: [standard, baseline]", "before the Client permits it."),
    )
    apart = (
        text[start:end].replace("posture: [strict, standard, baseline]", posture).replace(REWORDED[1], words)
        for posture, words in (strict, others)
    )
    (folder / BREACH).write_text(text[:start] + "".join(apart) + text[end:], encoding="utf-8")
    found = merged(sign(tmp_path / "signed", *([TOLD] if agreed else []), profile=False), read_library(folder))
    assert set(found.undecided) == (set() if agreed else {"breach"}) and found.negotiated == (
        {"breach"} if agreed else set()
    )
    assert same_clause(clause(found.annex, "breach"), clause(found.signed, "breach"))


def test_a_file_whose_law_is_not_known_is_told(tmp_path, library):
    place = sign(tmp_path / "signed", ("the law of England", "the law of Atlantis"), profile=False)
    assert effect(place, case(library))[0].state == "unknown"


def test_a_paragraph_without_a_number_is_replaced_with_its_clause(tmp_path, signed):
    plain = ("security/breach.yaml", "      3. [#prevent]", "\n      Nobody else is told.\n\n      3. [#prevent]")
    old = read_library(changed(tmp_path / "old", plain))
    new = read_library(
        changed(tmp_path / "new", plain, ("security/breach.yaml", "Nobody else is told.", "No one is told."))
    )
    profile, _ = load_profile(signed / "deal.yaml", old)
    (tmp_path / "deal.docx").write_bytes(build_annex(profile, old)[0].data)
    shutil.copy(signed / "deal.yaml", tmp_path)
    _, files = effect(tmp_path, case(new, old))
    assert "Clause 4 (Breach notice) is replaced by:" in body(files["deal-amendment.docx"])


def test_a_profile_that_can_not_be_read_is_passed_over_and_told(tmp_path, library):
    place = sign(tmp_path / "signed", profile=False)
    (place / "deal.yaml").write_text(FULL.replace("posture: standard", "posture: severe"), encoding="utf-8")
    found, _ = effect(place, case(library, small()))
    assert any(line.startswith("deal.yaml was passed over: ") for line in found.went_by)


def test_a_library_other_than_the_one_that_built_it_is_told(tmp_path, library):
    place = sign(tmp_path / "signed")
    old = read_library(changed(tmp_path / "old", (BREACH, "tell nobody else", "tell nobody")))
    found, _ = effect(place, case(library, old))
    assert any("another profile or library" in line for line in found.went_by)
    (place / "deal.json").write_text(write_json(built().annex), encoding="utf-8")
    found, _ = effect(place, case(library, old))
    assert {(x.id, x.why) for x in found.left} == {("breach", "not known")}


def test_clauses_that_a_team_has_not_approved_are_told(tmp_path, library):
    place = sign(tmp_path / "signed")
    (place / "deal.yaml").write_text(FULL.replace("approved_only: no", "approved_only: yes"), encoding="utf-8")
    found, _ = effect(place, case(library, small()))
    assert any("are not approved" in problem for problem in found.problems)


def test_an_amendment_among_the_annexes_is_told_apart(tmp_path, whole, library):
    (tmp_path / "deal-amendment.docx").write_bytes(whole[1]["deal-amendment.docx"])
    found, _ = effect(tmp_path, case(library, small()), "deal-amendment")
    assert found.state == "unreadable" and found.problems[0].startswith("it is an amendment")


def test_data_of_another_file_are_passed_over(tmp_path, library):
    place = sign(tmp_path / "signed", profile=False)
    (place / "deal.json").write_text(write_json(example("startup-full").annex), encoding="utf-8")
    found, _ = effect(place, case(library, small()))
    assert "deal.json was passed over: it is not what the file was built from" in found.went_by


def test_a_row_of_a_batch_is_known_by_its_manifest(tmp_path):
    table, base = tmp_path / "vendors.csv", tmp_path / "base.yaml"
    table.write_text(
        "parties.provider.name,parties.provider.country,settings.breach_notice,file\nNorth Desk Ltd,GB,36 hours,north\n",
        encoding="utf-8",
    )
    shutil.copy(examples_folder() / "startup-full.yaml", base)
    made = tmp_path / "made"
    done = CliRunner().invoke(cli, ["batch", str(table), "--profile", str(base), "--out", str(made)])
    assert done.exit_code == 0, done.output
    (paper,) = papers(made, tmp_path / "out")
    known = read_known(paper, shipped(), shipped(), base)
    assert not known.made and "row 2 of the batch that built it, on base.yaml" in known.went_by
    assert all(same_clause(a, b) for a, b in zip(known.old.clauses, known.signed.clauses, strict=True))
    assert known.old.parameters["breach_notice"].text == "36 hours"


def test_papers_of_a_negotiation_and_outputs_are_no_annexes(tmp_path):
    place = sign(tmp_path / "signed")
    for other in ("rounds", "out"):
        shutil.copytree(place, tmp_path / "signed" / other, ignore=shutil.ignore_patterns("rounds", "out"))
    (place / "rounds/rounds.json").write_text("{}", encoding="utf-8")
    (place / "~$deal.docx").write_bytes(b"x")
    assert [p.name for p in papers(place, place / "out")] == ["deal.docx"]


# ------------------------------------------------------------------------------------- files


def test_what_a_signed_file_has_of_its_own_stays(tmp_path, library):
    """A contents list in a control, direct formatting and a note of somebody's, as other programs and people leave them."""
    place = sign(tmp_path / "signed")
    package = read_package((place / "deal.docx").read_bytes())
    root = package.xml("word/document.xml")
    blocks = root.find(w("body"))
    lines = [b for b in blocks if b.find(w("hyperlink")) is not None]
    control, content = make("sdt"), make("sdtContent")
    blocks.insert(blocks.index(lines[0]), control)
    control.append(content)
    content.extend(lines)
    kept = next(b for b in blocks if "shall send the Client a report" in "".join(b.itertext()))
    kept.find(w("r")).insert(0, make("rPr"))
    kept.find(w("r"))[0].append(make("b"))
    note = make("p")
    note.append(make("r"))
    note[0].append(make("t"))
    note[0][0].text = "Initialled by both."
    blocks.insert(blocks.index(kept) + 1, note)
    (place / "deal.docx").write_bytes(write_package({**package.parts, "word/document.xml": serialize_xml(root)}))
    new = read_library(changed(tmp_path / "new", REWORDED, adds=True))
    found, files = effect(place, case(new, small()))
    assert found.problems == () and "imitated-voices" in {a.id for a in found.amended}
    after = read_package(files["deal-amended.docx"]).xml("word/document.xml")
    assert after.find(f"{w('body')}/{w('sdt')}") is not None
    words = body(files["deal-amended.docx"])
    at = next(n for n, text in enumerate(words) if "shall send the Client a report" in text)
    assert words[at + 1] == "Initialled by both." and after.find(w("body"))[at].find(f".//{w('b')}") is not None
    assert body(files["deal-redline.docx"], reject_all) == body((place / "deal.docx").read_bytes())


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_library_is_named_by_a_revision(tmp_path):
    changed(tmp_path / "library")
    for args in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(tmp_path / "library"), *args], check=True, capture_output=True)
    (tmp_path / "library" / RECORDS).unlink()
    found, problems = library_named([f"{tmp_path / 'library'}@HEAD"])
    assert found is not None and found.fingerprint == small().fingerprint, problems
    found, problems = library_named([f"{tmp_path / 'library'}@none"])
    assert found is None and "git knows no revision `none` here" in problems[0].message


def test_what_goes_out_holds_nothing_internal(whole, folder):
    for end in ("amendment", "amended", "redline"):
        package = read_package(whole[1][f"deal-{end}.docx"])
        text = " ".join(p.decode("utf-8", "replace") for p in package.parts.values()).lower()
        for word in ("posture", "stays at home", str(folder).lower(), "walk away", "seats", "proved", "sooner"):
            assert word not in text, (end, word)


def test_the_same_input_gives_the_same_bytes(whole, signed, library):
    assert effect(signed, case(library, small())) == whole


def test_the_command_tells_all_and_goes_on_past_bad_files(tmp_path, folder):
    place, out = sign(tmp_path / "annexes", TOLD), tmp_path / "out"
    (place / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    (place / "deal.json").write_text("{", encoding="utf-8")
    args = ["amend", place, "--from", SMALL, "--library", folder, "--out", out, "--date", "2026-12-01"]
    args = [str(a) for a in args]
    done = CliRunner().invoke(cli, [*args, "--check"])
    assert done.exit_code == 1 and not out.exists(), done.output
    assert "2 annexes: 1 affected, 1 can't be read; 1 to be amended." in done.output
    done = CliRunner().invoke(cli, [*args, "--format", "json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["annexes"], told["affected"], told["unreadable"]) == (1, 2, 1, 1)
    names = {f"deal-{end}" for end in ("amended.docx", "amended.json", "amendment.docx", "redline.docx")}
    assert {p.name for p in out.iterdir()} == names | {f"summary.{end}" for end in ("docx", "html", "json", "xlsx")}
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == told
    assert openpyxl.load_workbook(out / "summary.xlsx").sheetnames == [
        "Annexes",
        "Changes",
        "Left as signed",
        "Values",
        "Clauses",
    ]
    from docx import Document

    paper = Document(str(out / "summary.docx"))
    assert told["annexes"] and any(p.text.startswith(f"{told['annexes']} annex") for p in paper.paragraphs)
    assert paper.sections[-1].page_width > paper.sections[-1].page_height
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert "Imitated voices" in page and TOLD[1] in page and "<script" not in page
    kept = (out / "deal-redline.docx").read_bytes()
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 2 and "overwrite them with --force" in done.output
    assert (out / "deal-redline.docx").read_bytes() == kept


def test_papers_of_one_name_do_not_overwrite_each_other(tmp_path, folder):
    place, out = sign(tmp_path / "annexes"), tmp_path / "out"
    shutil.copy(place / "deal.docx", place / "deal.dotx")
    args = ["amend", place, "--from", SMALL, "--library", folder, "--out", out, "--force"]
    done = CliRunner().invoke(cli, [str(a) for a in args])
    assert (
        done.exit_code == 2 and "deal-amendment.docx:1:1: error: the file exists and was left as it is" in done.output
    )


def test_a_library_that_can_not_be_read_is_told(tmp_path):
    done = CliRunner().invoke(cli, ["amend", str(tmp_path), "--library", str(tmp_path / "none")])
    assert done.exit_code == 2 and "there is no such folder" in done.output


def test_the_consolidated_file_is_an_annex_like_any_other(whole, library, tmp_path):
    for end in ("docx", "json"):
        (tmp_path / f"signed.{end}").write_bytes(whole[1][f"deal-amended.{end}"])
    (paper,) = papers(tmp_path, tmp_path / "out")
    known = read_known(paper, library, library, None)
    annex = annex_of(whole[1])
    assert readable(known.signed) == readable(annex) and "the annex as data in signed.json" in known.went_by
    document = read_docx(read_package(whole[1]["deal-amended.docx"]))
    assert dict(document.properties)["identifier"] == f"sha256:{annex.fingerprint}"
    found, _ = effect(tmp_path, case(library, library), "signed")
    assert found.state == "unaffected"
