"""Names of places are those of pycountry, whether its tables are read as files or through it."""

import unicodedata

import pycountry
import pytest

from ccclauses.common import places


@pytest.fixture(params=["files", "package"])
def names(request, monkeypatch):
    places._by_code.cache_clear()
    if request.param == "package":
        monkeypatch.setattr(places, "find_spec", lambda name: None)
    yield
    places._by_code.cache_clear()


def english(name: str) -> str:
    """A name without macrons and in the order of its words: ISO files "Congo, The Democratic Republic of the"."""
    head, _, tail = name.partition(", ")
    name = unicodedata.normalize("NFD", f"{tail} {head}" if tail else name).replace("\u0304", "")
    return unicodedata.normalize("NFC", name)


def test_every_country_has_its_short_name(names):
    others = {
        country.alpha_2
        for country in pycountry.countries
        if places.country_name(country.alpha_2) != getattr(country, "common_name", country.name)
    }
    assert others == {"CD", "VG", "VI"}  # ISO turns their words round


def test_every_part_has_its_name_and_country(names):
    others = {
        part.code
        for part in pycountry.subdivisions
        if places.place_name(part.code)
        not in (
            f"{part.name}, {places.country_name(part.country_code)}",
            f"{english(part.name)}, {places.country_name(part.country_code)}",
        )
    }
    germany = {f"DE-{land}" for land in ("BY", "HE", "NI", "NW", "RP", "SN", "ST", "TH")}
    spain = {f"ES-{region}" for region in ("AN", "CN", "CT", "IB", "NC", "PV")}
    kingdom = {"GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"}  # which a contract names alone
    assert others == germany | spain | kingdom
    assert places.place_name("GB-WLS") == "Wales" and places.place_name("DE-BY") == "Bavaria, Germany"


def test_what_names_no_place_stays_as_it_is(names):
    assert places.place_name("XX-YY") == "XX-YY" and places.country_name("XX") == "XX"
    assert places.place_code("Nowhere, Utopia") == places.place_code("") == places.place_code("Nowhere, France") == ""


@pytest.mark.parametrize("code", ["GB", "GB-ENG", "DE-BY", "IN-KA", "VE", "US-CA"])
def test_a_printed_place_is_found_again(names, code):
    assert places.place_code(places.place_name(code)) == code
