"""The forms of the knowledge about actors: ``data/actors/*.yaml`` and ``data/names/*.yaml``.

Each file is a list of entries of one of these kinds. Arabic is written as newspapers write
it, with hamzas; whoever compiles it folds. Dates are ``2014``, ``2014-05`` or ``2014-05-07``.
"""

from __future__ import annotations

import msgspec


class _Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class State(_Entry):
    """A state or territory (``states.yaml``).

    ``code`` is ISO 3166-1 alpha-3. ``nisba`` is the masculine singular adjective; the other
    forms are generated, ``people`` holds irregular plurals (``أتراك``). ``government`` names
    what stands for the government (``أنقرة``, ``الكرملين``); ``capital`` is always one of them.
    """

    code: str
    en: str
    ar: list[str]
    en_adj: str | None = None
    en_people: str | None = None
    nisba: list[str] = []
    people: list[str] = []
    government: list[str] = []
    capital: str | None = None
    gender: str = "f"
    wikidata: str | None = None
    note: str | None = None


class Body(_Entry):
    """A body that acts or is met in, of no one state or apart from its government (``bodies.yaml``).

    ``kind``: organization, group, gathering, outlet or facility. ``short`` names it only after
    it was named in full (``الجماعة``).
    """

    en: str
    ar: list[str]
    kind: str
    code: str | None = None
    nisba: list[str] = []
    short: list[str] = []
    state: str | None = None
    since: str | int | None = msgspec.field(default=None, name="from")
    until: str | int | None = msgspec.field(default=None, name="to")
    gender: str | None = None
    number: str | None = None
    wikidata: str | None = None
    note: str | None = None


class Tenure(_Entry):
    """Who held an office when. ``of`` is a state's or body's code; the person's own if absent."""

    office: str
    of: str | None = None
    since: str | int | None = msgspec.field(default=None, name="from")
    until: str | int | None = msgspec.field(default=None, name="to")


class Person(_Entry):
    """Somebody the news names (``people.yaml``).

    ``alone`` holds what names them with no full name before (``بوتين``). ``code`` is
    ``MAIN/SECTOR`` where no office gives it, or gives it wrongly.
    """

    en: str
    ar: list[str]
    alone: list[str] = []
    state: str | None = None
    offices: list[Tenure] = []
    code: str | None = None
    gender: str = "m"
    since: str | int | None = msgspec.field(default=None, name="from")
    until: str | int | None = msgspec.field(default=None, name="to")
    wikidata: str | None = None
    note: str | None = None


class Office(_Entry):
    """An office that somebody holds (``offices.yaml``).

    ``ar`` are its titles, indefinite, the second word as it stands after the first
    (``رئيس الوزراء``, ``نائب رئيس``). ``f`` are the titles of a woman, ``plural`` and ``dual``
    those of several; ``dual`` is also how papers refer back to two holders. ``takes`` says what
    may follow: ``state`` (a state is its owner), ``body`` (only with a body or state named does
    it name the office), ``name`` (with no name it names nobody). ``bare`` titles name the office
    even alone with the article (``الرئيس``), ``weak`` only with a nisba, an owner or a name.
    """

    id: str
    en: str
    ar: list[str]
    sector: str = "GOV"
    f: list[str] = []
    plural: list[str] = []
    dual: list[str] = []
    bare: bool = True
    # Offices whose holder the title alone with the article also refers to: ``الوزير``.
    covers: list[str] = []
    # Without a holder known by the registry, whose act it is: the owner's with this sector.
    same_as: str | None = None
    # Whoever holds it holds another too, that is named right beside it: نائب رئيس مجلس الوزراء وزير الداخلية.
    beside: bool = False


class Role(_Entry):
    """A common noun that acts: forces, police, protesters (``roles.yaml``).

    ``ar`` are singulars or collectives, ``plural`` broken and other plurals; regular plurals of
    ``human: true`` words are generated. Phrases of two words are written indefinite when the
    second is an adjective (``قوات حكومية``; the definite form is made) and with the article when
    it is a genitive (``قوات الأمن``). ``anchor`` says whether the state may be taken from the
    context: ``institution`` (the army, the court: the state that the text is about), ``place``
    (the town named with it), ``none``.
    """

    id: str
    en: str
    sector: str
    ar: list[str] = []
    plural: list[str] = []
    kind: str = "group"
    gender: str = "m"
    number: str = "s"
    human: bool = False
    anchor: str = "institution"
    # Named only with a nisba, a state or a name: a company, a source.
    weak: bool = False
    # May be followed by a person's name (``الصحافي فلان``).
    titles: bool = False
    code: str | None = None


class Coalition(_Entry):
    """Who "the coalition" is in a country at a time (``coalitions.yaml``); months are ``2015-03``."""

    country: str
    since: str = msgspec.field(name="from")
    until: str = msgspec.field(name="to")
    code: str
    en: str


class Reference(_Entry):
    """A phrase that refers back (``references.yaml``).

    ``picks``: ``states`` or ``persons`` or ``any`` (the two most salient), ``office`` (two
    holders of ``office``), ``counterpart`` (the same office over there), ``state``, ``body``
    (the last one named whose kind is among ``kinds``).
    """

    id: str
    ar: list[str]
    picks: str
    en: str
    count: int = 1
    kinds: list[str] = []
    office: list[str] = []
    sector: str | None = None
    number: str = "s"
    gender: str = "m"


class GivenName(_Entry):
    """Given names and how newspapers romanise them (``names/given.yaml``)."""

    names: dict[str, str]
    gender: str = "m"


class Romanisation(_Entry):
    """Whole names and parts that the letter rules get wrong (``names/romanisation.yaml``)."""

    parts: dict[str, str]
    letters: dict[str, str]


class Everyday(_Entry):
    """Names that are everyday words too (``names/everyday.yaml``)."""

    words: list[str]


class WordGroup(_Entry):
    """Small words around names, by what they do there (``words.yaml``)."""

    group: str
    words: list[str]
