"""What a spreadsheet shows is what is read, or it is told at its cell: formulas, errors, currencies, lines."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder
from ccclauses.load.spreadsheet.cell_formats import shown_currency
from ccclauses.load.spreadsheet.table import read_table

NAME, COUNTRY, NOTICE = "parties.provider.name", "parties.provider.country", "settings.breach_notice"
CHARGES = "charges.monthly"


@pytest.fixture
def base(tmp_path):
    """A profile that names no supplier."""
    text = (examples_folder() / "startup-full.yaml").read_text("utf-8")
    path = tmp_path / "base.yaml"
    path.write_text("currency: GBP\n" + text.replace("    name: Evergood Support Limited\n", ""), encoding="utf-8")
    return path


def check(path: Path, base: Path, *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["batch", str(path), "--profile", str(base), "--check", *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def workbook(path: Path, *rows, cells=None, parts=None) -> Path:
    """A workbook of one sheet; `cells` are changed after, and `parts` change the texts of its parts."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, (value, number_format) in (cells or {}).items():
        book.active[place] = value
        book.active[place].number_format = number_format
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            for before, after in (parts or {}).get(entry, ()):
                assert before in text, text
                text = text.replace(before, after)
            new.writestr(entry, text)
    return path


SHEET = "xl/worksheets/sheet1.xml"
FORMULA = '=1+23&" hours"'


class TestFormulas:
    def test_a_formula_without_a_result_is_told_at_its_cell_and_the_others_go_on(self, tmp_path, base):
        path = workbook(tmp_path / "v.xlsx", [NAME, NOTICE], ["North", FORMULA], ["South", "30 hours"])
        code, out, err = check(path, base)
        assert code == 1 and "1 right, 1 wrong" in out and err.count("error") == 1
        assert f"{path}:2:2: error:" in err and "the cell holds a formula without a result" in err
        assert "open the file in the spreadsheet program and save it, or write the value" in err

    @pytest.mark.parametrize(
        "attributes, result, told",
        [
            (b' t="str"', b"<v>24 hours</v>", False),
            (b' t="str"', b"<v></v>", False),  # an empty text is what the formula gives
            (b"", b"<v></v>", True),
            (b"", b"", True),
            (
                b"",
                b"<v>0</v>",
                True,
            ),  # a program that can't calculate wrote it: the file asks for all to be calculated
        ],
    )
    def test_what_counts_as_a_result(self, tmp_path, attributes, result, told):
        changes = [
            (b'<c r="B2"', b'<c r="B2"' + attributes),
            (b"<v></v>", result),
        ]
        path = workbook(tmp_path / "v.xlsx", [NAME, NOTICE], ["North", FORMULA], ["South", "x"], parts={SHEET: changes})
        problems = read_table(path)[1]
        assert [p.rule for p in problems] == (["no-result"] if told else [])

    def test_nought_is_a_result_of_a_program_that_reckons(self, tmp_path):
        changes = {SHEET: [(b"<v></v>", b"<v>0</v>")], "xl/workbook.xml": [(b'fullCalcOnLoad="1"', b"")]}
        path = workbook(tmp_path / "v.xlsx", [NAME, NOTICE], ["North", "=1-1"], parts=changes)
        found, problems = read_table(path)
        assert problems == [] and found.rows[0].cells == ("North", "0")


@pytest.mark.parametrize(
    "value",
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#NV", "#BEZUG!", "Err:502", "########"),
)
class TestErrors:
    def test_in_a_workbook(self, tmp_path, base, value):
        path = workbook(
            tmp_path / "v.xlsx", [NAME, NOTICE], [value, "30 hours"], ["South", value], ["West", "30 hours"]
        )
        code, out, err = check(path, base)
        assert code == 1 and "1 right, 2 wrong" in out and err.count("error: ") == 2
        assert f"{path}:2:1: error:" in err and f"{path}:3:2: error:" in err and f"the error `{value}`" in err

    def test_in_csv(self, tmp_path, base, value):
        path = tmp_path / "v.csv"
        path.write_text(f"{NAME},{NOTICE}\n{value},30 hours\nSouth,{value}\n", encoding="utf-8")
        code, out, err = check(path, base)
        assert code == 1 and "0 right, 2 wrong" in out and err.count(f"the error `{value}`") == 2


def test_a_name_may_begin_with_the_sign_of_an_error(tmp_path, base):
    path = tmp_path / "v.csv"
    path.write_text(f"{NAME}\n#1 Calls Ltd\n", encoding="utf-8")
    assert check(path, base)[0] == 0


