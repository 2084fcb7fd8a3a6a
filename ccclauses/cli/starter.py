"""A file to double-click that opens the page over a folder of deals, for people who never open a terminal."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter: its file name, its text, and whether it has to be marked as a program."""

    name: str
    text: str
    program: bool


def starter(folder: Path, python: str, system: str) -> Starter:
    """The starter for a system (`linux`, `darwin`, `win32`) that runs `python` over `folder`, an absolute path.

    Raises ValueError for a path that the system's starters can't hold.
    """
    where = str(folder)
    if any(ord(c) < 32 for c in where + python):
        raise ValueError("its path holds a line break or another character that no starter can hold")
    command = [python, "-m", "ccclauses", "serve", where, "--open"]
    if system == "win32":
        if any(c in where + python for c in '"%'):
            raise ValueError("its path holds \" or %, which a starter for Windows can't hold")
        words = " ".join(f'"{part}"' for part in command)
        return Starter(
            "Security Annex.cmd",
            f"@echo off\r\nchcp 65001 >nul\r\ntitle Security Annex\r\n{words}\r\nif errorlevel 1 pause\r\n",
            False,
        )
    if system == "darwin":
        return Starter("Security Annex.command", f"#!/bin/sh\nexec {shlex.join(command)}\n", True)
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Security Annex",
        "Comment=Security annexes for call centres",
        f"Exec={' '.join(map(_desktop, command))}",
        "Terminal=true",  # its window says that the page runs, and closing it ends the program
        "Categories=Office;",
    )
    return Starter("security-annex.desktop", "\n".join(lines) + "\n", True)


def _desktop(word: str) -> str:
    """A word of a desktop entry's command: quoted as its specification has it, and `%` doubled."""
    inner = "".join(f"\\{c}" if c in '"`$\\' else c for c in word)
    quoted = f'"{inner}"'.replace("\\", "\\\\")  # the value of a key is unescaped first
    return quoted.replace("%", "%%")
