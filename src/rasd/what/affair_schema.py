"""The form of the knowledge about affairs, positions, phases and units (``data/affairs/*.yaml``).

Arabic is written as newspapers write it, with hamzas; whoever compiles it folds. A noun is
given by its singular and its plurals in one string (``أزمة أزمات``), a verb by its past and
imperfect (``بنى يبني``), an adjective by its masculine singular.
"""

from __future__ import annotations

from typing import Literal

import msgspec

AffairKind = Literal["issue", "project", "agreement", "target", "gathering"]
PartyRole = Literal["builder", "supplier", "host", "buyer", "transit", "party", "target"]
Stance = Literal["supports", "opposes", "seeks", "disputes"]
PhaseState = Literal[
    "crisis", "freeze", "thaw", "normalization", "rapprochement", "alliance", "war", "dispute"
]  # fmt: skip


class _Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class Head(_Entry):
    """A noun that can head the name of an affair (``heads.yaml``).

    ``en`` is its English; ``group`` joins heads that can name one thing (a plant, a reactor);
    ``needs``: ``modifier`` (a state, place, name or known word must follow), ``own`` (one of
    ``own`` must follow), ``frame`` (somebody must build, plan or sign it), ``name`` (a proper
    name must follow). ``absorbs`` lists words that ``en`` already says; ``compounds`` gives
    another English where a word follows; ``never`` lists words after it that make it something
    else. ``host`` says that a state's adjective beside it names where it stands.
    """

    id: str
    kind: AffairKind
    words: list[str]
    en: str
    group: str | None = None
    needs: Literal["modifier", "own", "frame", "name"] = "modifier"
    own: list[str] = []
    absorbs: list[str] = []
    compounds: dict[str, str] = {}
    never: list[str] = []
    host: bool = False
    vague: bool = False


class Word(_Entry):
    """A word that can stand in an affair's name, and its English (``glossary.yaml``).

    ``attr`` is its English before a noun (``refugee`` crisis); ``good`` marks what is supplied
    and piped (gas, power); ``measured`` what is counted in money or amounts (trade, exports);
    ``vague`` words (new, international) do not by themselves say which affair is meant.
    """

    ar: str
    en: str
    attr: str | None = None
    adj: bool = False
    good: bool = False
    measured: bool = False
    vague: bool = False


class KnownParty(_Entry):
    code: str
    role: PartyRole


class KnownPlace(_Entry):
    ar: str
    en: str
    country: str
    lat: float | None = None
    lon: float | None = None


class KnownAffair(_Entry):
    """An affair that has a name of its own (``known.yaml``).

    ``short`` names it only after it was named in full, or where a party of it is named; ``head``
    is the head whose group it
    belongs to, so that "the plant" can mean it.
    """

    id: str
    kind: AffairKind
    ar: list[str]
    en: str
    short: list[str] = []
    head: str | None = None
    what: str | None = None
    parties: list[KnownParty] = []
    place: KnownPlace | None = None
    note: str | None = None


class PartyFrame(_Entry):
    """Words around a project or agreement that say who has which part in it (``frames.yaml``).

    ``bare`` is the part of a side named without a preposition, ``goods`` that of the side whose
    gas (oil, power ...) it is, ``preps`` that of a side after a preposition. ``builds`` marks
    words that make a port or bridge a project.
    """

    id: str
    verbs: list[str] = []
    nouns: list[str] = []
    bare: PartyRole | None = None
    goods: PartyRole | None = None
    preps: dict[str, PartyRole] = {}
    builds: bool = False


class AgreementState(_Entry):
    """Words before or after an agreement that say how far it has come (``agreement_states.yaml``)."""

    id: str
    done: str
    ahead: str
    verbs: list[str] = []
    nouns: list[str] = []


class Purpose(_Entry):
    """What an agreement, plan or meeting is for: a masdar and its English verb (``purposes.yaml``)."""

    ar: str
    en: str


class TargetWords(_Entry):
    """Words of a target to be reached (``targets.yaml``).

    ``raise`` verbs and masdars take the figure after ``إلى``; ``aim`` words say that it lies ahead.
    """

    id: str
    kind: Literal["raise", "aim"]
    verbs: list[str] = []
    nouns: list[str] = []


class StanceWords(_Entry):
    """Words of a stance and who stands where around them (``stances.yaml``).

    ``nouns`` are masdars whose genitive is the holder, ``roles`` nouns or participles that the
    holder *is* (``حليف``), ``toward`` the prepositions before the other side ("" for an object).
    ``after`` lists words one of which must follow the preposition before the other side.
    """

    id: str
    stance: Stance
    verbs: list[str] = []
    nouns: list[str] = []
    roles: list[str] = []
    after: list[str] = []
    mutual: bool = False


class BareSide(_Entry):
    """A word for a side of some state (``المعارضة``) whose state the context gives (``sides.yaml``)."""

    ar: str
    sector: str


class PhaseWords(_Entry):
    """Words for a state of a relationship (``phases.yaml``).

    ``alone`` words say it by themselves of two sides; the others need ``العلاقات`` or two
    states beside them. ``ends`` lists the states that the start of this one closes.
    """

    state: PhaseState
    id: str
    nouns: list[str] = []
    verbs: list[str] = []
    adjectives: list[str] = []
    alone: bool = False
    ends: list[PhaseState] = []


class Unit(_Entry):
    """What can be counted or measured (``units.yaml``).

    ``words`` hold a noun and its plurals; ``factor`` turns the figure into ``unit``; ``people``
    marks words for persons, after which ``قتيل`` and the like may follow; ``before`` marks one
    that stands before its number (``$``).
    """

    unit: str
    words: list[str] = []
    phrases: list[str] = []
    marks: list[str] = []
    factor: float = 1.0


class Rate(_Entry):
    """Words that make a quantity one per year, month or day (``rates.yaml``)."""

    per: Literal["year", "month", "week", "day", "hour"]
    words: list[str]
