"""Names of countries and of their parts (ISO 3166), as annexes print them and as they are found again."""

from __future__ import annotations

import json
import re
import unicodedata
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
    return _printed(code, row) if row else code


# Names that a sentence gives an article; ISO 3166-1.
_WITH_ARTICLE = frozenset(
    "AE AX BS CC CD CF CK DO FK FO GB GM IM IO KM KY MH MP MV NL PH SB TC TF UM US VA VG VI".split()
)
# Names that ISO 3166 gives in another language or with their words turned round.
_ENGLISH = {
    "CD": "Democratic Republic of the Congo", "VG": "British Virgin Islands", "VI": "United States Virgin Islands",
    "DE-BY": "Bavaria", "DE-HE": "Hesse", "DE-NI": "Lower Saxony", "DE-NW": "North Rhine-Westphalia",
    "DE-RP": "Rhineland-Palatinate", "DE-SN": "Saxony", "DE-ST": "Saxony-Anhalt", "DE-TH": "Thuringia",
    "ES-AN": "Andalusia", "ES-CT": "Catalonia", "ES-PV": "the Basque Country", "ES-NC": "Navarre", "CA-QC": "Quebec",
    "GB-WLS": "Wales", "ES-CN": "the Canary Islands", "ES-IB": "the Balearic Islands",
}  # fmt: skip
_OF_THE_UNITED_KINGDOM = ("GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR")  # which a contract names alone


def in_sentence(code: str) -> str:
    """The name of a country or place as a sentence has it: "the United Kingdom", "England", "Hesse, Germany"."""
    name = place_name(code)
    return f"the {name}" if code in _WITH_ARTICLE else name


def place_name(code: str) -> str:
    """The name of an ISO 3166 place, such as "England" for GB-ENG and "Bavaria, Germany" for DE-BY."""
    if "-" not in code:
        return country_name(code)
    row = _by_code(2).get(code)
    if row is None:
        return code
    name = _printed(code, row)
    return name if code in _OF_THE_UNITED_KINGDOM else f"{name}, {country_name(code[:2])}"


@lru_cache(maxsize=256)
def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country by its short or its full English name, an article before it or not; else empty."""
    bare = name.removeprefix("the ")
    return next((c for c, row in _by_code(1).items() if bare in _names(c, row) or name in _names(c, row)), "")


def zone_place(zone: str) -> str:
    """The place after which a time zone is named, as a contract prints it: "London" for Europe/London."""
    return zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=64)
def zone_at(place: str) -> str:
    """The time zone named after a place; empty where none is."""
    import zoneinfo  # only when an annex is read back

    return next((z for z in sorted(zoneinfo.available_timezones()) if "/" in z and zone_place(z) == place), "")


@lru_cache(maxsize=256)
def place_code(name: str) -> str:
    """The ISO 3166 code of a place by the name that annexes print for it; empty for a name of no place."""
    name = name.removeprefix("the ")
    for code in _OF_THE_UNITED_KINGDOM:
        if name == place_name(code):
            return code
    part, comma, country = name.rpartition(", ")
    code = country_code(country)
    if not comma or not code:
        return code or country_code(name)
    parts = ((c, row) for c, row in _by_code(2).items() if c.startswith(f"{code}-"))
    return next((c for c, row in parts if {part, f"the {part}"} & set(_names(c, row))), "")


@lru_cache(maxsize=2)
def _by_code(table: int) -> Mapping[str, Row]:
    """The row of each code of ISO 3166-1 or 3166-2; an annex prints a few of some five thousand names."""
    key = "alpha_2" if table == 1 else "code"
    return {row[key]: row for row in _rows(table)}


def _printed(code: str, row: Row) -> str:
    """The name of a place as English writes it: without macrons, and with its words in their order."""
    if code in _ENGLISH:
        return _ENGLISH[code]
    name = row.get("common_name", row["name"])
    if len(code) == 2:
        return name
    head, comma, tail = name.partition(", ")
    if comma and " [" not in name:
        name = f"{tail} {head}"
    if _MACRON_LETTERS.search(name):
        bare = "".join(c for c in unicodedata.normalize("NFD", name) if c != _MACRON)
        name = unicodedata.normalize("NFC", bare)
    return name


def _names(code: str, row: Row) -> tuple[str, ...]:
    """Each name by which annexes may call a place, those of earlier versions among them."""
    return (_printed(code, row), row["name"], row.get("common_name", row["name"]))


_MACRON = "\u0304"
_MACRON_LETTERS = re.compile("[āēīōūĀĒĪŌŪ]")


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
