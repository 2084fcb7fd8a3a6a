"""A deal is a folder of plain files: conflicts, undo, comments, names that lead elsewhere, folders that vanish, ends in between."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from ccclauses.common.resources import examples_folder
from ccclauses.deals import folder as folder_module
from ccclauses.deals.edit import Change, Conflict, Refused, Saved, save, save_one
from ccclauses.deals.folder import Deal, DealError, Deals, slug_of
from ccclauses.deals.notes import note, read_notes
from ccclauses.deals.state import shown, title_of
from ccclauses.deals.versions import next_redo, redo, restore, undo, versions

SHORT = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")


@pytest.fixture
def deals(tmp_path):
    return Deals(tmp_path / "Deals")


@pytest.fixture
def deal(deals):
    return deals.new("Pebblebox – Evergood", SHORT)


def test_a_deal_is_made_listed_and_opened(deals, deal):
    assert deal.slug == "pebblebox-evergood" and deals.all() == (deal,) and deals.open(deal.slug) == deal
    assert deals.new("Pebblebox – Evergood", SHORT).slug == "pebblebox-evergood-2"
    assert title_of(deal, shown(deal)) == "Pebblebox Bikes – Evergood Support"
    assert len(shown(deal).annex.clauses) > 5


@pytest.mark.parametrize(
    "name", ["..", ".", "", "a/b", "a\\b", "/etc", "con", "x\0y", ".git", "a" * 200, "a\nb", "é/..", "x. "]
)
def test_a_name_never_leads_out_of_the_folder(deals, deal, name):
    assert deals.open(name) is None
    with pytest.raises(DealError):
        deal.path("rounds", name)
    with pytest.raises(DealError):
        deal.write(b"x", name)


@pytest.mark.parametrize("name", ["Ärzte & Söhne GmbH", "CON", "...", "../../x", "😀"])
def test_any_name_gives_a_folder_in_the_root(deals, name):
    made = deals.new(name, SHORT)
    assert made.folder.parent == deals.root and deals.open(made.slug) == made and slug_of(name)


def test_links_are_not_followed(deals, deal, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "profile.yaml").write_text(SHORT)
    (deals.root / "linked").symlink_to(outside)
    assert deals.open("linked") is None and [d.slug for d in deals.all()] == [deal.slug]
    shutil.rmtree(deal.folder / "versions")
    (deal.folder / "versions").symlink_to(outside)
    with pytest.raises(DealError, match="link"):
        save_one(deal, "annex.reference", "X-1")
    assert [p.name for p in outside.iterdir()] == ["profile.yaml"] and deal.text() == SHORT
    deal.profile.unlink()
    deal.profile.symlink_to(outside / "profile.yaml")
    assert deals.open(deal.slug) is None
    with pytest.raises(DealError, match="link"):
        deal.text()


def test_a_folder_that_vanishes_is_told_and_not_made_anew(deal):
    shutil.rmtree(deal.folder)
    for act in (lambda: save_one(deal, "law", "DE"), lambda: undo(deal), deal.text, lambda: note(deal, seen=("1",))):
        with pytest.raises(DealError, match="no longer there"):
            act()
    assert not deal.folder.exists()


def test_a_hand_written_comment_survives_ten_edits(deal):
    deal.profile.write_text(SHORT.replace("charges:", "# agreed by phone on Friday\ncharges:"))
    for number in range(10):
        assert isinstance(save_one(deal, "charges.monthly", f"GBP {14_000 + number}.00"), Saved)
        assert isinstance(save_one(deal, "facts.seats", str(20 + number)), Saved)
    text = deal.text()
    assert "# agreed by phone on Friday\ncharges: {monthly: GBP 14009.00}\n" in text
    assert "# the Client's own 72 hours begin when it hears of the breach" in text


def test_two_writers_of_different_values_both_stand_and_of_the_same_value_both_are_shown(deal):
    seen = "24 hours"
    assert isinstance(save_one(deal, "settings.breach_notice", "12 hours", seen), Saved)
    assert save_one(deal, "settings.breach_notice", "48 hours", seen) == Conflict(
        "settings.breach_notice", "12 hours", "48 hours"
    )
    assert isinstance(save_one(deal, "facts.seats", "14", "12"), Saved)
    said = shown(deal)
    assert (said.said("settings.breach_notice"), said.said("facts.seats")) == ("12 hours", "14")
    # What is already there is no conflict, whoever wrote it.
    assert isinstance(save_one(deal, "facts.seats", "14", "12"), Saved)


def test_what_can_t_stand_is_refused_with_its_reason_and_the_rest_is_saved(deal):
    out = save(
        deal,
        [
            Change("settings.breach_notice", "80 hours"),
            Change("facts.seats", "many"),
            Change("parties.client.country", "Narnia"),
            Change("annex.reference", "PB-2"),
        ],
    )
    assert [type(o) for o in out] == [Refused, Refused, Refused, Saved]
    assert "80 hours" in out[0].why and out[0].hint
    assert deal.text() == SHORT.replace("PB-SEC-1", "PB-2")


def test_undo_goes_back_change_by_change_and_forward_again(deal):
    texts = [deal.text()]
    for seats in ("13", "14", "15"):
        save_one(deal, "facts.seats", seats)
        texts.append(deal.text())
    for text in reversed(texts[:-1]):
        assert undo(deal) and deal.text() == text
    assert not undo(deal)
    for text in texts[1:]:
        assert redo(deal) and deal.text() == text
    assert not redo(deal)
    undo(deal)
    save_one(deal, "facts.seats", "16")
    assert next_redo(deal) is None and not redo(deal)
    assert undo(deal) and deal.text() == texts[2]


def test_an_edit_by_hand_is_a_change_like_any_other(deal):
    deal.profile.write_text(SHORT.replace("seats: 12", "seats: 40"))
    save_one(deal, "annex.reference", "X-1")
    assert len(versions(deal)) == 3
    undo(deal)
    assert shown(deal).said("facts.seats") == "40"
    undo(deal)
    assert deal.text() == SHORT
    deal.profile.write_text(SHORT.replace("seats: 12", "seats: 41"))
    undo(deal)
    assert deal.text() == SHORT


def test_a_broken_file_shows_the_last_version_that_can_be_read(deal):
    save_one(deal, "facts.seats", "13")
    good = deal.text()
    deal.profile.write_text("annex: [\n  broken\n")
    found = shown(deal)
    assert found.broken and found.text == good and found.annex and found.since
    with pytest.raises(DealError, match="can't be"):
        save_one(deal, "facts.seats", "14")
    restore(deal, found.last_good)
    assert deal.text() == good and not shown(deal).broken


def test_a_process_that_ends_before_the_rename_leaves_the_old_file(deal, monkeypatch):
    def ends(*_):
        raise KeyboardInterrupt

    before = {p: p.read_bytes() for p in deal.folder.rglob("*") if p.is_file()}
    monkeypatch.setattr("ccclauses.common.files.os.replace", ends)
    with pytest.raises(KeyboardInterrupt):
        save_one(deal, "facts.seats", "13")
    monkeypatch.undo()
    assert {p: p.read_bytes() for p in deal.folder.rglob("*") if p.is_file()} == before
    assert isinstance(save_one(deal, "facts.seats", "13"), Saved)


def test_a_process_that_ends_between_profile_and_version_loses_nothing(deal, monkeypatch):
    write = Deal.write

    def ends_at_the_version(self, data, *parts):
        if parts[0] == "versions":
            raise KeyboardInterrupt
        write(self, data, *parts)

    monkeypatch.setattr(folder_module.Deal, "write", ends_at_the_version)
    with pytest.raises(KeyboardInterrupt):
        save_one(deal, "facts.seats", "13")
    monkeypatch.undo()
    assert shown(deal).said("facts.seats") == "13"
    assert undo(deal) and deal.text() == SHORT


def test_writers_at_once_lose_nothing(deal):
    paths = [f"settings.{n}" for n in ("breach_notice", "breach_report")] + ["annex.reference", "annex.title"]
    values = {paths[0]: "20 hours", paths[1]: "70 hours", paths[2]: "R", paths[3]: "T"}
    threads = [threading.Thread(target=save_one, args=(deal, p, values[p])) for p in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = shown(deal)
    assert {p: said.said(p) for p in paths} == values
    assert len(versions(deal)) == 5 and not [n for n in os.listdir(deal.folder) if n.endswith(".part")]


def test_notes_are_kept_beside_the_profile(deal):
    deal.write(b"# who was asked\nmine: stays\n", "notes.yaml")
    note(deal, unknown={"facts.takes_payments": "Priya, Finance"}, seen=("1", "2"))
    note(deal, unknown={"facts.seats": "nobody yet"})
    found = read_notes(deal)
    assert found.unknown == {"facts.seats": "nobody yet"} and found.seen == ("1", "2")
    assert found.text.startswith("# who was asked\nmine: stays\n")
