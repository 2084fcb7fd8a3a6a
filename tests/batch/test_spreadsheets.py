"""Tables as spreadsheet programs and people make them: each is read, or told in words of a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder
from ccclauses.load.spreadsheet.table import read_table

NAME, NOTICE = "parties.provider.name", "settings.breach_notice"


@pytest.fixture
def base(tmp_path):
    """A profile that names no supplier."""
    text = (examples_folder() / "startup-full.yaml").read_text("utf-8")
    path = tmp_path / "base.yaml"
    path.write_text(text.replace("    name: Evergood Support Limited\n", ""), encoding="utf-8")
    return path


def check(path: Path, base: Path, *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["batch", str(path), "--profile", str(base), "--check", *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def csv_file(tmp_path: Path, text: str | bytes, name: str = "v.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


class TestCharacters:
    @pytest.mark.parametrize("space", "\u00a0\u2009\u202f\u2003\u205f")
    def test_a_space_of_another_width_is_a_space(self, tmp_path, base, space):
        path = csv_file(tmp_path, f"{NAME},{NOTICE}\nNorth{space}GmbH,24{space}hours\n")
        assert read_table(path)[0].rows[0].cells == ("North GmbH", "24 hours")
        assert check(path, base)[::2] == (0, "")

    @pytest.mark.parametrize("sign", "\u200b\ufeff\u2060")
    def test_a_character_of_no_width_is_left_out(self, tmp_path, sign):
        path = csv_file(tmp_path, f"{NAME}{sign}\nNorth GmbH{sign}\n")
        found = read_table(path)[0]
        assert (found.titles, found.rows[0].cells) == ((NAME,), ("North GmbH",))

    def test_another_character_in_a_period_is_named(self, tmp_path, base):
        err = check(csv_file(tmp_path, f"{NAME},{NOTICE}\nNorth,٢٤ hours\n"), base)[2]
        assert "it holds U+0662 (arabic-indic digit two); write plain digits, letters and spaces" in err

    def test_a_line_break_in_a_name_is_told_as_one(self, tmp_path, base):
        code, _, err = check(csv_file(tmp_path, f'{NAME}\n"North\nGmbH"\n'), base)
        assert (
            code == 1 and "the cell holds a line break (Alt+Enter), and must hold one line" in err and ">-" not in err
        )

    def test_a_line_break_in_an_address_is_fine(self, tmp_path, base):
        path = csv_file(tmp_path, f'{NAME},parties.provider.address\nNorth,"1 Street\nTown"\n')
        assert check(path, base)[::2] == (0, "")

    @pytest.mark.parametrize("name", ("株式会社サンプル", "CON", "nul.", "Ω"))
    def test_a_name_that_gives_no_file_name_leads_to_the_column_file(self, tmp_path, base, name):
        code, _, err = check(csv_file(tmp_path, f"{NAME}\n{name}\n"), base)
        assert code == 1 and "can't name files everywhere" in err and "in a column `file`" in err
        assert check(csv_file(tmp_path, f"{NAME},file\n{name},one\n"), base)[0] == 0


class TestEncodings:
    @pytest.mark.parametrize("encoding", ("utf-16", "utf-8", "utf-8-sig"))
    def test_what_excel_calls_unicode_text(self, tmp_path, base, encoding):
        path = csv_file(tmp_path, f"{NAME}\t{NOTICE}\r\nMüller\t24 hours\r\n".encode(encoding), "v.txt")
        assert read_table(path)[0].rows[0].cells == ("Müller", "24 hours")
        assert check(path, base)[0] == 0

    def test_another_encoding_is_told_with_what_to_do_in_excel(self, tmp_path, base):
        path = csv_file(tmp_path, f"{NAME};{NOTICE}\r\nMüller;24 hours\r\n".encode("cp1252"))
        code, _, err = check(path, base)
        assert code == 2 and f"{path}:2:2: error: the file is not written in UTF-8" in err
        assert "in Excel: File > Save as > CSV UTF-8 (Comma delimited)" in err

    def test_half_a_character_is_told(self, tmp_path, base):
        code, _, err = check(csv_file(tmp_path, "a,b\n".encode("utf-16") + b"\0"), base)
        assert code == 2 and "the file is cut off or damaged" in err

    @pytest.mark.parametrize("first", ("sep=;\n", "sep=;\r\n", '"sep=;"\n', "SEP=;\n"))
    def test_a_first_line_that_names_the_sign(self, tmp_path, base, first):
        path = csv_file(tmp_path, f"{first}{NAME};{NOTICE}\nA, B and C;24 hours\nNorth;999 hours\n")
        assert [(r.number, r.cells[0]) for r in read_table(path)[0].rows] == [(3, "A, B and C"), (4, "North")]
        assert f"{path}:4:2: error: line 4, column B ({NOTICE}): " in check(path, base)[2]

    def test_a_wrong_title_below_it_has_its_line(self, tmp_path, base):
        err = check(csv_file(tmp_path, "sep=;\nlaw;Vendor\nx;y\n"), base)[2]
        assert "v.csv:2:2: error: column B: `Vendor` is not a key" in err

    @pytest.mark.parametrize("suffix", (".xls", ".ods", ".xlsb"))
    def test_other_workbooks_are_to_be_saved_as_xlsx(self, tmp_path, base, suffix):
        code, _, err = check(csv_file(tmp_path, b"x", f"v{suffix}"), base)
        assert code == 2 and "save it as .xlsx" in err


class TestTitles:
    @pytest.mark.parametrize(
        "text, row, likely",
        [
            (f"Suppliers 2026\n{NAME},law\nNorth,GB-EAW\n", 1, 2),
            (f"Suppliers 2026,as of March\n\n{NAME},law\nNorth,GB-EAW\n", 1, 3),
            (f"\n\nSuppliers 2026\n{NAME},law\nNorth,GB-EAW\n", 1, 4),
            ("Suppliers 2026\nVendor,Country\nNorth,GB\n", 1, 2),
        ],
    )
    def test_titles_below_the_first_row_are_told_with_their_row(self, tmp_path, base, text, row, likely):
        path = csv_file(tmp_path, text)
        code, _, err = check(path, base)
        assert code in (1, 2) and f"{path}:{row}:1: error: " in err and err.count("error: ") == 1
        assert "the titles" in err and f"row {likely} looks like" in err and "delete the rows above" in err

    def test_a_key_that_map_names_wrongly(self, tmp_path, base):
        err = check(csv_file(tmp_path, "Vendor\nNorth\n"), base, "--map", "Vendor=parties.provider.nam")[2]
        assert "--map `Vendor=parties.provider.nam`: " in err and "did you mean `parties.provider.name`?" in err
        assert "Say what" not in err

    def test_what_is_left_out_is_not_told(self, tmp_path, base):
        path = csv_file(tmp_path, f"{NAME},Score\nNorth,#N/A\n")
        assert check(path, base, "--map", "Score=")[::2] == (0, "")

    def test_a_place_has_the_letter_and_the_title_as_the_person_sees_them(self, tmp_path, base):
        book = openpyxl.Workbook()
        book.active.append(["Vendor", *(None,) * 26, NOTICE])
        book.active.append(["North", *(None,) * 26, "999 hours"])
        book.active.append(["", *(None,) * 26, "24 hours"])
        book.save(tmp_path / "v.xlsx")
        err = check(tmp_path / "v.xlsx", base, "--map", f"Vendor={NAME}")[2]
        assert f"v.xlsx:2:28: error: row 2, column AB ({NOTICE}): `breach_notice` is 999 hours" in err
        assert "v.xlsx:3:1: error: row 3, column A (Vendor): the row names no supplier" in err


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "number_format", "text"),
        [
            (7, "000", "007"), (418, "00000000", "00000418"), (12345, "000", "12345"), (20418, "00-0000", "02-0418"),
            (7, '"V-"000', "V-007"), (7, "0", "7"), (7, "0.00", "7"), (7.5, "000", "7.5"), (0.05, "0%", "5%"),
            (7, "General", "7"), (1500, "#,##0", "1500"),
        ],
    )  # fmt: skip
    def test_a_number_is_read_as_its_format_shows_it(self, tmp_path, value, number_format, text):
        book = openpyxl.Workbook()
        book.active.append([NAME, "annex.reference"])
        book.active.append(["North", value])
        book.active["B2"].number_format = number_format
        book.save(tmp_path / "v.xlsx")
        assert read_table(tmp_path / "v.xlsx")[0].rows[0].cells[1] == text


class TestSheets:
    @pytest.fixture
    def book(self):
        book = openpyxl.Workbook()
        book.active.title = "Old"
        book.active.sheet_state = "hidden"
        for name in ("Suppliers", "Prices"):
            sheet = book.create_sheet(name)
            for row in ([NAME], ["North"], ["South"], ["West"]):
                sheet.append(row if name == "Suppliers" else [f"{row[0]} x"])
        return book

    def test_the_first_that_is_shown_is_read_and_told(self, tmp_path, base, book):
        book.save(tmp_path / "v.xlsx")
        code, out, err = check(tmp_path / "v.xlsx", base)
        assert code == 0 and "3 rows: 3 right" in out
        assert "note: the sheet `Suppliers` is read, and not `Prices`, `Old` (hidden)" in err and "--sheet NAME" in err

    def test_another_can_be_chosen(self, tmp_path, base, book):
        book.save(tmp_path / "v.xlsx")
        assert "is read, and not" not in check(tmp_path / "v.xlsx", base, "--sheet", "Suppliers")[2]
        assert "`parties.provider.name x` is not a key" in check(tmp_path / "v.xlsx", base, "--sheet", "Prices")[2]
        code, _, err = check(tmp_path / "v.xlsx", base, "--sheet", "Supplier")
        assert code == 2 and "the workbook has no sheet `Supplier`" in err and "did you mean `Suppliers`?" in err

    def test_a_csv_has_none(self, tmp_path, base):
        code, _, err = check(csv_file(tmp_path, f"{NAME}\nNorth\n"), base, "--sheet", "x")
        assert code == 2 and "only a workbook has sheets" in err

    def test_hidden_rows_are_built_and_told_with_their_number(self, tmp_path, base, book):
        for row in (2, 4):
            book["Suppliers"].row_dimensions[row].hidden = True
        book.save(tmp_path / "v.xlsx")
        code, out, err = check(tmp_path / "v.xlsx", base)
        assert code == 0 and "3 rows: 3 right" in out
        assert "warning: 2 rows are hidden or filtered out, and read like the others: 2, 4" in err


def test_one_row_is_one_row(tmp_path, base):
    assert "1 row: 1 right, 0 wrong" in check(csv_file(tmp_path, f"{NAME}\nNorth\n"), base)[1]
