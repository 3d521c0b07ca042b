"""Which file holds which kind of knowledge: its schema, what tells entries apart, the words that name them."""

# The functions of a kind take entries of the schema beside them, which no type can say of all kinds.
# pyright: reportUnknownLambdaType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from rasd.lexicon.files import OURS
from rasd.names import schema as names
from rasd.relations import view_schema as views
from rasd.relations.schema import Affixes, IdentityWeights, UsualAct
from rasd.sources.columns import UsualNames
from rasd.text.numbers import NumberWords
from rasd.text.particles import ParticleGroup
from rasd.what import affair_schema as affairs
from rasd.what.attachment import Weights
from rasd.what.grammar import Casualty, Counted, Family, Figure, LightVerb, Operator, OrdinalWord, Speech, WordClass
from rasd.what.implied import Implied
from rasd.what.schema import ContextWords, Ontology, Predicate
from rasd.what.subjects import Subject
from rasd.when.dating_words import DatingWords, Gathering, KnownSince
from rasd.when.lexemes import Anniversary, Feast, MonthName, TimeWord, ZoneName
from rasd.when.rules import RuleFile
from rasd.where.schema import PlaceEntry
from rasd.where.schema import Words as PlaceWords
from rasd.who import schema as actors


class Kind(NamedTuple):
    """A kind of knowledge. ``table``: its file is one value, not a list of entries; ``fixed``: no user overlays it.

    ``key`` tells entries apart; ``names`` are the words that name one entry and no other, each
    with the value that another entry must share to name it too (by default the entry's key).
    """

    pattern: str
    schema: Any
    key: Callable[[Any], Hashable] | None = None
    names: Callable[[Any], Iterable[str]] | None = None
    table: bool = False
    fixed: bool = False

    def files(self, folder: Path = OURS) -> list[Path]:
        """The files of this kind in a folder, ours by default."""
        return sorted(folder.glob(self.pattern))


def _place_key(e: PlaceEntry) -> Hashable:
    return e.en, e.country, e.kind


