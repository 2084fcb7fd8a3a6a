"""Small sound inputs for every reader of `fuzz_readers`, to begin with and to borrow from."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

from fuzz_readers import PLAIN, PROFILE, ROOT, ROUND_SUMS, SMALL, W, deal, sent, small_library, word_file
from openpyxl import Workbook

from ccclauses.approvals import approve
from ccclauses.load.approvals import approvals_text
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.portfolio.index import INDEX, holdings
from ccclauses.read.recover import recover_annex
from ccclauses.read.word.docx import read_docx
from ccclauses.write.data.annex_json import write_json

_DAY = date(2026, 6, 1)  # that of the readers


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Sound inputs of one reader."""
    found = _SEEDS[name]()
    return tuple(s.encode() if isinstance(s, str) else s for s in found)


def _profiles() -> list[str]:
    whole = PROFILE.read_text(encoding="utf-8").replace("libraries: []\n", "")
    short = whole[: whole.index("settings:")] + whole[whole.index("processing:") :]
    mine = "extends: base.yaml\nposture: strict\ninclude: [records]\nexclude:\n  card-data: No cards.\nsettings:\n  breach_notice: 12 hours\n"
    return [whole, short, mine]


def _clauses() -> list[str]:
    return [_named(path) for path in sorted(SMALL.glob("*/*.yaml")) if path.parent.name != "frameworks"]


def _named(path: Path) -> str:
    """A file of a library with its place there as a comment, by which the reader knows which one it is."""
    return f"# {path.relative_to(SMALL).as_posix()}\n{path.read_text(encoding='utf-8')}"


def _own_clauses() -> list[str]:
    breach = (SMALL / "security" / "breach.yaml").read_text(encoding="utf-8")
    own = breach.replace("id: breach", "id: breach\nextends: breach")
    short = "id: breach\nextends: breach\nversion: 4\nparameters:\n  breach_notice:\n    type: duration\n    label: Notice\n    strict: 2 hours\n    standard: 12 hours\n    baseline: 24 hours\n"
    return [own, short]


def _tables() -> list[str]:
    names = [*SMALL.glob("*.yaml"), *SMALL.glob("frameworks/*.yaml")]
    return [_named(path) for path in sorted(names)]


def _templates() -> list[str]:
    """The texts of clauses, as they are in the files' block scalars."""
    found = []
    for text in _clauses():
        for block in text.split("    text: |\n")[1:]:
            lines = [line for line in block.split("\n")]
            kept = lines[
                : next((n for n, line in enumerate(lines) if line and not line.startswith("      ")), len(lines))
            ]
            found.append("\n".join(line[6:] for line in kept))
    tricks = (
        '1. [#a] The Provider {% if x and not y == "b" %}shall{% elif z > 3 %}may{% else %}must{% endif %} tell {{ ref("a#b") }}.\n'
        '   - **Incident** in {{ x.number }} {{ schedule("penalties") }}\n\n| a | b |\n|---|---|\n| {{ y }} | Client Data |\n'
    )
    return [*found, tricks]


def _approvals() -> list[str]:
    clauses = list(small_library().clauses.values())
    made = [approve(c, by="Ada Byron", on=_DAY, note="Checked." if n else "") for n, c in enumerate(clauses[:3])]
    return [approvals_text(made[:1]), approvals_text(made)]


def _answers() -> list[str]:
    one = "otherwise: hold\nanswers:\n  - {finding: 1, decision: counter, text: Within 24 hours., reason: Agreed}\n"
    return [
        one,
        one
        + "  - finding: 2\n    decision: refuse\n  - {finding: 3, decision: open}\n  - {finding: 4, decision: accept}\n",
    ]


def _pages() -> list[str]:
    said = {
        "parties.client.name": "New plc", "parties.client.country": "UK", "charges.monthly": "1.500", "term.start": "03/02/2026",
        "facts.seats": "a dozen", "facts.takes_payments": "unknown", "frameworks": "uk_gdpr", "card": "full/strict",
        "sites.0.name": "Cardiff", "sites.0.country": "ZA", "subject": "incidents", "press": "strict", "path": "facts.seats",
        "text": "12", "status": "final", "name": "Evergood", "pick": "charges.monthly=GBP 1.50", "here": "/d/fuzz/check",
    }  # fmt: skip
    lines = "\n".join(f"{name}={value}\nseen:{name}=" for name, value in said.items())
    paths = ("new", *(f"d/fuzz/ask/{n}" for n in range(1, 11)), "d/fuzz/read", "d/fuzz/save", "d/fuzz/undo", "d/fuzz/redo",
             "d/fuzz/check/settings", "d/fuzz/check/aside", "d/fuzz/check/confirm", "d/fuzz/send/make", "d/fuzz/send/sent")  # fmt: skip
    return [f"{path}\n{lines}\n" for path in paths]


