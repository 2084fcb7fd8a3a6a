"""The rounds of a deal: what is sent, what comes back, what can't be, and the way back."""

import hashlib

import pytest

from ccclauses.deals.rounds.rounds import Refused, open_rounds, record_returned, record_sent, take_back

DAY = "2026-05-04"


def sent(folder, data=b"ours"):
    return record_sent(folder, data, name="annex.docx", day=DAY, beside={"yaml": b"p: 1\n"})


def returned(folder, data=b"theirs"):
    return record_returned(folder, data, name="Back (2).docx", day=DAY)


def test_papers_go_to_and_fro(tmp_path):
    folder = tmp_path / "rounds"
    assert (open_rounds(folder).turn, open_rounds(folder).last) == ("ours", None)
    sent(folder)
    assert open_rounds(folder).turn == "theirs"
    returned(folder)
    sent(folder, b"answer")
    found = open_rounds(folder)
    assert [(r.number, bool(r.sent), bool(r.returned)) for r in found.all] == [(1, True, True), (2, True, False)]
    assert found.path(1, "returned").read_bytes() == b"theirs" and found.source(1).read_bytes() == b"p: 1\n"
    assert found.stages[1].sha256 == hashlib.sha256(b"theirs").hexdigest()


def test_what_can_not_be_added_changes_nothing(tmp_path):
    folder = tmp_path / "rounds"
    with pytest.raises(Refused, match="Nothing was sent yet"):
        returned(folder)
    sent(folder)
    with pytest.raises(Refused, match="nothing came back yet"):
        sent(folder, b"again")
    with pytest.raises(Refused, match="the file that you sent in round 1"):
        returned(folder, b"ours")
    returned(folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(Refused, match="has their file already"):
        returned(folder, b"another")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_the_last_step_is_taken_back_and_its_file_set_aside(tmp_path):
    folder = tmp_path / "rounds"
    sent(folder)
    returned(folder)
    assert take_back(folder).side == "returned"
    assert open_rounds(folder).turn == "theirs"
    assert [p.read_bytes() for p in (folder / "set-aside").iterdir()] == [b"theirs"]
    returned(folder)
    assert open_rounds(folder).last.returned


def test_an_index_that_can_not_be_read_stays_as_it_is(tmp_path):
    folder = tmp_path / "rounds"
    sent(folder)
    (folder / "rounds.json").write_text("{")
    with pytest.raises(Refused, match="can't be read"):
        returned(folder)
    assert (folder / "rounds.json").read_text() == "{" and take_back(folder) is None
