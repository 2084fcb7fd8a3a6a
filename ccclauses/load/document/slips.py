"""Slips of YAML that people make, named as what they are, with the text that they most likely meant.

Each is looked for only where YAML has already refused a text, so that none is seen in a text that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ODD_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_KEY = r"[A-Za-z_][\w.-]*"
_CURLY = "“”„«»‘’"
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip in one line: the column from 0, what was found, what would be right, and the line put right."""

    column: int
    message: str
    hint: str
    line: str


def slip_in(line: str, column: int) -> Slip | None:
    """The slip in a line at or before whose `column` YAML stopped; None when the line shows none that is known.

    -1 represents a line above that one, in which only what hides a key is looked for.
    """
    found = (slip for look in (_LOOKS if column >= 0 else _LOOKS_ABOVE) for slip in look(line, column))
    return next((slip for slip in found if slip.line != line), None)


def _odd_space(line: str, _: int) -> Iterator[Slip]:
    match = re.search(rf"(?P<before>^ *-?|(?P<key>{_KEY})[\"']?:)(?P<odd>[{ODD_SPACES}]+)", line)
    if match:
        code = f"U+{ord(match['odd'][0]):04X}"
        where = f"follows `{match['key']}:`" if match["key"] else "begins the line"
        yield Slip(
            column=match.start("odd"),
            message=f"a no-break space ({code}) {where}, where YAML needs a plain space",
            hint="type the space again; it often comes along when text is pasted",
            line=line[: match.start("odd")] + " " * len(match["odd"]) + line[match.end("odd") :],
        )


def _no_space(line: str, _: int) -> Iterator[Slip]:
    match = re.match(rf"\s*(?:- )?(?P<key>{_KEY}):(?=[^\s/:])", line)
    if match:
        yield Slip(
            column=match.end() - 1,
            message=f"no space follows the colon of `{match['key']}:`",
            hint=f"write `{match['key']}: ` and then the value",
            line=f"{line[: match.end()]} {line[match.end() :]}",
        )


def _curly(line: str, column: int) -> Iterator[Slip]:
    match = re.search(rf"(?:: |- |[\[{{,] ?)(?P<open>[{_CURLY}])", line)
    if match and re.search(r"[:#,]", line[match.start("open") :]):
        yield Slip(
            column=match.start("open"),
            message=f"`{match['open']}` is a typographic quotation mark, which YAML does not take for one",
            hint='put straight quotes (") around the text',
            line=line.translate(_QUOTES),
        )


def _after_quote(line: str, _: int) -> Iterator[Slip]:
    match = re.search(
        rf"(?P<key>{_KEY}): *(?P<text>(?P<sign>[\"'])[^\"']*(?P=sign)(?P<rest> *[^\s,}}\]#:].*?))(?=, *{_KEY}: |[}}\]]|\s+#|$)",
        line,
    )
    if match:
        text, sign = match["text"].rstrip(), match["sign"]
        what = "an apostrophe" if sign == "'" and not match["rest"].startswith(" ") else "a quotation mark"
        inner = text[1:-1] if sign == "'" and text.endswith("'") else text
        other = '"' if sign == "'" else "'"
        yield Slip(
            column=match.start("rest"),
            message=f"{what} closes the value of `{match['key']}` here, and more text follows",
            hint=f"put the other quotes around the whole: `{match['key']}: {other}{inner}{other}`",
            line=f"{line[: match.start('text')]}{other}{inner}{other}{line[match.start('text') + len(text) :]}",
        )


def _inner_colon(line: str, column: int) -> Iterator[Slip]:
    for found in re.finditer(r":(?= |$)", line):
        if re.search(rf"[,{{] *{_KEY}$", line[: found.start()]):
            continue  # the colon of the next key
        before = re.search(
            rf"(?:^\s*(?:- )?|[{{,] *)(?P<key>{_KEY}): +(?P<text>[^\s\"'{{\[][^{{}}\[\]]*?)$", line[: found.start()]
        )
        if before and (found.start() >= column or "{" in line):
            yield _to_quote(line, before["key"], before.start("text"), found.start(), ": ", "a colon and a space")
            return


def _comment(line: str, column: int) -> Iterator[Slip]:
    for found in re.finditer(r"(?<=\s)#", line):
        before = re.search(rf"(?P<key>{_KEY}): +(?P<text>[^\s\"'{{\[][^{{}}\[\]]*?)\s+$", line[: found.start()])
        if before and re.search(r"[}\]]", line[found.end() :]):
            yield _to_quote(line, before["key"], before.start("text"), found.start(), " #", "which begins a comment")
            return


def _to_quote(line: str, key: str, start: int, at: int, sign: str, why: str) -> Slip:
    """A value that needs quotes, because it holds `sign` at `at`."""
    inside = line.count("{", 0, start) > line.count("}", 0, start)
    ends = re.compile(rf"(?=, *{_KEY}: |[}}\]])" if inside else r"(?=\s+#|$)")
    end = found.start() if (found := ends.search(line, at)) else len(line)
    text = line[start:end].rstrip()
    quoted = f'"{text}"' if '"' not in text else "'" + text.replace("'", "''") + "'"
    shown = quoted if len(quoted) <= 60 else f'"{text[:40]}…"'
    return Slip(
        column=start,
        message=f"the value of `{key}` holds `{sign}` ({why}), and has no quotes around it",
        hint=f"write `{key}: {shown}`",
        line=line[:start] + quoted + line[start + len(text) :],
    )


_LOOKS: tuple[Callable[[str, int], Iterator[Slip]], ...] = (
    _odd_space,
    _curly,
    _after_quote,
    _comment,
    _inner_colon,
    _no_space,
)
_LOOKS_ABOVE = (_odd_space, _no_space)
