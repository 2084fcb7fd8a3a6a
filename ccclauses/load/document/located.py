"""YAML text to nodes that know their file, line and column; whatever is unsafe or unclear is refused here, once.

Scalars are left as they are written: the schema types them, since YAML's own guess turns Norway into "no".
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml import Mark as Mark
from yaml.nodes import MappingNode as MappingNode
from yaml.nodes import Node as Node
from yaml.nodes import ScalarNode as ScalarNode
from yaml.nodes import SequenceNode as SequenceNode

from ...common.limits import limits
from ...model.diagnostic import Diagnostic, Position
from .slips import slip_in


# libyaml, where PyYAML was built with it, is some ten times as quick as PyYAML's own reader.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # which of the two, is known at run time
    """A loader that does not guess types: the schema knows them, and guessing takes a third of the time."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


# Characters that can't be printed, that templates use as their own marks (private use), that Word's XML can't hold,
# that break lines for some programs only, or that show a text in another order than it is written.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ue000-\uf8ff\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000f0000-\U0010ffff]"
)
_PLAIN = bytes((9, 10, 13, *range(0x20, 0x7F)))  # what of ASCII is not among them

# Cheap signs that a file might hold an anchor, a tag, deep nesting or very many values; only then is it inspected.
# Those for which a whole text has to be searched slowly are looked for only where the character they need is there.
_ANCHOR_OR_TAG = re.compile(r"(?:&(?=\S)|!)(?<=[\s,\[{].)(?<!\w .)")
_DEEP_BLOCK = (" " * 150, "- - -", "-  ", "-\t")
_DEEP_KEYS = ("- ?", "? -", "? ?", "?  ", "?\t")
_DEEP_FLOW = 1_000

_MOST_SLIPS = 20  # that are put right in one text
# What YAML says of a text in which a slip may be.
_SLIPPED = ("mapping values", "expected ',' or", "could not find expected ':'", "did not find expected", "expected <block end>",
            "cannot start any token", "unexpected end of stream")  # fmt: skip
_SEARCHED = 5  # lines before the one at which YAML stopped

_PROBLEMS = (  # of YAML's messages: what it means to a person, and what would be right
    ("mapping values are not allowed", "a colon was found where none is expected",
     "put quotes around a text that holds a colon, or check the indentation"),
    ("cannot start any token", "a value can't start with this character", "put quotes around the value"),
    ("expected ',' or ']'", "a list that was opened with `[` is not closed", "close it with `]`"),
    ("expected ',' or '}'", "a group of keys that was opened with `{` is not closed", "close it with `}`"),
    ("did not find expected node content", "a value is missing here", "write it, and close what `[` or `{` opened"),
    ("expected the node content", "a value is missing here", "write it, and close what `[` or `{` opened"),
    ("unexpected end of stream", "a quotation mark is not closed", "close it, or write the text without quotes"),
    ("expected '-' indicator", "this line does not line up with the list above it", "check the indentation"),
    ("did not find expected key", "this line does not line up with the keys above it",
     "check the indentation, and that quotes close at the end of a value"),
    ("could not find expected ':'", "a key must be followed by a colon", "write `key: value`"),
    ("expected <block end>", "this line does not line up with the lines above it",
     "check the indentation, and that quotes close at the end of a value"),
    ("sequence entries are not allowed", "a list can't start on the line of its key",
     "start each entry with `- ` on a line of its own"),
    ("unknown escape character", "a backslash in double quotes starts a code that is unknown", "use single quotes"),
    ("undefined alias", "a value that starts with `*` is an alias, and aliases are not used here",
     "put quotes around the value"),
    ("duplicate anchor", "anchors and aliases are not used here", "write the value where it is needed"),
    ("but found another document", "the file holds more than one document", "remove the line `---`, or split the file"),
)  # fmt: skip