def _annexes() -> list[str]:
    """An annex, and what is left of it without its words, so that an edit often meets what is calculated with."""
    whole = json.loads(write_json(deal()[1]))
    bare = {
        **whole,
        "preliminaries": [],
        "clauses": [],
        "definitions": [],
        "schedules": [],
        "coverage": whole["coverage"][:1],
    }
    bare |= {"obligations": whole["obligations"][:3], "parameters": dict([*whole["parameters"].items()][:4])}
    return [json.dumps(whole), json.dumps(bare)]


def _rounds() -> list[str]:
    stages = [
        {
            "round": int(name[:2]),
            "side": name[3:-5],
            "file": name,
            "sha256": sha,
            "name": "deal.docx",
            "kept": "2026-01-01",
        }
        for name, sha in ROUND_SUMS.items()
    ]
    return [json.dumps({"stages": stages}), json.dumps({"stages": stages[:2]})]


def _manifest() -> list[str]:
    differs = {
        "parties.provider.name": "Other Ltd",
        "posture": "strict",
        "include": "access;records",
        "facts.seats": "40",
    }
    entry = {
        "row": 2, "supplier": "Provider GmbH", "annex": _fingerprint(), "job": "0" * 64,
        "files": {"annex.docx": "0" * 64}, "differs": differs,
    }  # fmt: skip
    before = {**entry, "row": 3, "table": "vendors.csv"}
    return [json.dumps({"annexes": [entry]}), json.dumps({"annexes": [entry], "earlier": [before]})]


def _fingerprint() -> str:
    annex, _ = recover_annex(read_docx(sent()[1], name="sent.docx"), small_library())
    assert annex
    return annex.fingerprint


def _intake() -> list[str]:
    given = {
        "client-name": "Client plc",
        "client-country": "GB",
        "provider-name": "Provider GmbH",
        "provider-country": "DE",
    }
    more = {
        "law": "GB-EAW",
        "charges": "GBP 240,000.00",
        "start": "2026-04-01",
        "months": "36",
        "frameworks": "gdpr, card_standard",
    }
    return [json.dumps(given), json.dumps({**given, **more, "fact-seats": "12", "posture": "strict"})]


def _index() -> list[bytes]:
    """An index that tells what the annex holds of a paper that is read quickly, where the index is not believed."""
    with tempfile.TemporaryDirectory() as made:
        paper, kept = Path(made) / "annex.docx", Path(made) / INDEX
        paper.write_bytes(sent()[0])
        holdings(Path(made), small_library(), _DAY)
        with closing(sqlite3.connect(kept)) as base, base:
            base.execute("UPDATE holdings SET hash = ?", (hashlib.sha256(word_file(PLAIN)).hexdigest(),))
        return [kept.read_bytes()]


_EVENTS = (
    "event,failure,start,due,done,at,count,severity,cause,disputed,damages,time_zone,note\n"
    "E1,late_notice,2026-05-01T10:00,,2026-05-03T12:00,,,,,,,Europe/London,words\n"
    "E2,late_notice,,2026-05-09T08:00Z,2026-05-11T09:30Z,,,,E1,2 hours,,,\n"
    'E3,exposed_records,,,,2026-05-04,"1,500",,,,"GBP 4,000.00",,\n'
    "E4,by_severity,,,,2026-05,,2,,,,,\n"
)
_SUPPLIERS = (
    "parties.provider.name,parties.provider.country,facts.takes_payments,posture,include,settings.breach_notice,sites.1.name,sites.1.country\n"
    'Acme,DE,yes,strict,access;records,4 hours,Kiel,DE\n"B, Ltd",GB,no,,,,,\n'
)


def _events() -> list[str]:
    moment = "event,failure,at,count,severity\nA,exposed_records,2026-05-04,1500,\nB,by_severity,2026-05-05,,1\n"
    return [_EVENTS, moment]


