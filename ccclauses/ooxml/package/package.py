"""Word packages: the one gate through which files come in (bounded, refused in plain words) and leave (deterministic).

Every reader of Word files starts at `read_package` and every writer ends at `write_package`. What comes in is
hostile until shown otherwise: sizes, ratios, names, encodings, entities and depth are checked before anything
else sees the parts, and every refusal is a `PackageError` whose text is one sentence a person can act on.
Nothing is fetched, run or written to disk.
"""

from __future__ import annotations

import io
import os
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree

from ...common.limits import limits
from ..namespaces import CONTENT_TYPES, RELATIONSHIPS, w
from .parse import PackageError, normal_xml, parse_xml

CONTENT_TYPES_PART = "[Content_Types].xml"
MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "template",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "macro-enabled document",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "macro-enabled template",
}
OTHER_MAKERS = {
    "spreadsheetml": "an Excel workbook",
    "presentationml": "a PowerPoint presentation",
    "ms-excel": "an Excel workbook",
    "ms-powerpoint": "a PowerPoint presentation",
}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date a zip entry can hold
_STORIES = ("header", "footer", "footnotes", "endnotes")
_FOREIGN = frozenset({"aFChunk", "customXml"})  # parts that are not read, whatever is in them
STORED = frozenset({"png", "jpg", "jpeg", "gif", "zip", "docx", "xlsx", "pptx"})  # deflate gains nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One row of a .rels part; `target` is a part name, or an address when `external`."""

    id: str
    type: str  # the whole address; `kind` is its last step
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """Return the last step of the type: "header", "image", "hyperlink"."""
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A part that holds words a reader sees, and what it is: body, header, footer, footnotes or endnotes."""

    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file, by part name without leading slash, in the order of the file."""

    parts: Mapping[str, bytes]
    main_part: str
    main_type: str  # "document", "template", "macro-enabled document" or "macro-enabled template"

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relationships of `part`; of the package itself for an empty name."""
        return relationships(self.parts, part)

    def related(self, kind: str, part: str | None = None) -> str | None:
        """Return the first existing part that `part` (the main part when None) points to as `kind`."""
        for rel in self.relationships(self.main_part if part is None else part):
            if rel.kind == kind and not rel.external and rel.target in self.parts:
                return rel.target
        return None

    def stories(self) -> tuple[Story, ...]:
        """Return the parts that hold words a reader sees: the body, then headers, footers and notes as they are referred to."""
        rows = (r for r in self.relationships(self.main_part) if not r.external and r.target in self.parts)
        others = {r.target: Story(part=r.target, kind=r.kind) for r in rows if r.kind in _STORIES}
        return (Story(part=self.main_part, kind="body"), *others.values())

    def xml(self, part: str) -> etree._Element:
        """Return a fresh tree of `part`, which the caller owns and may change."""
        if part not in self.parts:
            raise PackageError(f"The file has no part named {part}.")
        root = parse_xml(self.parts[part], part)
        if part == self.main_part and root.tag != w("document"):
            raise PackageError("The main part of the file is not a document.")
        return root

    def content_type(self, part: str) -> str:
        """Return the content type of `part`, or an empty text."""
        return content_type(self.xml(CONTENT_TYPES_PART), part)

    @property
    def has_macros(self) -> bool:
        """Return whether a macro project rides along; it is never looked into."""
        return any(name.lower().endswith("vbaproject.bin") for name in self.parts)


# ------------------------------------------------------------------ reading


def read_package(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Package:
    """Read a Word package from a path or from bytes; raises `PackageError`.

    `name` is the file name that came with bytes. A macro-enabled main part is read only under a name that owns
    up to it (.docm, .dotm): under .docx, or no name, it pretends to be something else and is refused.
    """
    data, name = _load(source, name)
    parts = _as_referred_to(_inflate(_open_zip(data)))
    main = _main_part(parts)
    kind = _main_kind(parts, main)
    if kind.startswith("macro") and not (name or "").lower().endswith((".docm", ".dotm")):
        raise PackageError(
            "The file is a macro-enabled Word file that is not named so; save it as .docx without macros."
        )
    return Package(parts=MappingProxyType(parts), main_part=main, main_type=kind)


def _load(source: str | os.PathLike[str] | bytes, name: str | None) -> tuple[bytes, str | None]:
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        name = name or path.name
        try:
            if path.is_dir():
                raise PackageError(f"{path} is a folder, not a Word file.")
            if path.stat().st_size > limits().word_bytes:
                raise PackageError(f"The file is larger than {limits().word_bytes >> 20} MiB.")
            data = path.read_bytes()
        except OSError as problem:
            raise PackageError(f"{path} can't be read: {(problem.strerror or 'unknown reason').lower()}.") from None
    if len(data) > limits().word_bytes:
        raise PackageError(f"The file is larger than {limits().word_bytes >> 20} MiB.")
    return data, name


def _open_zip(data: bytes) -> zipfile.ZipFile:
    if not data.startswith(b"PK\x03\x04"):
        raise PackageError(_what_it_is(data))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise PackageError(
            "The file is damaged: it looks like a Word file, but its end is missing or broken."
        ) from None
    _check_directory(archive)
    return archive


def _what_it_is(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "The file is empty."
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16le") in data:
            return "The file is protected with a password; save a copy without one."
        return "The file is in the old Word format (.doc); save it as .docx."
    if head.startswith(b"{\\rtf"):
        return "The file is RTF under another name; save it as .docx."
    if head.startswith((b"<html", b"<!doctype html")):
        return "The file is a web page under another name; save it as .docx."
    if head.startswith(b"%pdf"):
        return "The file is a PDF; a Word file (.docx) is needed."
    if head.startswith(b"<?xml"):
        return "The file is a single XML file; save it as .docx."
    return "The file is not a Word file (.docx)."


def _check_directory(archive: zipfile.ZipFile) -> None:
    """Judge the directory before a byte is inflated."""
    entries = archive.infolist()
    if len(entries) > limits().word_entries:
        raise PackageError(f"The file has more than {limits().word_entries} parts.")
    seen: set[str] = set()
    for entry in entries:
        if entry.filename.lower() in seen:  # part names don't tell upper from lower case
            raise PackageError("The file holds two parts of the same name, so readers would disagree on its text.")
        seen.add(entry.filename.lower())
        if not entry.filename:
            raise PackageError("The file is damaged: it has a part without a name.")
        if _climbs(entry.orig_filename):
            raise PackageError("The file has a part whose name points outside of it.")
        if entry.flag_bits & 0x1:
            raise PackageError("The file has parts that are encrypted; save a copy without a password.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackageError("The file is packed in a way that Word files never are.")
        if entry.file_size > limits().word_part:
            raise PackageError(f"The file has a part that unpacks to more than {limits().word_part >> 20} MiB.")
        if entry.file_size > limits().word_ratio_from and entry.file_size > limits().word_ratio * max(
            entry.compress_size, 1
        ):
            raise PackageError(f"The file has a part that unpacks to more than {limits().word_ratio} times its size.")
    if sum(entry.file_size for entry in entries) > limits().word_total:
        raise PackageError(f"The file unpacks to more than {limits().word_total >> 20} MiB.")
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in zip(ordered, ordered[1:]):
        if entry.header_offset + 30 + entry.compress_size > following.header_offset:
            raise PackageError("The file is damaged: its parts lie over each other.")


def _climbs(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")


def _inflate(archive: zipfile.ZipFile) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = limits().word_total
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        try:
            with archive.open(entry) as stream:
                data = stream.read(min(limits().word_part, room) + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
            raise PackageError(f"The file is damaged: its part {entry.filename} can't be unpacked.") from None
        room -= len(data)
        if len(data) > limits().word_part or room < 0:
            raise PackageError(f"The file unpacks to more than {limits().word_total >> 20} MiB.")
        parts[entry.filename] = normal_xml(data) if entry.filename.lower().endswith((".xml", ".rels")) else data
    return parts


def _as_referred_to(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts under the names by which others refer to them: names are equal whatever their case, and
    whether their signs are escaped or not (ECMA-376 Part 2, 6.2.2.3)."""
    found = {unquote(name).lower(): name for name in parts}
    names = {}
    todo = [CONTENT_TYPES_PART, rels_name("")]
    seen = set(todo)
    while todo:
        wanted = todo.pop()
        actual = wanted if wanted in parts else found.get(unquote(wanted).lower())
        if actual is None:
            continue
        names[actual] = wanted
        targets = [rels_name(wanted)]
        if wanted.endswith(".rels"):
            folder, base = posixpath.split(wanted)
            source = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
            rows = relationships({wanted: parts[actual]}, source)
            targets += [row.target for row in rows if not row.external]
        todo += [t for t in targets if t not in seen]
        seen.update(targets)
    return {names.get(name, name): data for name, data in parts.items()}