class _Source(io.StringIO):
    """A text that gives libyaml the file's name, so that every node knows its file."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


def position(node: Node) -> Position:
    """Where a node starts."""
    mark = node.start_mark
    return Position(file=mark.name, line=mark.line + 1, column=mark.column + 1)


def read_bytes(path: Path) -> tuple[bytes, list[Diagnostic]]:
    """The bytes of a file, or why they can't be had."""
    at = Position(file=str(path))
    try:
        if not path.is_file():
            what = "this is a folder, not a file" if path.is_dir() else "there is no such file"
            return b"", [Diagnostic(rule="unreadable-file", message=what, at=at)]
        with path.open("rb") as stream:
            data = stream.read(limits().text_bytes + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "its name is not valid"
        return b"", [Diagnostic(rule="unreadable-file", message=f"the file can't be read: {reason}", at=at)]
    if len(data) > limits().text_bytes:
        return b"", [_too_large(at)]
    return data, []


def _too_large(at: Position) -> Diagnostic:
    size = f"{limits().text_bytes / 1024 / 1024:g} MiB"
    return Diagnostic(
        rule="file-too-large",
        message=f"the file is larger than {size}",
        at=at,
        hint="split it, or check that it is the right file",
    )


# How files begin that are opened by mistake where a text is meant.
_NO_TEXTS = {
    b"PK\x03\x04": "a Word file, a workbook or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file, an old workbook or an encrypted one",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def decode(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """The text of a UTF-8 file, without a byte order mark."""
    for start, kind in _NO_TEXTS.items():
        if data.startswith(start):
            hint = "name the text file that is meant, such as a profile (.yaml)"
            return "", [
                Diagnostic(rule="not-text", message=f"this is {kind}, not a text", at=Position(file=file), hint=hint)
            ]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    at = Position(file=file, line=line, column=column)
    return "", [
        Diagnostic(rule="not-utf-8", message="the file is not written in UTF-8", at=at, hint="save it again as UTF-8")
    ]


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of a YAML text, and each reason why it can't be read as it is written.

    A slip whose meaning is plain is reported and read as it was meant: then there are both a root and problems.
    """
    found = _bad_characters(text, file)
    if not found and len(text) > limits().text_bytes:
        found = [_too_large(Position(file=file))]
    if not found and _suspicious(text):
        found = _inspect(text, file)
    if found:
        return None, found
    slips: list[Diagnostic] = []
    while True:
        try:
            root = _compose(text, file)
            break
        except yaml.YAMLError as problem:
            slip, mended = _slip(problem, file, text)
            if slip is None or len(slips) == _MOST_SLIPS:
                return None, [*slips, _not_yaml(problem, file, text)]
            # The rest is read as it was most likely meant, so that one run reports everything.
            slips.append(slip)
            text = mended
        except RecursionError:  # pragma: no cover - only PyYAML's own reader, and only past a lowered recursion limit
            return None, [*slips, _too_deep(Position(file=file))]
    if root is None:
        empty = Diagnostic(rule="empty-file", message="the file is empty", at=Position(file=file))
        return None, [empty]
    return root, sorted(slips, key=lambda d: d.at)


def _slip(problem: yaml.YAMLError, file: str, text: str) -> tuple[Diagnostic | None, str]:
    """The known slip behind a refusal, with the text put right; none when the place shows none."""
    mark, context = getattr(problem, "problem_mark", None), getattr(problem, "context_mark", None)
    reason = str(getattr(problem, "problem", ""))
    if mark is None or not any(sign in reason for sign in _SLIPPED):
        return None, text
    lines = text.split("\n")
    first = context.line if context and context.line <= mark.line else mark.line
    for number in range(min(mark.line, len(lines) - 1), max(0, mark.line - _SEARCHED) - 1, -1):
        column = mark.column if number == mark.line else 0 if number >= first else -1
        if slip := slip_in(lines[number], column):
            lines[number] = slip.line
            at = Position(file=file, line=number + 1, column=slip.column + 1)
            return Diagnostic(rule="not-yaml", message=slip.message, at=at, hint=slip.hint), "\n".join(lines)
    return None, text


def _compose(text: str, file: str) -> Node | None:
    loader = _Loader(_Source(text, file))
    try:
        node: Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _bad_characters(text: str, file: str) -> list[Diagnostic]:
    if text.isascii() and not text.encode().translate(None, delete=_PLAIN):
        return []  # most texts; a search through the pattern takes ten times as long
    match = _REFUSED.search(text)
    if not match:
        return []
    start = match.start()
    at = Position(file=file, line=text.count("\n", 0, start) + 1, column=start - text.rfind("\n", 0, start))
    return [refused_character(match[0], at)]


def refused_character(character: str, at: Position) -> Diagnostic:
    """The diagnostic for a character that no input may hold."""
    code = f"U+{ord(character):04X}"
    return Diagnostic(
        rule="refused-character",
        message=f"the character {code} can't be printed and is not allowed",
        at=at,
        hint="delete it; it often comes along when text is pasted",
    )


def first_refused(text: str) -> str:
    """The first character of `text` that no input may hold, or an empty string."""
    match = _REFUSED.search(text)
    return match[0] if match else ""


def _suspicious(text: str) -> bool:
    return bool(
        text.count("[") + text.count("{") > _DEEP_FLOW
        or (len(text) > limits().text_values // 2 and _values(text) > limits().text_values // 2)
        or text.startswith(("&", "!"))
        or (("&" in text or "!" in text) and _ANCHOR_OR_TAG.search(text))
        or any(sign in text for sign in _DEEP_BLOCK)
        or ("?" in text and any(sign in text for sign in _DEEP_KEYS))
    )


def _values(text: str) -> int:
    """Roughly how many values a text holds: never more than it has characters."""
    return sum(map(text.count, ("[", "{", "\n", ",", ": ", "- ")))


def _inspect(text: str, file: str) -> list[Diagnostic]:
    """What the events of a text reveal that its nodes hide, and what must be known before nodes are made.

    libyaml builds nodes by recursion in C, so that a file nested deep enough would end the whole program.
    """
    depth = values = 0
    try:
        for event in _events(text, file):
            mark = event.start_mark
            assert mark is not None  # every event of a text has one
            at = Position(file=file, line=mark.line + 1, column=mark.column + 1)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return [Diagnostic(rule="alias", message="anchors and aliases are not used here", at=at,
                                   hint="write the value again, or quote a text that starts with `&`")]  # fmt: skip
            if getattr(event, "tag", None):
                return [Diagnostic(rule="tag", message="tags are not used here", at=at,
                                   hint="put quotes around a text that starts with `!`")]  # fmt: skip
            if isinstance(event, yaml.NodeEvent):
                values += 1
                if values > limits().text_values:
                    message = f"the file holds more than {limits().text_values:,} values"
                    return [Diagnostic(rule="too-many-values", message=message, at=at)]
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > limits().text_depth:
                    return [_too_deep(at)]
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as problem:
        return [_not_yaml(problem, file, text)]
    return []


def _events(text: str, file: str) -> Iterator[yaml.Event]:
    loader = _Loader(_Source(text, file))
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _too_deep(at: Position) -> Diagnostic:
    return Diagnostic(
        rule="too-deep",
        message=f"lists and keys are nested more than {limits().text_depth} deep inside each other",
        at=at,
    )


def _not_yaml(problem: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    reason = str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it can't be read")
    mark, context = getattr(problem, "problem_mark", None), getattr(problem, "context_mark", None)
    message, hint = f"this is not YAML: {reason}", ""
    for sign, meaning, remedy in _PROBLEMS:
        if sign in reason:
            message, hint = meaning, remedy
            break
    if "is not closed" in message and context and mark:
        mark = _opening(context, mark)
    elif mark and "can't start" in message:
        message, hint = _bad_start(text, mark, message, hint)
    lines = text.count("\n") + 1
    line = min(mark.line + 1, lines) if mark else 1
    at = Position(file=file, line=line, column=mark.column + 1 if mark else 1)
    return Diagnostic(rule="not-yaml", message=message, at=at, hint=hint)


def _opening(context: yaml.Mark, mark: yaml.Mark) -> yaml.Mark:
    # Where the list, group or quotation begins says more than the end of the file, where its lack was noticed.
    return context if context.line <= mark.line else mark


def _bad_start(text: str, mark: yaml.Mark, message: str, hint: str) -> tuple[str, str]:
    lines = text.splitlines()
    character = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    if character == "\t":
        return "a tab can't indent a line", "use spaces"
    return (message.replace("this character", f"`{character}`"), hint) if character else (message, hint)


def block_start(node: ScalarNode, text: str) -> tuple[int, int]:
    """Line and column, from 1, at which the content of a scalar begins in the file whose text is given."""
    mark = node.start_mark
    if node.style not in ("|", ">"):
        return mark.line + 1, mark.column + (2 if node.style else 1)
    start = text.find("\n", mark.index) + 1
    for content in node.value.split("\n"):
        end = text.find("\n", start)
        if content.strip():
            written = text[start : end if end >= 0 else None].rstrip("\r")
            return mark.line + 2, len(written) - len(content) + 1
        start = end + 1
    return mark.line + 2, 1
