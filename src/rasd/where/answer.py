"""Which places a name can mean, for whoever asks by name alone (``rasd where``)."""

from __future__ import annotations

from dataclasses import dataclass

from rasd.text.letters import fold
from rasd.where.gazetteer import Gazetteer, Place

_NEEDS = ("nothing", "preposition", "head word", "preposition")


# The cues, from a name that is a place by itself to one that needs a word such as مدينة.
_ORDER = (0, 1, 3, 2)


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """A place that a name can mean.

    ``ar`` and ``en`` are its usual names, ``country`` an ISO 3166-1 alpha-3 code (None for seas
    and continents), ``lat`` and ``lon`` degrees, ``geonames`` its GeoNames id, ``zone`` an IANA
    time zone, each None where unknown. ``weight`` (0 to 10) is how likely it is meant among
    namesakes. ``needs`` says what must stand before the name for it to be a place at all:
    ``nothing``, a ``preposition`` of place (في), or a ``head word`` (مدينة). ``chosen`` marks the
    one that is meant where nothing else tells.
    """

    ar: str
    en: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    zone: str | None
    weight: float
    needs: str
    chosen: bool


def answers(gazetteer: Gazetteer, name: str) -> list[PlaceAnswer]:
    """The places with an Arabic or English name, the likeliest first; none if it is unknown.

    An Arabic name is also tried with and without its article.
    """
    key = " ".join(fold(name).replace("-", " ").split())
    found: list[tuple[int, Place]] = []
    for spelling in (key, f"ال{key}", key.removeprefix("ال")):
        found = [(c.cue, c.place) for c in gazetteer.candidates(spelling)]
        if found:
            break
    if not found and key:
        found = [(0, place) for place in gazetteer.known_in_english(" ".join(name.split()))]
    found.sort(key=lambda pair: (_ORDER[pair[0]], -pair[1].weight, pair[1].en))
    return [
        PlaceAnswer(p.ar, p.en, p.kind, p.country, p.lat, p.lon, p.geonames, p.zone, p.weight, _NEEDS[cue],
                    not at)
        for at, (cue, p) in enumerate(found)
    ]  # fmt: skip