def _events_yaml() -> list[str]:
    listed = (
        "- {event: E1, failure: late_notice, start: 2026-05-01T10:00Z, done: 2026-05-02T09:00+02:00}\n"
        "- event: E2\n  failure: exposed_records\n  at: 2026-05-04\n  count: 1500\n  damages: GBP 4,000.00\n"
        "- {event: E3, failure: by_severity, at: 2026-05, severity: 1, cause: E2}\n"
    )
    return [listed, json.dumps([{"event": "J", "failure": "late_notice", "due": "2026-05-01T22:15+02:00"}])]


def _options() -> list[str]:
    return [
        "failure=late_notice, due=2026-05-31T22:15+02:00, done=2026-06-01T05:40+02:00",
        "failure=exposed_records, at=2026-05-04, count=1,500, damages=GBP 4,000.00, note=a, b",
        "failure=by_severity, at=2026-05, severity=2, earlier=1, disputed=yes",
    ]


def _workbook(rows: list[str]) -> bytes:
    """A workbook as openpyxl writes it, with numbers and dates as such."""
    book = Workbook()
    for row in csv.reader(rows):
        book.active.append([_typed(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return write_package({name: part for name, part in read_zip(out.getvalue()).items() if "theme" not in name})


def _typed(cell: str) -> object:
    try:
        return int(cell) if cell.isdecimal() else date.fromisoformat(cell)
    except ValueError:
        return cell


def read_zip(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _plain_workbook(cells: str) -> bytes:
    """A workbook with texts in its cells and nothing next to the one sheet."""
    parts = read_zip(_workbook([]))
    rows = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{chr(65 + c)}{n}" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in enumerate(row.split(","))
        )
        + "</row>"
        for n, row in enumerate(cells.strip().split("\n"), 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return write_package(parts)


# -- Word ------------------------------------------------------------------------------------------------------------


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def _document(body: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<w:document xmlns:w="{W}" xmlns:r="{office}"><w:body>{body}<w:sectPr/></w:body></w:document>'.encode()


def _part(name: str, inner: str) -> bytes:
    return f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>'.encode()


_WHO = 'w:author="Other" w:date="2026-01-01T00:00:00Z"'
_WORDS = "<w:p>" + _run("The Provider shall notify the Client within 24 hours.") + "</w:p>"
_TRACKED = (
    f'<w:p><w:pPr><w:rPr><w:ins w:id="1" {_WHO}/></w:rPr></w:pPr>{_run("Kept ")}<w:ins w:id="2" {_WHO}>{_run("new ")}</w:ins>'
    f'<w:del w:id="3" {_WHO}><w:r><w:delText>old </w:delText></w:r></w:del></w:p>'
    f'<w:p><w:moveFromRangeStart w:id="4" w:name="m1" {_WHO}/><w:moveFrom w:id="5" {_WHO}>{_run("Moved words here.")}</w:moveFrom>'
    f'<w:moveFromRangeEnd w:id="4"/></w:p>{_WORDS}<w:p><w:moveToRangeStart w:id="6" w:name="m1" {_WHO}/>'
    f'<w:moveTo w:id="7" {_WHO}>{_run("Moved words here.")}</w:moveTo><w:moveToRangeEnd w:id="6"/></w:p>'
    f'<w:p><w:pPr><w:rPr><w:del w:id="8" {_WHO}/></w:rPr><w:pPrChange w:id="9" {_WHO}><w:pPr><w:jc w:val="left"/></w:pPr>'
    f"</w:pPrChange></w:pPr>{_run('Joined')}</w:p>{_WORDS}"
)
_CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
_TABLE = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="1"/></w:tblGrid><w:tr>'
    + _CELL.format('<w:gridSpan w:val="2"/>', _WORDS)
    + f'</w:tr><w:tr><w:trPr><w:ins w:id="1" {_WHO}/></w:trPr>'
    + _CELL.format('<w:vMerge w:val="restart"/>', _WORDS)
    + _CELL.format(f'<w:cellIns w:id="2" {_WHO}/>', "<w:p/>")
    + "</w:tr></w:tbl>"
    + _WORDS
)
_FIELDS = (
    '<w:p><w:bookmarkStart w:id="1" w:name="_cc_a"/>' + _run("1. Term") + '<w:bookmarkEnd w:id="1"/></w:p><w:p>' + _run("See ")
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _cc_a \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + _run("1") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:fldSimple w:instr="PAGE">' + _run("2") + '</w:fldSimple><w:hyperlink w:anchor="_cc_a">' + _run("there") + "</w:hyperlink></w:p>"
    "<w:sdt><w:sdtPr/><w:sdtContent>" + _WORDS + "</w:sdtContent></w:sdt>"
    '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
)  # fmt: skip
_LISTED = (
    '<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    + _run("Item")
    + "</w:p>"
)
_STYLES = _part(
    "styles",
    '<w:docDefaults/><w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:basedOn w:val="B"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="B"><w:name w:val="Normal"/><w:rPr><w:caps/></w:rPr></w:style>',
)
_NUMBERING = _part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>',
)
_COMMENTS = _part("comments", f'<w:comment w:id="0" w:initials="O" {_WHO}>{_WORDS}</w:comment>')
_FOOTNOTES = _part(
    "footnotes",
    f'<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">{_WORDS}</w:footnote>',
)
_REMARKED = (
    '<w:p><w:commentRangeStart w:id="0"/>' + _run("Words") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
)  # fmt: skip


def _words() -> list[bytes]:
    listed = _LISTED.format(0) + _LISTED.format(1) + _LISTED.format(0)
    header = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr></w:pPr></w:p>'
    return [
        word_file(PLAIN),
        word_file(_document(_TRACKED)),
        word_file(_document(_TABLE)),
        word_file(_document(_FIELDS)),
        word_file(_document(listed), styles=_STYLES, numbering=_NUMBERING),
        word_file(_document(_REMARKED), comments=_COMMENTS, footnotes=_FOOTNOTES),
        word_file(_document(header + _WORDS), header1=_part("hdr", _WORDS)),
    ]


def _returned() -> list[bytes]:
    """The annex as it was sent, with words changed, and with a change that is tracked."""
    parts = dict(read_package(sent()[0]).parts)
    main = "word/document.xml"
    changed = parts[main].replace(b"Provider shall", b"Provider may").replace(b"hours", b"days")
    tracked = (
        parts[main]
        .replace(b"<w:r>", f'<w:ins w:id="9001" {_WHO}><w:r>'.encode(), 1)
        .replace(b"</w:r>", b"</w:r></w:ins>", 1)
    )
    return [sent()[0], write_package({**parts, main: changed}), write_package({**parts, main: tracked})]


def _house_styles() -> list[bytes]:
    shipped = [(ROOT / "templates" / f"{name}.docx").read_bytes() for name in ("legal", "modern")]
    return [*shipped, *_words()[4:5]]


def _contracts() -> list[str]:
    lines = [p.split("] ", 1)[-1] for text in _templates() for p in text.split("\n")]
    return [
        "# 1 Breach\n" + "\n".join(lines),
        "The Provider shall use reasonable endeavours to notify promptly, unless and/or until 24 (twenty) hours.\n",
    ]


_SEEDS = {
    "yaml": lambda: [*_profiles(), *_clauses(), *_tables()],
    "profile": _profiles,
    "base_profile": lambda: _profiles()[:2],
    "clause": _clauses,
    "own_clause": _own_clauses,
    "tables": _tables,
    "template": _templates,
    "approvals": _approvals,
    "answers": _answers,
    "style_map": lambda: ["title: Title\nheading-1: Heading 1\n", "clause: Normal\n"],
    "edit": _profiles,
    "page": _pages,
    "annex": _annexes,
    "rounds": _rounds,
    "manifest": _manifest,
    "intake": _intake,
    "index": _index,
    "events_csv": _events,
    "events_yaml": _events_yaml,
    "events_xlsx": lambda: [_workbook(_EVENTS.splitlines()), _plain_workbook(_events()[1])],
    "event_option": _options,
    "suppliers": lambda: [_SUPPLIERS],
    "suppliers_xlsx": lambda: [
        _workbook(_SUPPLIERS.splitlines()),
        _plain_workbook("parties.provider.name,posture\nAcme,strict\n"),
    ],
    "word": _words,
    "pair": _words,
    "tree": lambda: [bytes(range(256)) * 2],
    "returned": _returned,
    "signed": _returned,
    "amended": _returned,
    "house_styles": _house_styles,
    "contract": _contracts,
}
