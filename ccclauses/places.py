"""Names of countries and of their parts (ISO 3166), as annexes print them and as they are found again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

Row = Mapping[str, str]
# Names that people write for countries which an annex names otherwise.
OTHER_NAMES: Mapping[str, str] = {
    "Britain": "GB", "British Virgin Islands": "VG", "Brunei": "BN", "Burma": "MM", "Cape Verde": "CV",
    "Caribbean Netherlands": "BQ", "Congo - Brazzaville": "CG", "Congo - Kinshasa": "CD", "England": "GB",
    "Ivory Coast": "CI", "Macau": "MO", "Micronesia": "FM", "Palestine": "PS", "Russia": "RU", "UK": "GB",
    "U.S. Virgin Islands": "VI", "USA": "US", "Vatican City": "VA",
}  # fmt: skip


def country_name(code: str) -> str:
    """The short English name of an ISO 3166-1 country, or the code when it names none."""
    row = _by_code(1).get(code)
    return _printed(row) if row else code


def place_name(code: str) -> str:
    """The name of an ISO 3166 place, such as "England" for GB-ENG and "Bavaria, Germany" for DE-BY."""
    if "-" not in code:
        return country_name(code)
    row = _by_code(2).get(code)
    return f"{_printed(row)}, {country_name(code[:2])}" if row else code


@lru_cache(maxsize=256)
def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country by its short or its full English name; empty for a name of none."""
    return next((code for code, row in _by_code(1).items() if name in (_printed(row), row["name"])), "")


@lru_cache(maxsize=256)
def place_code(name: str) -> str:
    """The ISO 3166 code of a place by the name that annexes print for it; empty for a name of no place."""
    part, comma, country = name.rpartition(", ")
    code = country_code(country)
    if not comma or not code:
        return code
    parts = ((c, row) for c, row in _by_code(2).items() if c.startswith(f"{code}-"))
    return next((c for c, row in parts if part in (_printed(row), row["name"])), "")


@lru_cache(maxsize=2)
def _by_code(table: int) -> Mapping[str, Row]:
    """The row of each code of ISO 3166-1 or 3166-2; an annex prints a few of some five thousand names."""
    key = "alpha_2" if table == 1 else "code"
    return {row[key]: row for row in _rows(table)}


def _printed(row: Row) -> str:
    return row.get("common_name", row["name"])


def _rows(table: int) -> Iterable[Row]:
    """The rows of a table of pycountry's. Reading the file takes a fifth of the time that the package itself takes to
    import and to read it, which every command that prints an annex would wait for."""
    spec = find_spec("pycountry")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder) / "databases" / f"iso3166-{table}.json"
        if file.is_file():
            rows: list[Row] = json.loads(file.read_bytes())[f"3166-{table}"]
            return rows
    import pycountry  # a distribution may keep the tables elsewhere, or the packages in a zip file

    return [dict(row) for row in (pycountry.countries if table == 1 else pycountry.subdivisions)]
