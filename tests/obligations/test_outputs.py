"""The calendar, the workbook, CSV and JSON of the duties, each read by a program of somebody else."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pytest
import vobject
from click.testing import CliRunner
from dateutil.rrule import rrulestr
from whole_product import takes_long

from ccclauses.cli.obligations import obligations
from ccclauses.derive.obligations import by_obligation, date_obligations
from ccclauses.report.performance.calendar import sequence, write_ics
from ccclauses.report.performance.sheet import (
    STATUSES,
    write_obligations_csv,
    write_obligations_json,
    write_obligations_xlsx,
)
from ccclauses.write.data.annex_json import write_json

from .conftest import EXAMPLES

START, UNTIL = date(2026, 4, 1), date(2029, 3, 31)


@pytest.fixture(scope="module")
def duties(annex):
    found, problems = date_obligations(annex, START, UNTIL)
    assert found and not problems
    return found


def day_of(value) -> date:
    return value.date() if isinstance(value, datetime) else value


def events_of(data: bytes):
    return vobject.readOne(data.decode()).vevent_list


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_second_library_reads_the_same_dates_from_the_calendar(duties, annex):
    found: dict[str, list[date]] = {}
    for event in events_of(write_ics(duties, annex)):
        start = event.dtstart.value
        days = [day_of(start)]
        if hasattr(event, "rrule"):
            first = datetime.combine(start, datetime.min.time())
            days = [d.date() for d in rrulestr(event.rrule.value, dtstart=first)]
        found.setdefault(event.summary.value, []).extend(days)
    expected: dict[str, list[date]] = {}
    for occurrence in duties.occurrences:
        o = occurrence.obligation
        expected.setdefault(
            f"{annex.provider.name if o.obligor == 'provider' else annex.client.name}: {o.action} {o.object} (clause {o.number})",
            [],
        ).append(occurrence.due)
    assert {k: sorted(v) for k, v in found.items()} == {k: sorted(v) for k, v in expected.items()}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rules_stand_where_they_are_exact_and_dates_where_business_days_count(duties, annex):
    events = events_of(write_ics(duties, annex))
    ruled = [e for e in events if hasattr(e, "rrule")]
    assert ruled and all(not isinstance(e.dtstart.value, datetime) for e in ruled)
    timed = [e for e in events if isinstance(e.dtstart.value, datetime)]
    assert timed
    for event in timed:
        assert event.dtend.value.time().hour in (17, 4) or "hours" in event.description.value
        assert (
            event.dtstart.params["TZID"] == ["Europe/London"]
            if "TZID" in event.dtstart.params
            else event.dtstart.value.tzinfo
        )
    assert all(len(list(e.components())) == 2 for e in events)  # two reminders each


@takes_long
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_second_import_moves_events_and_does_not_double_them(duties, annex):
    first = write_ics(duties, annex)
    assert first == write_ics(duties, annex)
    longer, _ = date_obligations(annex, START, UNTIL + timedelta(days=365))
    later, _ = date_obligations(annex, START + timedelta(days=9), UNTIL)
    names = {e.uid.value for e in events_of(first)}
    assert len(names) == len(events_of(first))
    assert names <= {e.uid.value for e in events_of(write_ics(longer, annex))}
    moved = {e.uid.value for e in events_of(write_ics(later, replace(annex, version="1.1")))}
    assert len(names & moved) > len(names) * 0.9
    other = {e.uid.value for e in events_of(write_ics(duties, replace(annex, reference="ANOTHER")))}
    assert not names & other


def test_the_sequence_rises_with_the_version():
    versions = ["0.9", "1.0", "1.2", "1.10", "2.0", "2"]
    assert [sequence(v) for v in versions] == sorted(sequence(v) for v in versions)
    assert sequence("draft") == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_time_zone_of_the_calendar_is_that_of_the_world(duties, annex):
    # vobject reckons with the rules that the file itself carries.
    for event in events_of(write_ics(duties, annex)):
        value = event.dtend.value
        if isinstance(value, datetime):
            from zoneinfo import ZoneInfo

            expected = value.replace(tzinfo=ZoneInfo("Europe/London")).utcoffset()
            assert value.utcoffset() == expected, event.summary.value


def test_lines_are_folded_and_end_as_the_standard_says(duties, annex):
    data = write_ics(duties, annex)
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75 and b"\n" not in b"".join(lines)


@takes_long
def test_the_workbook_is_one_to_keep(duties, annex):
    data = write_obligations_xlsx(duties, annex)
    assert data == write_obligations_xlsx(duties, annex)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Obligations", "Evidence", "Contacts", "Parameters"]
    sheet = book["Obligations"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == f"A1:O{sheet.max_row}"
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    dated = [r for r in rows if r[0]]
    assert [r[0].date() for r in dated] == [o.due for o in duties.occurrences]
    assert {r[12] for r in dated} == {"open"} and len(rows) == len(dated) + len(duties.undated)
    choices = [v for v in sheet.data_validations.dataValidation if v.type == "list"][0]
    assert choices.formula1 == f'"{",".join(STATUSES)}"'
    formulas = [f for rules in sheet.conditional_formatting for r in rules.rules for f in r.formula]
    assert any("TODAY()" in f for f in formulas)
    assert book["Contacts"].max_row == len(annex.contacts) + 1
    assert book["Parameters"].max_row == len(annex.parameters) + 1
    assert book["Evidence"].max_row == len(annex.obligations) + 1


def test_no_text_becomes_a_formula(duties, annex):
    hostile = '=HYPERLINK("http://x","y")'
    bad = replace(
        annex,
        provider=replace(annex.provider, name=hostile),
        contacts=(replace(annex.contacts[0], name="@SUM(A1)", phone="+44 20", email="-1"),),
    )
    book = openpyxl.load_workbook(io.BytesIO(write_obligations_xlsx(duties, bad)))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(c.data_type != "f" for c in row)
    named = [row[4] for row in book["Obligations"].iter_rows(min_row=2) if row[4].value == hostile]
    assert len(named) > 50 and all(cell.quotePrefix for cell in named)
    rows = list(csv.reader(io.StringIO(write_obligations_csv(duties, bad).decode("utf-8-sig"))))
    assert all(r[4].startswith("'=") or not r[4].startswith("=") for r in rows)


def test_csv_and_json_hold_the_same_dates(duties, annex):
    rows = list(csv.DictReader(io.StringIO(write_obligations_csv(duties, annex).decode("utf-8-sig"))))
    told = json.loads(write_obligations_json(duties, annex))
    assert (
        [r["Due"] for r in rows if r["Due"]]
        == [d["due"] for d in told["dated"]]
        == [o.due.isoformat() for o in duties.occurrences]
    )
    assert len(told["undated"]) == len(duties.undated)


@pytest.mark.office
def test_libreoffice_opens_the_workbook(duties, annex, tmp_path):
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "duties.xlsx").write_bytes(write_obligations_xlsx(duties, annex))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            soffice,
            profile,
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "duties.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    rows = list(csv.DictReader(io.StringIO((tmp_path / "duties.csv").read_text(encoding="utf-8"))))
    assert [r["Due"] for r in rows if r["Due"]] == [o.due.isoformat() for o in duties.occurrences]
    assert {r["Status"] for r in rows if r["Due"]} == {"open"}


# --- the command ---


def run(*arguments):
    return CliRunner().invoke(obligations, [str(a) for a in arguments])


def test_the_command_writes_each_kind_and_reads_an_annex_as_json(tmp_path, annex):
    profile = next(p for p in EXAMPLES if p.name == "retail-uk.yaml")
    for kind in ("ics", "xlsx", "csv", "json"):
        result = run(profile, "--start", "2026-04-01", "-o", tmp_path / f"duties.{kind}")
        assert result.exit_code == 0, result.output
        assert (tmp_path / f"duties.{kind}").stat().st_size > 1000
    (tmp_path / "annex.json").write_text(write_json(annex), encoding="utf-8")
    result = run(tmp_path / "annex.json", "--start", "2026-04-01", "-o", tmp_path / "again.ics")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "again.ics").read_bytes() == (tmp_path / "duties.ics").read_bytes()


def test_reminders_are_chosen(tmp_path):
    result = run(EXAMPLES[0], "--start", "2026-04-01", "--alarm", "3 days", "-o", tmp_path / "d.ics")
    assert result.exit_code == 0
    assert (
        b"TRIGGER:-P3D" in (tmp_path / "d.ics").read_bytes()
        and b"TRIGGER:-P7D" not in (tmp_path / "d.ics").read_bytes()
    )


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--start", "1.4.2026"), 2, "2026-04-01"),
        (("--start", "2026-02-30"), 2, "date"),
        (("--start", "2026-04-01", "--until", "2026-03-01"), 1, "before"),
        (("--start", "2026-04-01", "--alarm", "soon"), 2, "alarm"),
        (("--start", "2026-04-01", "-o", "duties.pdf"), 2, ".ics"),
    ],
)
def test_misuse_is_told_in_words(arguments, status, words):
    result = run(EXAMPLES[0], *arguments)
    assert result.exit_code == status and words in result.output


def test_an_annex_without_a_start_asks_for_it(tmp_path, annex):
    (tmp_path / "annex.json").write_text(write_json(annex), encoding="utf-8")
    result = run(tmp_path / "annex.json")
    assert result.exit_code == 1 and "--start" in result.output


def test_an_output_that_exists_is_left_alone(tmp_path):
    (tmp_path / "d.ics").write_text("mine")
    result = run(EXAMPLES[0], "--start", "2026-04-01", "-o", tmp_path / "d.ics")
    assert result.exit_code == 1 and (tmp_path / "d.ics").read_text() == "mine"


def test_occurrences_are_gathered_by_duty(duties):
    assert sum(map(len, by_obligation(duties.occurrences).values())) == len(duties.occurrences)


def test_each_change_of_the_clocks_is_told_as_it_happens(duties, annex):
    from zoneinfo import ZoneInfo

    from icalendar import Calendar

    zone = ZoneInfo("Europe/London")
    calendar = Calendar.from_ical(write_ics(duties, annex))
    told = [c for c in calendar.walk() if c.name in ("STANDARD", "DAYLIGHT")]
    changes = 0
    for observance in told:
        before, after = observance["TZOFFSETFROM"].td, observance["TZOFFSETTO"].td
        moment = (observance["DTSTART"].dt - before).replace(tzinfo=timezone.utc)
        assert moment.astimezone(zone).utcoffset() == after
        assert (moment - timedelta(minutes=1)).astimezone(zone).utcoffset() == before
        changes += before != after
    assert changes >= 2 * (UNTIL.year - START.year)
