"""Hostile Word files through every command that reads one: refused in plain words or read, never an exception."""

from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.limits import Limits, under
from ccclauses.ooxml.package.package import check_comparable, read_package, write_package
from ccclauses.ooxml.package.parse import PackageError

from .word_files import PLAIN, READ, REFUSED, parts

COMMANDS = {
    "read": ("{file}",),
    "review": ("{sound}", "{file}"),
    "diff": ("{sound}", "{file}"),
    "redline": ("{sound}", "{file}", "-o", "{output}"),
    "redline back": ("{file}", "{sound}", "-o", "{output}"),
    "verify": ("{file}", "--against", "{sound}"),
    "lint": ("{file}",),
    "obligations": ("{file}",),
}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def outcome(name: str, tmp_path):
    """What a command says of hostile.docx beside it."""
    (tmp_path / "sound.docx").write_bytes(write_package(parts(PLAIN.replace("PLAIN", "SOUND"))))
    places = {"file": tmp_path / "hostile.docx", "sound": tmp_path / "sound.docx", "output": tmp_path / "made.docx"}
    arguments = [a.format(**places) for a in COMMANDS[name]]
    result = CliRunner().invoke(cli, [name.split()[0], *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), (name, result.exc_info)
    return result


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_by_every_command(kind, tmp_path):
    data, said = REFUSED[kind]
    (tmp_path / "hostile.docx").write_bytes(data)
    for name in COMMANDS:
        result = outcome(name, tmp_path)
        if name == "lint" and kind in ("broken comments", "broken header"):
            continue
        assert result.exit_code != 0, name
        assert not (tmp_path / "made.docx").exists()
    assert said in outcome("read", tmp_path).output


@pytest.mark.parametrize("kind", READ)
def test_read_by_every_command(kind, tmp_path):
    found, holds, never = READ[kind]
    (tmp_path / "hostile.docx").write_bytes(write_package(found))
    for name in COMMANDS:
        (tmp_path / "made.docx").unlink(missing_ok=True)
        result = outcome(name, tmp_path)
        assert name == "obligations" or "unreadable-file" not in result.output, (name, result.output)
    told = outcome("read", tmp_path).output
    assert holds in told and (not never or never not in told.split("Notes")[0])


@pytest.mark.parametrize(
    "kind, told",
    [
        ("template outside", "127.0.0.1"),
        ("picture outside", "127.0.0.1"),
        ("network share", "192.0.2.1"),
        ("another file", "altChunk"),
        ("macro part", "macros"),
    ],
)
def test_what_a_file_reaches_for_is_told(kind, told, tmp_path):
    (tmp_path / "hostile.docx").write_bytes(write_package(READ[kind][0]))
    assert told in outcome("read", tmp_path).output


def test_a_file_of_too_many_paragraphs_is_not_compared():
    package = read_package(write_package(parts(PLAIN * 30)))
    with under(Limits(compared=20)), pytest.raises(PackageError, match="31 paragraphs|30 paragraphs"):
        check_comparable(package)
    with under(Limits(compared=30)):
        check_comparable(package)
