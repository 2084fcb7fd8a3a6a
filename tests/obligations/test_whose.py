"""A client's own calendar holds its duties and what is to be delivered to it, and not what the provider does at home."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from ccclauses.cli.obligations import obligations
from ccclauses.common.resources import examples_folder


@pytest.fixture(scope="module")
def deal(tmp_path_factory):
    path = tmp_path_factory.mktemp("deal") / "deal.yaml"
    shutil.copy(examples_folder() / "retail-uk.yaml", path)
    return path


def lines(deal, *options):
    result = CliRunner().invoke(obligations, [str(deal), *options])
    assert result.exit_code == 0, result.output
    return [line for line in result.stdout.splitlines() if line[:2] == "20"]


def events(deal, name, *options):
    path = deal.parent / name
    result = CliRunner().invoke(obligations, [str(deal), "-o", str(path), *options])
    assert result.exit_code == 0, result.output
    return path.read_text("utf-8").replace("\r\n ", "")


def test_each_date_is_of_one_party_and_of_one_kind(deal):
    everything = lines(deal)
    parties = [lines(deal, "--whose", party) for party in ("client", "provider")]
    kinds = [lines(deal, "--kind", kind) for kind in ("delivery", "act")]
    assert sorted(sum(parties, [])) == sorted(sum(kinds, [])) == sorted(everything)
    assert all(parties) and all(kinds)
    assert all(" client " in line for line in parties[0])
    assert any("send the report" in line for line in kinds[0]) and any("test " in line for line in kinds[1])


def test_a_calendar_file_holds_what_a_client_keeps_by_default(deal):
    text = events(deal, "client.ics")
    assert "send the report" in text and "supply the notices" in text and "scan Provider Systems" not in text
    assert "scan Provider Systems" in events(deal, "both.ics", "--whose", "both")
    assert text.count("BEGIN:VEVENT") < events(deal, "all.ics", "--whose", "both").count("BEGIN:VEVENT") / 2 + 20


def test_another_file_holds_all_by_default(deal):
    assert "scan Provider Systems" in events(deal, "all.csv")
