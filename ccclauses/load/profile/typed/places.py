"""Countries, places with their own holidays, time zones and languages by the names that people give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ....common.places import OTHER_NAMES, country_name, place_name, zone_place
from ....model.diagnostic import nearest
from ...places import COUNTRIES, PLACES, TIME_ZONE_OF
from .reading import Habits, Meant, Typed, folded, one, several, tidy, unread

# In which names of countries are known: those of the places where call centres are bought and run.
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "bg", "hr",
              "sl", "lt", "lv", "et", "el", "ga", "mt", "tr", "uk", "ja", "hi", "zh")  # fmt: skip
_ALSO = {
    "GB": "great britain|gb|united kingdom of great britain|scotland|wales|northern ireland|england and wales|britain|ulster",
    "US": "america|united states|usa|the states|us of a",
    "IE": "eire|republic of ireland|southern ireland|irish republic",
    "NL": "holland|the netherlands", "CZ": "czech republic|czechia", "TR": "turkey|turkiye", "MK": "macedonia",
    "SZ": "swaziland", "AE": "uae|emirates|the emirates|dubai|abu dhabi", "SA": "ksa", "CN": "prc|mainland china",
    "KR": "rok|republic of korea", "ZA": "rsa|sa", "PH": "philippine islands|phillipines|philipines", "TW": "republic of china",
    "VN": "viet nam", "NZ": "aotearoa", "CD": "drc", "CH": "swiss|switzerland",
}  # fmt: skip
_TWO = {"korea": ("KR", "KP"), "congo": ("CG", "CD"), "ireland and northern ireland": ("IE", "GB"),
        "st martin": ("MF", "SX"), "saint martin": ("MF", "SX"), "virgin islands": ("VG", "VI")}  # fmt: skip
_GROUPS = {"eu", "eea", "european union", "europe", "uk and eu", "asia", "africa", "worldwide", "global", "anywhere",
           "apac", "emea", "latam", "nordics", "benelux", "scandinavia", "channel islands"}  # fmt: skip


def country(text: str, habits: Habits) -> Typed:
    """A country by its code or by its name in one of many languages."""
    said, name = text.strip(), folded(text)
    if said in COUNTRIES:
        return one(text, said, country_name(said))
    if name in _GROUPS:
        return unread(text, f"“{said}” is not one country; name each country that is meant", "Germany")
    codes = _TWO.get(name) or _country_codes(name)
    if codes:
        return several(text, [Meant(c, country_name(c)) for c in codes])
    close = _close(name, _countries())
    if close:
        code = _countries()[close]
        return several(text, [Meant(code, country_name(code))], why=f"we know no country “{said}”")
    return unread(text, f"we know no country “{said}”", "United Kingdom")


def _country_codes(name: str) -> tuple[str, ...]:
    known = _countries()
    code = known.get(name) or known.get(name.removeprefix("the ")) or known.get(f"the {name}")
    code = code or (name.upper() if name.upper() in COUNTRIES else "")
    return (code,) if code else ()


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """The code of each country by its folded name."""
    from babel import Locale

    names = {folded(country_name(code)): code for code in COUNTRIES}
    names |= {folded(other): code for other, code in OTHER_NAMES.items()}
    names |= {other: code for code, others in _ALSO.items() for other in others.split("|")}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in COUNTRIES:
                names.setdefault(folded(name), code)
    return names


def place(text: str, habits: Habits) -> Typed:
    """A country, or a part of one that has public holidays of its own: "Bavaria", "England", "New York"."""
    said, name = text.strip(), folded(text)
    head, _, part = said.upper().partition("-")
    if head in COUNTRIES and (not part or part in PLACES.get(head, ())):
        return one(text, said.upper(), place_name(said.upper()))
    codes = _parts().get(name, ()) or _parts().get(name.partition(",")[0], ())
    found = [Meant(c, place_name(c)) for c in codes]
    found += [Meant(c, country_name(c)) for c in _country_codes(name) if name not in _parts_alone()]
    at_home = [m for m in found if habits.country and m.text.startswith(habits.country)]
    if found:
        return several(text, at_home or found)
    return unread(text, f"we know no place “{said}” with public holidays of its own", "England")


@lru_cache(maxsize=1)
def _parts() -> dict[str, tuple[str, ...]]:
    """The codes of each part of a country by its folded name, in English and in its own language."""
    from ....common.places import _by_code, _names

    names: dict[str, tuple[str, ...]] = {}
    rows = _by_code(2)
    for head, parts in PLACES.items():
        for code in (f"{head}-{part}" for part in parts):
            if code in rows:
                for name in {folded(n) for n in (*_names(code, rows[code]), place_name(code).partition(",")[0])}:
                    names[name] = (*names.get(name, ()), code)
    return names


def _parts_alone() -> frozenset[str]:
    """Names that mean the part, and the country only where a country is asked for."""
    return frozenset(folded(place_name(code)) for code in ("GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"))


# Abbreviations that several places share represent that of the country, else for all of them.
_ZONES: dict[str, tuple[str, ...]] = {
    "gmt": ("Europe/London", "UTC"), "bst": ("Europe/London",), "uk time": ("Europe/London",), "utc": ("UTC",), "z": ("UTC",),
    "greenwich mean time": ("Europe/London", "UTC"), "zulu": ("UTC",),
    "cet": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Warsaw"),
    "cest": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Warsaw"), "mez": ("Europe/Berlin",),
    "mesz": ("Europe/Berlin",), "eet": ("Europe/Bucharest", "Europe/Sofia", "Europe/Athens"), "wet": ("Europe/Lisbon",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"), "india standard time": ("Asia/Kolkata",),
    "et": ("America/New_York",), "est": ("America/New_York",), "edt": ("America/New_York",),
    "eastern": ("America/New_York",), "us eastern": ("America/New_York",), "ct": ("America/Chicago",),
    "cst": ("America/Chicago", "Asia/Shanghai"), "cdt": ("America/Chicago",), "central": ("America/Chicago",),
    "mst": ("America/Denver",), "mt": ("America/Denver",), "mountain": ("America/Denver",), "pst": ("America/Los_Angeles",),
    "pdt": ("America/Los_Angeles",), "pt": ("America/Los_Angeles",), "pacific": ("America/Los_Angeles",),
    "sast": ("Africa/Johannesburg",), "pht": ("Asia/Manila",), "sgt": ("Asia/Singapore",), "aest": ("Australia/Sydney",),
    "jst": ("Asia/Tokyo",), "hkt": ("Asia/Hong_Kong",), "gst": ("Asia/Dubai",), "msk": ("Europe/Moscow",),
}  # fmt: skip
# Large cities after which no time zone is named.
_CITIES = {
    "Europe/Berlin": "frankfurt munich münchen hamburg cologne köln leipzig dresden stuttgart düsseldorf bonn",
    "Europe/London": "manchester birmingham leeds glasgow edinburgh cardiff belfast newcastle liverpool bristol sheffield",
    "Europe/Dublin": "cork galway limerick", "Europe/Paris": "lyon marseille toulouse lille", "Europe/Madrid": "barcelona seville valencia",
    "Europe/Warsaw": "krakow kraków wroclaw wrocław gdansk gdańsk", "Europe/Rome": "milan milano turin", "Europe/Zurich": "geneva basel bern",
    "Asia/Kolkata": "mumbai delhi new.delhi bangalore bengaluru chennai hyderabad pune gurgaon gurugram noida bombay calcutta",
    "Asia/Manila": "cebu makati davao quezon.city", "Africa/Johannesburg": "cape.town durban pretoria",
    "America/New_York": "boston miami atlanta washington philadelphia charlotte orlando tampa", "America/Chicago": "dallas houston austin san.antonio",
    "America/Los_Angeles": "san.francisco seattle san.diego las.vegas portland", "America/Toronto": "ottawa montreal montréal quebec",
    "Europe/Amsterdam": "rotterdam the.hague utrecht", "Australia/Sydney": "canberra",
}  # fmt: skip


def time_zone(text: str, habits: Habits) -> Typed:
    """A time zone by its name, a city, a country with one alone, or an abbreviation."""
    said, name = text.strip(), folded(text).removesuffix(" time").strip()
    zones = _zones()
    exact = zones.get(said.casefold().replace(" ", "_"), ())
    if re.match(r"(?:utc|gmt)?\s*[+-]\s*\d", name.replace("utc ", "utc -")) or re.search(r"[+-]\s?\d", tidy(said)):
        return unread(text, f"“{said}” does not say when clocks change; name the city whose clocks count", "London")
    found = exact or _ZONES.get(name, ()) or zones.get(name, ())
    if habits.country and len(found) > 1:
        home = TIME_ZONE_OF.get(habits.country, "")
        found = (home,) if home in found else found
    if not found:
        of = (c for c in _country_codes(name) if TIME_ZONE_OF.get(c))
        found = tuple(TIME_ZONE_OF[c] for c in of)
    if found:
        return several(text, [Meant(z, f"{zone_place(z)} time" if "/" in z else z) for z in found])
    codes = _country_codes(name)
    if codes:
        return unread(text, f"{country_name(codes[0])} has several time zones; name a city", "New York")
    if close := _close(name, zones):
        zone = zones[close][0]
        return several(text, [Meant(zone, f"{zone_place(zone)} time")], why=f"we know no time zone “{said}”")
    return unread(text, f"we know no time zone “{said}”", "London")


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """Time zones by their full name and by the place after which each is named."""
    import zoneinfo

    known = sorted(z for z in zoneinfo.available_timezones() if z.partition("/")[0] in _REGIONS or z == "UTC")
    names: dict[str, tuple[str, ...]] = {z.casefold(): (z,) for z in known}
    for zone in known:
        names.setdefault(folded(zone_place(zone)), (zone,))
    for zone, cities in _CITIES.items():
        names |= {folded(city.replace(".", " ")): (zone,) for city in cities.split()}
    return names


_REGIONS = frozenset(
    ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)
_REGION_OF = {"british": "GB", "uk": "GB", "american": "US", "us": "US", "australian": "AU", "irish": "IE", "indian": "IN",
              "canadian": "CA", "south african": "ZA", "international": "GB", "swiss": "CH", "austrian": "AT"}  # fmt: skip


def language(text: str, habits: Habits) -> Typed:
    """A language by its name or tag (BCP 47); of a kind that the deal leaves open, that of the governing law."""
    said, bare = text.strip(), tidy(text)
    region, name = "", folded(bare)
    tag = re.fullmatch(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2})", bare)
    words = re.fullmatch(r"(?P<name>[^()]+?)\s*[(,]\s*(?P<region>[^()]+?)\)?", bare)
    if tag:
        name, region = tag[1].lower(), tag[2].upper()
    elif words:
        name, region = folded(words["name"]), _region(folded(words["region"]))
    elif " " in name:
        adjective, _, last = name.rpartition(" ")
        if _region(adjective):
            name, region = last, _region(adjective)
    code = _languages().get(name, "")
    if not code or words and not region:
        return unread(text, f"we know no language “{said}”", "English")
    spoken = {o.partition("-")[0] for o in habits.offered}
    if spoken and code not in spoken:
        shown = " or ".join(sorted(_language_name(s) for s in spoken))
        return unread(text, f"the clauses are written in {shown}; there is no {_language_name(code)} text yet", shown)
    usual = habits.language if habits.language.partition("-")[0] == code else code
    full = f"{code}-{region}" if region else usual
    shown_region = full.partition("-")[2]
    shown = _language_name(code) + (f" ({country_name(shown_region)})" if shown_region in COUNTRIES else "")
    return one(text, full, shown)


def _region(name: str) -> str:
    return (
        _REGION_OF.get(name, "")
        or next(iter(_country_codes(name)), "")
        or (name.upper() if name.upper() in COUNTRIES else "")
    )


def _language_name(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for spoken in _LANGUAGES:
        for code, name in Locale(spoken).languages.items():
            if len(code) in (2, 3) and code.isalpha():
                names.setdefault(folded(name), code)
    return names | {code: code for code in set(names.values()) if len(code) == 2}


def _close(name: str, known: Iterable[str]) -> str:
    """The known name that a mistyped one most likely means; empty for a short one, which is near to many."""
    if len(name) < 5:
        return ""
    hint = nearest(name, [k for k in known if abs(len(k) - len(name)) <= 2])
    return hint.split("`")[1] if hint else ""