KINDS = [
    Kind("actors/states*.yaml", actors.State, lambda e: e.code, lambda e: [*e.ar, *e.nisba]),
    Kind("actors/bodies*.yaml", actors.Body, lambda e: e.en, lambda e: e.ar),
    Kind("actors/people*.yaml", actors.Person, lambda e: e.en, lambda e: e.ar),
    Kind("actors/offices*.yaml", actors.Office, lambda e: e.id, lambda e: [*e.ar, *e.f]),
    Kind("actors/coalitions*.yaml", actors.Coalition, lambda e: f"{e.country} {e.since}"),
    Kind("actors/roles*.yaml", actors.Role, lambda e: e.id, lambda e: e.ar),
    Kind("actors/references*.yaml", actors.Reference, lambda e: e.id, lambda e: e.ar),
    Kind("actors/words*.yaml", actors.WordGroup, lambda e: e.group),
    Kind("names/given*.yaml", actors.GivenName, lambda e: e.gender, lambda e: e.names),
    Kind("names/romanisation*.yaml", actors.Romanisation, table=True),
    Kind("names/everyday*.yaml", actors.Everyday, table=True),
    Kind("names/bodies*.yaml", names.BodyHeads, lambda e: e.group, lambda e: e.ar),
    Kind("names/titles*.yaml", names.Titles, lambda e: e.group),
    Kind("names/words*.yaml", names.NameWords, lambda e: e.group),
    Kind("places/*.yaml", PlaceEntry, _place_key, None),
    Kind("places/grammar/*.yaml", PlaceWords, table=True),
    Kind("predicates/*.yaml", Predicate, lambda e: e.id),
    Kind("learned/kinds.yaml", Predicate, lambda e: e.id),
    Kind("grammar/light.yaml", LightVerb, lambda e: e.id),
    Kind("grammar/operators.yaml", Operator, lambda e: e.id),
    Kind("grammar/speech.yaml", Speech, lambda e: e.id),
    Kind("grammar/casualties.yaml", Casualty, lambda e: e.id),
    Kind("grammar/implied.yaml", Implied, lambda e: e.id),
    Kind("grammar/ordinals.yaml", OrdinalWord, lambda e: e.n, lambda e: e.words),
    Kind("grammar/classes.yaml", WordClass, lambda e: e.id),
    Kind("grammar/attachment.yaml", Weights, lambda e: e.of),
    Kind("grammar/english_pasts.yaml", dict[str, str], table=True),
    Kind("grammar/english_participles.yaml", dict[str, str], table=True),
    Kind("grammar/arabic_lines.yaml", dict[str, str], table=True),
    Kind("grammar/families.yaml", Family, lambda e: e.id),
    Kind("grammar/figures.yaml", Figure, lambda e: e.id),
    Kind("grammar/counts.yaml", Counted, lambda e: e.role),
    Kind("grammar/english_articles.yaml", dict[str, str], table=True),
    Kind("grammar/english_lines.yaml", dict[str, str], table=True),
    Kind("affairs/heads.yaml", affairs.Head, lambda e: e.id, lambda e: [w for n in e.words for w in n.split()]),
    Kind("affairs/glossary.yaml", affairs.Word, lambda e: (e.ar, e.adj)),
    Kind("affairs/known.yaml", affairs.KnownAffair, lambda e: e.id, lambda e: e.ar),
    Kind("affairs/frames.yaml", affairs.PartyFrame, lambda e: e.id),
    Kind("affairs/agreement_states.yaml", affairs.AgreementState, lambda e: e.id, lambda e: [*e.verbs, *e.nouns]),
    Kind("affairs/purposes.yaml", affairs.Purpose, lambda e: e.ar),
    Kind("affairs/targets.yaml", affairs.TargetWords, lambda e: e.id, lambda e: [*e.verbs, *e.nouns]),
    Kind("affairs/stances.yaml", affairs.StanceWords, lambda e: e.id),
    Kind("affairs/sides.yaml", affairs.BareSide, lambda e: e.ar),
    Kind("affairs/phases.yaml", affairs.PhaseWords, lambda e: e.id, lambda e: [*e.nouns, *e.verbs]),
    Kind("affairs/units.yaml", affairs.Unit, lambda e: (e.unit, e.factor), lambda e: [*e.phrases, *e.marks]),
    Kind("affairs/rates.yaml", affairs.Rate, lambda e: e.per, lambda e: e.words),
    Kind("relations/labels*.yaml", views.Label, lambda e: e.id),
    Kind("relations/sectors*.yaml", views.Label, lambda e: e.id),
    Kind("relations/counts*.yaml", views.Counted, lambda e: e.id),
    Kind("relations/acts.yaml", views.Act, lambda e: e.id),
    Kind("relations/usual_acts.yaml", UsualAct, lambda e: e.act),
    Kind("relations/pact_states.yaml", views.PactState, lambda e: e.id),
    Kind("relations/phase_families.yaml", views.PhaseFamily, lambda e: e.id),
    Kind("desk/words*.yaml", views.Label, lambda e: e.id),
    Kind("desk/counts*.yaml", views.Counted, lambda e: e.id),
    Kind("text/numbers.yaml", NumberWords, table=True, fixed=True),
    Kind("text/particles.yaml", ParticleGroup, lambda e: e.group),
    Kind("time/words*.yaml", TimeWord, lambda e: (e.kind, e.value), lambda e: e.words),
    Kind("time/months*.yaml", MonthName, lambda e: (e.month, e.hijri, e.needs_context), lambda e: e.words),
    Kind("time/zones*.yaml", ZoneName, lambda e: (e.zone, e.alone), lambda e: e.words),
    Kind("time/feasts*.yaml", Feast, lambda e: e.name, lambda e: e.words),
    Kind("time/anniversaries*.yaml", Anniversary, lambda e: (e.month, e.day, e.year)),
    Kind("time/dating.yaml", DatingWords, table=True),
    Kind("time/known_since*.yaml", KnownSince, lambda e: (e.since, e.until, *e.words), lambda e: e.words),
    Kind("time/gatherings*.yaml", Gathering, lambda e: e.series, lambda e: e.words),
    Kind("time/rules*.yaml", RuleFile, table=True),
    Kind("relations/identity.yaml", IdentityWeights, table=True, fixed=True),
    Kind("relations/affixes.yaml", Affixes, table=True, fixed=True),
    Kind("search/stopwords.yaml", list[str], table=True, fixed=True),
    Kind("ontology.yaml", Ontology, table=True),
    Kind("sources/columns.yaml", UsualNames, table=True, fixed=True),
    Kind("sources/months.yaml", list[list[str]], table=True, fixed=True),
    Kind("subjects.yaml", Subject, lambda e: e.subject),
    Kind("contexts.yaml", ContextWords, lambda e: e.context, lambda e: e.words),
]
