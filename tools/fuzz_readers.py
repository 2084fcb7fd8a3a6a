"""Every reader of what comes from outside, as a function of bytes; `make fuzz` drives each with atheris.

A reader gives a value or diagnostics, or raises the one error that it is documented to raise. Anything else is a bug,
and goes through here as an exception. The tests drive the same functions with Hypothesis for a few seconds.

    python tools/fuzz_readers.py document --seconds 120
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

try:
    import atheris
except ImportError:  # the readers are driven by the tests too
    atheris = None

# Only what is loaded here is watched for the branches that a reader takes; to watch every library takes half a minute.
with atheris.instrument_imports(include=["ccclauses"]) if atheris and __name__ == "__main__" else nullcontext():
    from ccclauses.compose.markup import MarkupError, parse_markup, terms_of
    from ccclauses.compose.template import Scope, parse_template, render, render_all
    from ccclauses.batch.plan import plan
    from ccclauses.load.answers import load_answers
    from ccclauses.load.approvals import load_approvals_text
    from ccclauses.load.library import load_library
    from ccclauses.load.located import decode, parse
    from ccclauses.load.profile import load_profile_text
    from ccclauses.load.styles import load_style_mapping
    from ccclauses.load.table import read_table
    from ccclauses.ooxml.package import PackageError, check_comparable, read_package, write_package
    from ccclauses.penalties.ledger import read_ledger
    from ccclauses.read.docx import read_views
    from ccclauses.redline import redline
    from ccclauses.review.findings import review
    from ccclauses.review.rounds import read_rounds
    from ccclauses.write.annex_json import read_json
    from ccclauses.write.read_text import read_markdown, read_text

SMALL = ROOT / "tests" / "library"
_LIBRARY, _ = load_library(SMALL)
_TERMS = terms_of((("Incident", ()), ("Client Data", ("data of the Client",))))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DATE = datetime(2026, 1, 5)


def _text(data: bytes) -> str | None:
    text, problems = decode(data, "fuzz")
    return None if problems else text


def yaml(data: bytes) -> None:
    """Any YAML."""
    text = _text(data)
    if text is not None:
        parse(text, "fuzz.yaml")


def profile(data: bytes) -> None:
    """A profile, read against a library."""
    text = _text(data)
    if text is not None and "extends" not in text and "libraries" not in text:  # which name other files
        load_profile_text(text, "fuzz.yaml", _LIBRARY)


def clause(data: bytes) -> None:
    """A clause file in a library."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)
        (Path(folder) / "security" / "breach.yaml").write_bytes(data)
        load_library(Path(folder))


class _Anything(Scope):
    """Knows every name."""

    def truth(self, name: str) -> object:
        return name

    def printed(self, name: str, attribute: str) -> str:
        return f"\ue000{name}\x1f{attribute}\x1f\ue003"

    def call(self, function: str, argument: str) -> object:
        return f"\ue001{argument}\ue003"

    def names(self) -> dict[str, object]:
        return {}

    def include(self, name: str) -> None:
        return None


def template(data: bytes) -> None:
    """A clause's text: template, then markup."""
    text = _text(data)
    if text is None or parse(f"text: |\n{text}", "f")[1] and any("\ue000" <= c <= "\uf8ff" for c in text):
        return
    found, _ = parse_template(text, "fuzz.yaml", 1)
    if found is None:
        return
    for rendered in (render(found, _Anything())[0], render_all(found, _Anything())):
        try:
            parse_markup(rendered, _TERMS)
        except MarkupError:
            pass


def approvals(data: bytes) -> None:
    """The record of approvals."""
    text = _text(data)
    if text is not None:
        load_approvals_text(text, "approvals.yaml")


def annex(data: bytes) -> None:
    """An annex as JSON."""
    text = _text(data)
    if text is not None:
        read_json(text, "fuzz.json")


def _ledger(data: bytes, ending: str) -> None:
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(data)
        file.flush()
        read_ledger(Path(file.name))


def events_csv(data: bytes) -> None:
    """A ledger of events as CSV."""
    _ledger(data, ".csv")


def events_yaml(data: bytes) -> None:
    """A ledger of events as YAML or JSON."""
    _ledger(data, ".yaml")


def events_xlsx(data: bytes) -> None:
    """A ledger of events as a workbook."""
    _ledger(data, ".xlsx")