def _main_part(parts: Mapping[str, bytes]) -> str:
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument."):
        raise PackageError("The file is in the OpenDocument format (.odt and its kin); save it as .docx.")
    if CONTENT_TYPES_PART not in parts:
        raise PackageError("The file is a zip archive, but not a Word file: it has no list of content types.")
    for rel in relationships(parts, ""):
        if rel.kind == "officeDocument" and not rel.external:
            if rel.target not in parts:
                break
            return rel.target
    raise PackageError("The file is damaged: its main document part is missing.")


def _main_kind(parts: Mapping[str, bytes], main: str) -> str:
    declared = content_type(parse_xml(parts[CONTENT_TYPES_PART], CONTENT_TYPES_PART), main)
    if declared in MAIN_TYPES:
        return MAIN_TYPES[declared]
    for word, maker in OTHER_MAKERS.items():
        if word in declared:
            raise PackageError(f"The file is {maker}, not a Word file.")
    raise PackageError("The file is not a Word file: its main part is of another type.")


def check_comparable(package: Package) -> None:
    """Refuse a file with a part that can't be read, or with too many paragraphs to be compared; raises `PackageError`.

    Everything that a comparison will open is opened once here, so that no later step meets a broken part.
    """
    paragraphs = sum(1 for _ in _body(package).iter(w("p")))
    if paragraphs > limits().compared:
        raise PackageError(f"The file has {paragraphs:,} paragraphs; at most {limits().compared:,} are compared.")
    opened = {r.target for r in package.relationships(package.main_part) if not r.external and r.kind not in _FOREIGN}
    opened |= {name for name in package.parts if name.endswith(".rels")} | {"docProps/core.xml"}
    for name in sorted(opened & package.parts.keys()):
        if name.endswith((".xml", ".rels")):
            package.xml(name)


