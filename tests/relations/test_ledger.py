"""The ledger: which act stands where, how far agreements have come, what both sides do together."""

from __future__ import annotations

from told import line, occurrence

from rasd.chronicle import Source, Stated, Words
from rasd.lexicon.files import OURS, load_yaml
from rasd.record import Affair, Name, Party, Position, Span
from rasd.relations.disputes import disputes, stances
from rasd.relations.dyad import Party as Power
from rasd.relations.dyad import bearing, concerns
from rasd.relations.knowledge import ours
from rasd.relations.ledger import Ledger, ledger
from rasd.relations.lines import Line
from rasd.relations.topics import topics
from rasd.relations.view_schema import Act, PactState
from rasd.what.schema import Ontology, Predicate

AAA, BBB = Power("AAA"), Power("BBB")


def made(*told: Line, affairs: list[Stated[Affair]] | None = None) -> Ledger:
    return ledger(told, topics(affairs or [], told), [], [], ours(), parties=(AAA, BBB))


def named(name: str, what: str | None, published: str, kind: str = "agreement") -> Stated[Affair]:
    affair = Affair("a1", kind, Name(None, name), what, [Party("AAA/GOV", "party")], None, None, [])
    return Stated(affair, Source("x", None, None, None, published), [Words("x", 0, 4, "text")])


def stand(holder: str, stance: str, toward: str, affair: str | None = None) -> Stated[Position]:
    position = Position(holder, toward, affair, stance, Span(0, 4))
    return Stated(position, Source("x", None, None, None, None), [Words("x", 0, 4, "text")])


def test_every_type_has_a_place():
    ontology = load_yaml(OURS / "ontology.yaml", Ontology)
    assert [t.name for t in ontology.types if not ours().act(t.name, None, []).section] == []


def test_rules_are_those_of_predicates():
    known = {e.id for path in OURS.glob("predicates/*.yaml") for e in load_yaml(path, list[Predicate])}
    rules = {r for e in load_yaml(OURS / "relations/acts.yaml", list[Act]) for r in e.rules}
    rules |= {r for e in load_yaml(OURS / "relations/pact_states.yaml", list[PactState]) for r in e.rules}
    assert rules - known == set()


def test_a_call_is_no_meeting():
    found = made(line("a", mode="phone"), line("b"), line("c"))
    assert found.meetings.kinds == [("meeting", 2), ("call", 1)]


def test_what_lies_ahead_is_possible_or_denied_is_no_entry():
    found = made(*(line(s, status=s) for s in ("planned", "possible", "denied", "ongoing")))
    assert [x.occurrence.id for x in found.meetings.lines] == ["ongoing"]
    assert [x.occurrence.id for x in found.open] == ["possible"]
    assert [x.occurrence.id for x in found.denied] == ["denied"]


def test_an_act_of_both_towards_a_third_is_apart():
    found = made(line("raid", type="ASSAULT", recipients="CCC/MIL"), line("clash", type="ASSAULT"))
    assert [x.occurrence.id for x in found.joint] == ["raid"]
    assert [x.occurrence.id for x in found.incidents] == ["clash"]


def test_an_agreement_comes_further():
    about = ["agreement:water treaty"]
    told = (
        line("reach", type="AGREE", rules=("agree.reach",), on="2031-03-01", affairs=about),
        line("sign", type="SUPPORT", rules=("support.sign",), on="2031-05-01", affairs=about),
    )
    affairs = [named("water treaty", "treaty (to be signed)", "2031-04-01")]
    (pact,) = made(*told, affairs=affairs).agreements
    assert [(s.state, s.on) for s in pact.steps] == [
        ("agreed", "2031-03-01"), ("to-be-signed", "2031-04-01"), ("signed", "2031-05-01"),
    ]  # fmt: skip
    assert pact.state == "signed"


def test_an_agreement_that_no_article_names_is_there_by_its_act():
    (pact,) = made(line("sign", type="SUPPORT", rules=("support.sign",), status="occurred")).agreements
    assert (pact.topic, pact.state) == (None, "signed")


def test_a_promise_is_kept_or_not():
    found = made(
        line("pledge", type="AGREE", rules=("agree.pledge",)), line("plan", status="planned", on="2031-05-01")
    ).promises
    assert [(p.line.occurrence.id, p.outcome) for p in found] == [("pledge", "given"), ("plan", "due")]


def test_those_who_back_rivals_in_a_third_are_in_dispute():
    held = stances([stand("AAA/GOV", "supports", "CCC/GOV"), stand("BBB/GOV", "supports", "CCC/REB")])
    (quarrel,), rest = disputes(held, AAA, BBB, [], [])
    assert (quarrel.over, len(quarrel.stances), rest) == ("CCC", 2, [])


def test_those_who_back_one_third_are_in_none():
    held = stances([stand("AAA/GOV", "supports", "CCC/GOV"), stand("BBB/GOV", "supports", "CCC/GOV")])
    assert disputes(held, AAA, BBB, [], []) == ([], held)


def test_a_dispute_over_an_issue_has_its_acts():
    told = [line("blame", type="ACCUSE", affairs=["issue:river"]), line("other", type="ACCUSE")]
    found = topics([named("river", None, "2031-01-01", "issue")], told)
    held = stances([stand("AAA/GOV", "disputes", "BBB/GOV", "issue:river")])
    (quarrel,), _ = disputes(held, AAA, BBB, found, told)
    assert quarrel.topic is not None
    assert (quarrel.topic.en, [x.occurrence.id for x in quarrel.acts]) == ("river", ["blame"])


def test_bearings():
    assert bearing(occurrence(), AAA, BBB) == "mutual"
    assert bearing(occurrence(actors="AAA/GOV", recipients="BBB/MIL"), AAA, BBB) == "from_first"
    assert bearing(occurrence(actors="BBB/GOV", recipients="AAA/MIL"), AAA, BBB) == "from_second"
    assert bearing(occurrence(recipients="CCC/GOV"), AAA, BBB) == "joint"
    assert bearing(occurrence(actors="CCC/GOV", recipients="AAA/GOV BBB/GOV"), AAA, BBB) == "joint"


def test_parts_of_one_state_are_two_parties():
    government, rebels = Power("AAA/GOV"), Power("AAA/REB")
    assert concerns(occurrence(actors="AAA/GOV", recipients="AAA/REB"), (government, rebels))
    assert not concerns(occurrence(actors="AAA/GOV", recipients="BBB/GOV"), (government, rebels))