def _file(data: bytes, name: str, read: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read(path)


def suppliers(data: bytes) -> None:
    """A table of suppliers as CSV, each row made a profile on a base."""

    def planned(path: Path) -> None:
        table, _ = read_table(path)
        if table and not {"extends", "libraries"} & {t.split(".")[0] for t in table.titles}:  # which name other files
            plan(table, ROOT / "tests" / "profiles" / "full.yaml", {}, _LIBRARY)

    _file(data, "suppliers.csv", planned)


def answers(data: bytes) -> None:
    """Answers to the findings of a review."""
    _file(data, "answers.yaml", lambda path: load_answers(path, 3))


def style_map(data: bytes) -> None:
    """Which style of a house style stands for which role."""
    _file(data, "styles.yaml", load_style_mapping)


def rounds(data: bytes) -> None:
    """The index of a negotiation folder."""
    _file(data, "rounds.json", lambda path: read_rounds(path.parent))


def sheet(data: bytes) -> None:
    """The first sheet of a workbook."""
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": _rels("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org'
        b'/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _rels("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": data,
    }
    _ledger(write_package(parts), ".xlsx")


def _rels(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="'
        f'http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    ).encode()


def _word(document: bytes, **more: bytes) -> bytes:
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document'
        b'.main+xml"/></Types>',
        "_rels/.rels": _rels("officeDocument", "word/document.xml"),
        "word/document.xml": document,
    }
    for name, part in more.items():
        parts[f"word/{name}.xml"] = part
        parts["word/_rels/document.xml.rels"] = _rels(name.rstrip("1"), f"{name}.xml")
    return write_package(parts)


PLAIN = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>The Provider shall notify within 24 hours.</w:t></w:r></w:p></w:body></w:document>'.encode()


def word(data: bytes) -> None:
    """A Word file: read in every view, reviewed, redlined both ways."""
    try:
        plain, other = read_package(_word(PLAIN)), read_package(data)
        check_comparable(other)
        for document_ in read_views(other).values():
            read_text(document_)
            read_markdown(document_)
        review(plain, other)
        for before, after in ((plain, other), (other, plain)):
            write_package(redline(before, after, date=_DATE).package.parts)
    except PackageError:
        pass


def document(data: bytes) -> None:
    """The main part of a Word file."""
    word(_word(data))


_NAMES = (
    "p r t p r t p r t pPr rPr ins del moveFrom moveTo delText tbl tr tc tblPr trPr tcPr tblGrid gridCol gridSpan vMerge hyperlink "
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference fldSimple fldChar instrText numPr numId ilvl pStyle "
    "rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange cellIns cellDel cellMerge numberingChange moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart sdt sdtPr sdtContent smartTag customXml sectPr headerReference "
    "footnoteReference footnoteRef drawing pict txbxContent br tab sym ruby rt rubyBase b vanish outlineLvl altChunk proofErr object"
).split()
_ATTRIBUTES = ("id", "val", "name", "author", "date", "fldCharType", "instr", "char", "w", "colFirst")
_VALUES = (
    "0",
    "1",
    "-1",
    "2",
    "begin",
    "separate",
    "end",
    "REF a \\h",
    "TOC",
    "_cc_a",
    "99999999999999999999",
    "F0FF",
    "x",
    "",
    "continue",
)


def tree(data: bytes) -> None:
    """A Word file whose body is spelled by bytes: always well-formed, hardly ever sensible."""
    out: list[str] = []
    opened: list[str] = []
    for at in range(0, len(data) - 3, 4):
        what, name, attribute, value = data[at : at + 4]
        if what % 4 == 0 and opened:
            out.append(f"</w:{opened.pop()}>")
        elif what % 4 == 1 and opened and opened[-1] in ("t", "delText", "instrText"):
            out.append(_VALUES[value % len(_VALUES)])
        elif len(opened) < 30:
            opened.append(_NAMES[name % len(_NAMES)])
            out.append(
                f'<w:{opened[-1]} w:{_ATTRIBUTES[attribute % len(_ATTRIBUTES)]}="{_VALUES[value % len(_VALUES)]}">'
            )
    out += [f"</w:{name}>" for name in reversed(opened)]
    document(f'<w:document xmlns:w="{_W}"><w:body>{"".join(out)}<w:sectPr/></w:body></w:document>'.encode())