def _body(package: Package) -> etree._Element:
    body = package.xml(package.main_part).find(w("body"))
    if body is None:
        raise PackageError("The main part of the file has no body.")
    return body


# --------------------------------------------------------------------- XML


def relationships(parts: Mapping[str, bytes], part: str) -> tuple[Relationship, ...]:
    """Return the relationships of `part` among `parts`; none when it has no .rels part."""
    folder = posixpath.dirname(part)
    name = rels_name(part)
    if name not in parts:
        return ()
    found = []
    for row in parse_xml(parts[name], name).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        external = row.get("TargetMode") == "External"
        target = row.get("Target", "")
        if not external:
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found.append(Relationship(id=row.get("Id", ""), type=row.get("Type", ""), target=target, external=external))
    return tuple(found)


def rels_name(part: str) -> str:
    """Return the name of the part that holds the relationships of `part`."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def content_type(types: etree._Element, part: str) -> str:
    """Return what `[Content_Types].xml` says of `part`."""
    wanted, extension = "/" + unquote(part).lower(), part.rpartition(".")[2].lower()
    default = ""
    for row in types:
        if row.tag == f"{{{CONTENT_TYPES}}}Override" and unquote(row.get("PartName", "")).lower() == wanted:
            return row.get("ContentType", "")
        if row.tag == f"{{{CONTENT_TYPES}}}Default" and row.get("Extension", "").lower() == extension:
            default = row.get("ContentType", "")
    return default


def serialize_xml(root: etree._Element) -> bytes:
    """Return a part's bytes, with the declaration Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ------------------------------------------------------------------ writing


def write_package(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """Return the zip of `parts`: fixed order and dates, so equal parts give equal bytes."""
    items = dict(parts)
    first = [name for name in (CONTENT_TYPES_PART, "_rels/.rels") if name in items]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in first + sorted(set(items) - set(first)):
            entry = zipfile.ZipInfo(name, EARLIEST)
            packed = name.rpartition(".")[2].lower() in STORED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same bytes on every operating system
            archive.writestr(entry, items[name])
    return buffer.getvalue()
