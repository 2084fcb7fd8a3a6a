"""Whose name a row bears: nothing of the base's supplier gets into another's annex, and nothing of the client's gets lost."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.batch.run import MANIFEST
from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.layers import profile_says
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.load.spreadsheet.rows import check_columns, row_differs, row_text

BASE = examples_folder() / "startup-full.yaml"
NAME, COUNTRY = "parties.provider.name", "parties.provider.country"
OF_THE_BASE = ("Evergood", "evergood", "19 Example Street", "Gareth Pugh", "Cardiff")


def batch(tmp_path: Path, titles, *rows, base=BASE, more=()) -> tuple[int, str, str]:
    text = io.StringIO()
    csv.writer(text).writerows([titles, *rows])
    (tmp_path / "v.csv").write_text(text.getvalue(), encoding="utf-8")
    args = ["batch", str(tmp_path / "v.csv"), "--profile", str(base), "--out", str(tmp_path / "out"), "--to", "md"]
    result = CliRunner().invoke(cli, [*args, *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def made(tmp_path: Path, name: str) -> str:
    return (tmp_path / "out" / f"{name}.md").read_text("utf-8")


def differs(tmp_path: Path) -> list[dict[str, str]]:
    return [e["differs"] for e in json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))["annexes"]]


class TestAnotherSupplier:
    def test_nothing_of_the_bases_supplier_stands_in_its_annex(self, tmp_path):
        code, _, err = batch(tmp_path, [NAME, COUNTRY], ["North GmbH", "DE"])
        annex = made(tmp_path, "north-gmbh")
        assert code == 0 and [word for word in OF_THE_BASE if word in annex] == []
        assert "North GmbH" in annex and "security@pebblebox.example" in annex
        assert "Client's ticket system" in annex.replace("’", "'") and "Telephone system of the Provider" not in annex
        told = re.findall("no column gives (.+): the annexes name none", err)
        of_party = [f"`parties.provider.{key}`" for key in ("address", "registration", "signatories")]
        assert told == [*of_party, "`sites`", "contacts of the provider", "systems of the provider"]
        assert err.count("warning") == len(told)

    def test_the_columns_to_add_are_columns(self, tmp_path):
        err = batch(tmp_path, [NAME, COUNTRY], ["North GmbH", "DE"], more=["--check"])[2]
        columns = re.findall("add a column `(.+)`", err)
        assert len(columns) == 6
        lists, problems = check_columns(columns, load_library(library_folder())[0], "v.csv")
        assert not problems and sorted(lists) == sorted(columns)

    def test_what_is_left_out_is_told_once_for_all_rows(self, tmp_path):
        rows = [[f"Supplier {n}", "GB"] for n in range(9)]
        err = batch(tmp_path, [NAME, COUNTRY], *rows, more=["--check"])[2]
        for what in (
            "`parties.provider.address`",
            "`parties.provider.signatories`",
            "`sites`",
            "contacts of the provider",
        ):
            assert err.count(f"no column gives {what}: the annexes name none") == 1
        assert err.count("one-reference") == 1 and "9 rows (rows 2, 3, 4, 5, 6 …) have one `annex.reference`" in err
        assert "add a column `annex.reference`" in err

    def test_a_country_that_no_column_gives_is_an_error_of_each_row_told_once(self, tmp_path):
        code, out, err = batch(tmp_path, [NAME], ["North GmbH"], ["South SA"], ["West Ltd"], more=["--check"])
        assert code == 1 and "0 right, 3 wrong" in out
        assert err.count("`country` is missing in a party; 2 other rows lack it too") == 1
        assert "v.csv:2:1: error: " in err and f"add a column `{COUNTRY}`" in err

    def test_a_base_that_names_no_country_is_not_said_to_have_one(self, tmp_path):
        base = tmp_path / "base.yaml"
        kept = BASE.read_text("utf-8").split("\n")
        at = kept.index("    name: Evergood Support Limited")
        del kept[next(n for n in range(at, len(kept)) if "country:" in kept[n])]
        base.write_text("\n".join(kept), encoding="utf-8")
        for name in ("Evergood Support Limited", "North GmbH"):
            code, _, err = batch(tmp_path, [NAME], [name], base=base, more=["--check"])
            assert code == 1 and err.count(f"add a column `{COUNTRY}`") == 1 and "not taken over\n" not in err

    def test_a_wrong_country_of_the_base_is_not_told_as_missing_in_a_row(self, tmp_path):
        base = tmp_path / "base.yaml"
        base.write_text(BASE.read_text("utf-8").replace("country: GB", "country: XQ"), encoding="utf-8")
        code, _, err = batch(tmp_path, [NAME], ["Evergood Support Limited"], base=base, more=["--check"])
        assert code == 1 and "XQ" in err and "is missing" not in err

    def test_an_empty_country_is_told_at_its_cell(self, tmp_path):
        code, out, err = batch(tmp_path, [NAME, COUNTRY], ["North GmbH", ""], ["South SA", "ES"], more=["--check"])
        assert code == 1 and "1 right, 1 wrong" in out and "v.csv:2:2: error: " in err and "fill the cell" in err

    def test_rows_with_an_empty_cell_are_counted(self, tmp_path):
        titles = [NAME, COUNTRY, "parties.provider.address"]
        err = batch(tmp_path, titles, ["North GmbH", "DE", ""], ["South SA", "ES", "Calle 1"], more=["--check"])[2]
        assert "1 row without `parties.provider.address` (row 2): the annexes name none" in err

    def test_the_bases_own_supplier_in_a_row_keeps_all(self, tmp_path):
        code, _, err = batch(tmp_path, [NAME, "annex.reference"], ["EVERGOOD  Support Limited", "R-1"])
        assert (code, err) == (0, "") and "19 Example Street" in made(tmp_path, "evergood-support-limited-r-1")

    def test_a_base_without_a_supplier_gives_all_that_it_says(self, tmp_path):
        base = tmp_path / "base.yaml"
        text = BASE.read_text("utf-8").replace("    name: Evergood Support Limited\n", "")
        base.write_text(text, encoding="utf-8")
        code, _, err = batch(tmp_path, [NAME], ["North GmbH"], base=base)
        assert (code, err) == (0, "") and "19 Example Street" in made(tmp_path, "north-gmbh")

    def test_a_supplier_of_a_base_of_the_base_is_one_too(self, tmp_path):
        base = tmp_path / "base.yaml"
        base.write_text(f"extends: {BASE}\nposture: standard\n", encoding="utf-8")
        batch(tmp_path, [NAME, COUNTRY], ["North GmbH", "GB"], base=base)
        assert [word for word in OF_THE_BASE if word in made(tmp_path, "north-gmbh")] == []
        # GB stands in the base too, and is not taken from there.
        assert differs(tmp_path) == [{NAME: "North GmbH", COUNTRY: "GB"}]

    @pytest.mark.parametrize(
        "titles, row",
        [
            ([NAME, COUNTRY, "sites.1.name", "sites.1.country"], ["North GmbH", "GB", "Bonn", "DE"]),
            ([NAME, COUNTRY, "contacts.2.role", "contacts.2.name"], ["North GmbH", "GB", "Manager", "A. Nord"]),
            ([NAME, "contacts.1.role", "contacts.1.name"], ["Evergood Support Limited", "Manager", "A. Nord"]),
            ([NAME, COUNTRY, "frameworks"], ["North GmbH", "GB", "uk_gdpr; pci_dss_4_0_1"]),
        ],
    )
    def test_what_differs_gives_the_same_profile_again(self, tmp_path, titles, row):
        library = load_library(library_folder())[0]
        lists, problems = check_columns(titles, library, "v.csv")
        says = profile_says(BASE)
        cells = {title: (text, n) for n, (title, text) in enumerate(zip(titles, row), 1)}
        again = {title: (text, 1) for title, text in row_differs(cells, lists, says)}
        texts = [row_text(c, lists, BASE.name, says).text for c in (cells, again)]
        one, other = (load_profile_text(text, str(BASE.with_name("x")), library)[0] for text in texts)
        assert problems == [] and (one.provider, one.contacts, one.frameworks) == (
            other.provider,
            other.contacts,
            other.frameworks,
        )
        assert [(s.name, s.country) for s in one.sites] == [(s.name, s.country) for s in other.sites]


class TestLists:
    ROLE, PERSON = "contacts.1.role", "contacts.1.name"

    def test_a_rows_contacts_are_the_suppliers_and_the_clients_stay(self, tmp_path):
        titles = [NAME, self.ROLE, self.PERSON]
        code, _, err = batch(tmp_path, titles, ["Evergood Support Limited", "Manager", "A. Nord"])
        annex = made(tmp_path, "evergood-support-limited")
        assert (code, err) == (0, "") and "security@pebblebox.example" in annex and "A. Nord" in annex
        assert "security@evergood.example" not in annex

    @pytest.mark.parametrize("name", ("North GmbH", "Evergood Support Limited"))
    def test_part_of_a_contact_is_told_by_the_columns_that_are_missing(self, tmp_path, name):
        code, _, err = batch(tmp_path, [NAME, COUNTRY, "contacts.1.phone"], [name, "GB", "1"], more=["--check"])
        assert code == 1 and "`party`" not in err
        assert f"add a column `{self.ROLE}`" in err and f"add a column `{self.PERSON}`" in err
        assert "a row's contacts take the place of the base profile's" in err

    def test_a_contact_of_the_client_in_a_row_is_told(self, tmp_path):
        titles = [NAME, "contacts.1.party", self.ROLE, self.PERSON]
        code, _, err = batch(tmp_path, titles, ["Evergood Support Limited", "client", "Lead", "B. Client"])
        annex = made(tmp_path, "evergood-support-limited")
        assert code == 0 and "security@evergood.example" in annex and "B. Client" in annex
        assert "rows give contacts of the client: the base profile's (Imogen Clarke) are not in them" in err

    def test_another_signatory_of_the_client_is_told(self, tmp_path):
        titles = [NAME, "parties.client.signatories.1.name"]
        err = batch(tmp_path, titles, ["Evergood Support Limited", "B. Client"], more=["--check"])[2]
        assert "rows give signatories of the client: the base profile's (Imogen Clarke)" in err

    def test_sites_of_a_row_take_the_place_of_the_bases(self, tmp_path):
        titles = [NAME, "sites.1.name", "sites.1.country"]
        code, _, err = batch(tmp_path, titles, ["Evergood Support Limited", "Bonn", "DE"])
        annex = made(tmp_path, "evergood-support-limited")
        assert (code, err) == (0, "") and "Bonn" in annex and "Support by phone and chat" not in annex

    def test_systems_of_a_row_take_the_place_of_those_of_the_same_party(self, tmp_path):
        titles = [NAME, COUNTRY, "systems.1.name", "systems.1.keeps"]
        code, _, err = batch(tmp_path, titles, ["North GmbH", "DE", "Dialler, Bonn", "Call logs"])
        annex = made(tmp_path, "north-gmbh").replace("’", "'")
        assert code == 0 and "systems of the provider" not in err
        assert "Dialler, Bonn" in annex and "Client's ticket system" in annex
        assert "Telephone system of the Provider" not in annex

    def test_systems_of_the_client_in_a_row_are_told(self, tmp_path):
        titles = [NAME, "systems.1.party", "systems.1.name"]
        err = batch(tmp_path, titles, ["Evergood Support Limited", "client", "CRM"], more=["--check"])[2]
        assert "rows give systems of the client: the base profile's (Client's ticket system) are not in them" in err

    def test_a_wrong_contact_of_the_base_is_told_at_the_base(self, tmp_path):
        base = tmp_path / "base.yaml"
        base.write_text(BASE.read_text("utf-8").replace("security@pebblebox.example", "nobody"), encoding="utf-8")
        err = batch(tmp_path, [NAME, COUNTRY], ["North GmbH", "GB"], ["South", "GB"], base=base, more=["--check"])[2]
        assert err.count("`nobody` is not an email address") == 1 and f"{base}:1:1: error" in err


def test_an_empty_text_in_quotes_takes_away_what_the_base_says(tmp_path):
    library = load_library(library_folder())[0]
    text = f'extends: {BASE}\nparties: {{provider: {{address: ""}}}}\nposture: ""\n'
    profile, problems = load_profile_text(text, str(tmp_path / "x.yaml"), library)
    assert problems == [] and profile.provider.address == "" and profile.posture == "standard"
    assert profile.provider.name == "Evergood Support Limited"