def styles(data: bytes) -> None:
    """The styles of a Word file."""
    word(_word(PLAIN, styles=data))


def numbering(data: bytes) -> None:
    """The lists of a Word file."""
    body = b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p></w:body>'
    word(_word(PLAIN.replace(b"</w:body>", body), numbering=data))


def comments(data: bytes) -> None:
    """The comments of a Word file."""
    word(_word(PLAIN, comments=data))


READERS: dict[str, Callable[[bytes], None]] = {
    f.__name__: f
    for f in (
        yaml,
        profile,
        clause,
        template,
        approvals,
        annex,
        events_csv,
        events_yaml,
        events_xlsx,
        sheet,
        suppliers,
        answers,
        style_map,
        rounds,
        word,
        document,
        tree,
        styles,
        numbering,
        comments,
    )
}


def seeds(name: str) -> list[bytes]:
    """Sound input to begin with."""
    examples = ROOT / "examples"
    files = {
        "yaml": [*examples.glob("*.yaml")],
        "profile": [ROOT / "tests" / "profiles" / "full.yaml"],
        "clause": [*(SMALL / "security").glob("*.yaml")],
        "template": [*(SMALL / "security").glob("*.yaml")],
        "word": [ROOT / "templates" / "legal.docx"],
    }.get(name, [])
    found = [path.read_bytes() for path in files]
    if name in ("document", "styles", "numbering", "comments"):
        package = read_package(ROOT / "templates" / "legal.docx")
        found += [PLAIN, *(d for part, d in package.parts.items() if part == f"word/{name}.xml")]
        found += [c for c in _CASES.get(name, ())]
    if name.startswith("events"):
        found.append(b"event,failure,start,due,done,count\nE1,late_notice,2026-03-01T10:00,,2026-03-02,3\n")
    if name == "suppliers":
        found.append(b'parties.provider.name,facts.personal_data,posture,include\nAcme,yes,strict,a;b\n"B, Ltd",no,,\n')
    if name == "answers":
        found.append(
            b'default: hold\nanswers:\n  - {finding: 1, decision: counter, text: "Within 24 hours.", reason: Agreed}\n'
        )
    if name == "style_map":
        found.append(b"title: Heading 1\nlevel-1: Clause\n")
    if name == "rounds":
        stage = (
            f'{{"round":1,"side":"sent","file":"01-sent.docx","sha256":"{"0" * 64}","name":"a","kept":"2026-01-01"}}'
        )
        found.append(f'{{"stages":[{stage}]}}'.encode())
    if name == "sheet":
        found.append(
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr">'
            b'<is><t>event</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row></sheetData></worksheet>'
        )
    return found


_CASES = {
    "document": [
        PLAIN.replace(b"<w:r>", b'<w:ins w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"><w:r>').replace(
            b"</w:r>", b"</w:r></w:ins>"
        ),
        PLAIN.replace(b"<w:p>", b"<w:tbl><w:tr><w:tc><w:p>").replace(b"</w:p>", b"</w:p></w:tc></w:tr></w:tbl>"),
        PLAIN.replace(b"<w:t>", b'<w:fldChar w:fldCharType="begin"/><w:instrText>REF a \\h</w:instrText><w:t>'),
        PLAIN.replace(
            b"<w:p>", b'<w:p><w:pPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr><w:bookmarkStart w:id="1" w:name="_cc_a"/>'
        ),
    ],
}


def main() -> None:
    """Drive one reader, or each in turn, with atheris."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=[*READERS, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "fuzz", help="where what was found is kept")
    asked = parser.parse_args()
    if asked.reader == "all":
        import subprocess

        failed = [
            n
            for n in READERS
            if subprocess.run(
                [sys.executable, __file__, n, "--seconds", str(asked.seconds), "--corpus", str(asked.corpus)],
                check=False,
            ).returncode
        ]
        sys.exit(f"found something: {', '.join(failed)}" if failed else 0)
    if atheris is None:
        sys.exit("Nothing was fuzzed: atheris is not installed (pip install -e '.[fuzz]'; it runs on Linux).")
    corpus = asked.corpus / asked.reader
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(asked.reader)):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={asked.seconds}",
        "-timeout=20",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        "-max_len=20000",
        f"-artifact_prefix={corpus}-",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], READERS[asked.reader])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
