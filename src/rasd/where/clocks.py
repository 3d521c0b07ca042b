"""The zone of a clock told in local time: that of the place spoken of."""

from __future__ import annotations

from collections.abc import Callable

from rasd.text.document import Document, PlaceMention

LOCAL = "local"


def place_clocks(document: Document, zone: Callable[[PlaceMention], str | None]) -> None:
    """Give each clock "in local time" the zone of the place that its sentence names last before it.

    Without one there, the first place after it in the sentence counts, else the dateline's. A clock whose place is not
    known keeps ``local``.
    """
    clocks = [time for time in document.times if time.zone == LOCAL]
    if not clocks or not document.places:
        return
    dateline = next((place for place in document.places if place.dateline), None)
    by_sentence: dict[int, list[PlaceMention]] = {}
    for place in document.places:
        by_sentence.setdefault(place.sentence, []).append(place)
    for clock in clocks:
        near = by_sentence.get(clock.sentence, [])
        before = [place for place in near if place.first < clock.first]
        place = before[-1] if before else near[0] if near else dateline
        if place is not None:
            clock.zone = zone(place) or LOCAL
