"""What a careful reader takes from an article, as facts in YAML, and whether a record holds them.

A file of facts has ``published`` and ``facts``, each with an ``id`` and one of: ``event`` (type,
between/actor/recipient, place, country, date, status, ordinal, attributed), ``time`` (value),
``affair`` (kind, name, place, quantity, unit, per, parties), ``position`` (holder, toward, stance),
``phase`` (parties, state, begin), ``entity`` (name, code), ``reference`` (text, codes: whom a phrase
names), ``agenda`` (of: the id of an event's fact, name: an affair that the event is about).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasd.record import Affair, Entity, Event, Phase, Position, Record


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def main_of(code: str | None) -> str:
    return (code or "").split("/")[0]


def has_event(record: Record, want: dict[str, Any]) -> bool:
    return any(_event(e, want) for e in record.events)


def _event(e: Event, want: dict[str, Any]) -> bool:
    actors, recipients = [main_of(c) for c in e.actor_codes], [main_of(c) for c in e.recipient_codes]
    spoken = " ".join(f"{a.who} {a.outlet} {a.code} {a.citing}" for a in e.attribution)
    checks: dict[str, Callable[[Any], bool]] = {
        "type": lambda v: e.type in listed(v),
        "between": lambda v: set(v) <= {*actors, *recipients},
        "actor": lambda v: v in actors,
        "recipient": lambda v: v in recipients,
        "status": lambda v: e.status in listed(v),
        "place": lambda v: e.place is not None and v.lower() in (e.place.name.en or "").lower(),
        "country": lambda v: e.place is not None and e.place.country == v,
        "date": lambda v: (
            e.date is not None and (e.date.begin or "").startswith(v) and (e.date.end or "").startswith(v)
        ),
        "ordinal": lambda v: e.ordinal is not None and e.ordinal.n == v,
        "attributed": lambda v: v.lower() in spoken.lower(),
        "contexts": lambda v: set(v) <= set(e.contexts),
    }
    return all(checks[key](value) for key, value in want.items())


def has_affair(record: Record, want: dict[str, Any]) -> bool:
    return any(_affair(a, want) for a in record.affairs)


def _affair(a: Affair, want: dict[str, Any]) -> bool:
    parties = {(main_of(p.code), p.role) for p in a.parties}
    quantity = a.quantity
    return (
        a.kind == want["kind"]
        and want.get("name", "").lower() in (a.name.en or "").lower()
        and ("place" not in want or (a.place is not None and want["place"].lower() in (a.place.name.en or "").lower()))
        and ("quantity" not in want or (quantity is not None and quantity.value == want["quantity"]))
        and (
            "unit" not in want
            or (quantity is not None and (quantity.unit, quantity.per) == (want["unit"], want["per"]))
        )
        and all((state, role) in parties for state, role in want.get("parties", {}).items())
    )


def has_position(record: Record, want: dict[str, Any]) -> bool:
    def fits(p: Position) -> bool:
        return main_of(p.holder) == want["holder"] and p.toward in listed(want["toward"]) and p.stance == want["stance"]

    return any(fits(p) for p in record.positions)


def has_phase(record: Record, want: dict[str, Any]) -> bool:
    def fits(p: Phase) -> bool:
        begins = (p.begin or "").startswith(want.get("begin", ""))
        return set(p.parties) == set(want["parties"]) and p.state in listed(want["state"]) and begins

    return any(fits(p) for p in record.phases)


def has_entity(record: Record, want: dict[str, Any]) -> bool:
    def fits(n: Entity) -> bool:
        return want["name"].lower() in (n.name.en or "").lower() and want.get("code", n.code) == n.code

    return any(fits(n) for n in record.entities)


def has_time(record: Record, want: dict[str, Any]) -> bool:
    return any((t.value or "").startswith(want["value"]) for t in record.times)


def has_reference(record: Record, want: dict[str, Any]) -> bool:
    named = {main_of(n.code) for n in record.entities for m in n.mentions if want["text"] in m.text}
    return set(want["codes"]) <= named


def has_agenda(record: Record, event: dict[str, Any], name: str) -> bool:
    """Whether an event as wanted is about an affair of that name."""
    names = {a.id: (a.name.en or "").lower() for a in record.affairs}
    about = (names.get(i, "") for e in record.events if _event(e, event) for i in e.about)
    return any(name.lower() in affair for affair in about)


CHECKS: dict[str, Callable[[Record, dict[str, Any]], bool]] = {
    "event": has_event, "affair": has_affair, "position": has_position, "phase": has_phase, "entity": has_entity,
    "time": has_time, "reference": has_reference,
}  # fmt: skip


def missing(record: Record, facts: list[dict[str, Any]]) -> list[str]:
    """The ids of the facts that the record does not hold."""
    events = {f["id"]: f["event"] for f in facts if "event" in f}

    def holds(kind: str, want: dict[str, Any]) -> bool:
        if kind == "agenda":
            return has_agenda(record, events[want["of"]], want["name"])
        return CHECKS[kind](record, want)

    return [f["id"] for f in facts if not all(holds(kind, want) for kind, want in f.items() if kind != "id")]
