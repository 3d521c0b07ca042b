"""The places of a name as a page for people."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from rasd.where import PlaceAnswer


def show_places(name: str, places: list[PlaceAnswer], console: Console) -> None:
    """Print each place on two lines, the one first that is meant where nothing else tells."""
    for place in places:
        console.print(Text(f"{place.en}  {place.ar}", style="bold" if place.chosen else ""))
        console.print(Text(f"    {_facts(place)}"), soft_wrap=True)
    first = places[0]
    if first.needs == "nothing":
        said = f"{first.en} is meant" if len(places) > 1 else f"'{name}' means it"
        console.print(f"{said} where nothing in the text tells otherwise.")
    else:
        word = (
            "a preposition of place or a word such as مدينة" if first.needs == "preposition" else "a word such as مدينة"
        )
        console.print(f"'{name}' is a place only after {word}.")


def _facts(place: PlaceAnswer) -> str:
    facts = [place.kind]
    if place.country:
        facts.append(place.country)
    if place.lat is not None and place.lon is not None:
        facts.append(
            f"{abs(place.lat):g}°{'N' if place.lat >= 0 else 'S'} {abs(place.lon):g}°{'E' if place.lon >= 0 else 'W'}"
        )
    if place.geonames is not None:
        facts.append(f"GeoNames {place.geonames}")
    if place.zone:
        facts.append(place.zone)
    return ", ".join(facts)