class TestCurrencies:
    @pytest.mark.parametrize(
        "number_format, sign, codes",
        [
            ('#,##0.00 "€"', "€", "EUR"),
            ("[$€-407] #,##0.00", "€", "EUR"),
            ("[$€-de-DE] #,##0.00", "€", "EUR"),
            (r"#,##0.00\ €", "€", "EUR"),
            ("[$USD] #,##0.00", "USD", "USD"),
            ("[$CHF-807] #,##0.00", "CHF", "CHF"),
            ('"CHF" #,##0.00', "CHF", "CHF"),
            ("£#,##0.00", "£", "GBP"),
            ("[$£-809]#,##0", "£", "GBP"),
            ("[$$-409]#,##0", "$", "USD"),
            ("[$$-en-AU]#,##0", "$", "AUD"),
            ('_("$"* #,##0.00_);_("$"* (#,##0.00)', "$", "USD"),
            ('#,##0.00 "zł"', "zł", "PLN"),
            ('#,##0.00\\ "kr."', "kr.", "DKK"),
            ("[$R$-416] #,##0.00", "R$", "BRL"),
            ('[Red]-#,##0.00 "Kč"', "Kč", "CZK"),
        ],
    )
    def test_a_format_that_names_one(self, number_format, sign, codes):
        shown = shown_currency(number_format)
        assert shown and shown.sign == sign and codes in shown.codes

    @pytest.mark.parametrize(
        "number_format",
        [
            "General",
            "0.00%",
            '0 "hours"',
            "yyyy-mm-dd",
            "[$-409]d-mmm-yy",
            r"_-* #,##0.00\ _€_-;-* #,##0.00\ _€_-",  # as wide as with the sign, and without it
            "[Red]0.0",
            "#,##0_);(#,##0)",
        ],
    )
    def test_a_format_that_names_none(self, number_format):
        assert shown_currency(number_format) is None

    @pytest.mark.parametrize("number_format", ('#,##0.00 "€"', "[$USD] #,##0.00", "[$$-409]#,##0.00"))
    def test_another_currency_than_the_contracts_is_told_at_the_cell(self, tmp_path, base, number_format):
        path = workbook(tmp_path / "v.xlsx", [NAME, CHARGES], ["North"], cells={"B2": (14500.5, number_format)})
        code, out, err = check(path, base)
        assert code == 1 and f"{path}:2:2: error:" in err and "and the contract is in GBP" in err

    @pytest.mark.parametrize("number_format", ("[$£-809]#,##0.00", '"GBP" 0.00', "#,##0.00", "0.00"))
    def test_the_contracts_own_is_fine(self, tmp_path, base, number_format):
        path = workbook(tmp_path / "v.xlsx", [NAME, CHARGES], ["North"], cells={"B2": (14500.5, number_format)})
        assert check(path, base)[::2] == (0, "")

    def test_a_sum_under_no_title_is_told_as_that(self, tmp_path, base):
        path = workbook(tmp_path / "v.xlsx", [NAME], ["North"], cells={"C2": (14500.5, '#,##0.00 "€"')})
        code, _, err = check(path, base)
        assert code == 1 and f"{path}:2:3: error: row 2, column C: the cell has no title above it" in err

    def test_the_currency_of_the_row_is_the_contracts(self, tmp_path, base):
        cells = {"C2": (14500.5, '#,##0.00 "€"')}
        path = workbook(tmp_path / "v.xlsx", [NAME, "currency", CHARGES], ["North", "EUR"], cells=cells)
        assert check(path, base)[::2] == (0, "")


class TestLines:
    @pytest.mark.parametrize("end", ("\n", "\r\n", "\r"))
    def test_a_line_ends_where_spreadsheets_end_it(self, tmp_path, end):
        path = tmp_path / "v.csv"
        path.write_bytes(f"a,b{end}1,2{end}3,4{end}".encode())
        assert [(r.number, r.cells) for r in read_table(path)[0].rows] == [(2, ("1", "2")), (3, ("3", "4"))]

    @pytest.mark.parametrize("sign", ("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"))
    def test_other_signs_do_not_end_it_and_are_told_at_their_cell(self, tmp_path, base, sign):
        path = tmp_path / "v.csv"
        path.write_text(f"{NAME},{NOTICE}\nNorth{sign}GmbH,30 hours\nSouth,30 hours\n", encoding="utf-8", newline="")
        assert [r.number for r in read_table(path)[0].rows] == [2, 3]
        code, out, err = check(path, base)
        assert code == 1 and "1 right, 1 wrong" in out
        assert f"{path}:2:1: error:" in err and f"U+{ord(sign):04X}" in err
