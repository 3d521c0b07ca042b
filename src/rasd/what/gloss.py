"""One line that says an event, in English and in Arabic, as an editor could print it."""

from __future__ import annotations

from rasd.record import Gloss
from rasd.text.document import ActorMention, Document, PlaceMention
from rasd.text.letters import fold, strip_marks
from rasd.what import arabic_line, english_line
from rasd.what.arabic_line import Party
from rasd.what.circumstances import is_future
from rasd.what.draft import EventDraft
from rasd.what.english_line import Side
from rasd.what.lexemes import Lexemes

# How those are called who have a code and no name: the civilians that an attack implies.
_IMPLIED_AR, _IMPLIED_EN = "مدنيون", "civilians"


class Glosser:
    """Says the events of one document."""

    def __init__(self, document: Document, lexemes: Lexemes) -> None:
        self._document = document
        self._lexemes = lexemes
        self._feminine = frozenset(lexemes.classes["feminine"])
        self._counted, self._plural = (
            frozenset(lexemes.classes[name]) for name in ("english-counted", "english-plural")
        )
        self._words = english_line.Words(lexemes.english_pasts, lexemes.english_participles)
        # The mention that shows what an entity's words are: named before described before a pronoun.
        self._mentions: dict[int, ActorMention] = {}
        # Entities with a mention behind ل, which swallows the alef of an article (للشعب).
        self._swallowed: set[int] = set()
        for mention in document.actors:
            if mention.start and document.text[mention.start - 1 : mention.start + 1] == "لل":
                self._swallowed.update(mention.entities)
            if len(mention.entities) == 1 and mention.rule != "nisba":
                known = self._mentions.get(mention.entities[0])
                if known is None or _RANK.get(mention.how, 3) < _RANK.get(known.how, 3):
                    self._mentions[mention.entities[0]] = mention

    def gloss(self, event: EventDraft) -> Gloss:
        """The two lines of an event."""
        predicate = event.candidate.predicate
        future = is_future(event.date, self._document.published)
        actors, recipients = event.actors, [i for i in event.recipients if i not in event.actors]
        place = event.place if event.place is not None and self._worth_saying(event.place, event) else None
        where_ar, where_en = (f"في {place.ar}", f"in {place.en}") if place else ("", "")
        when_ar, when_en = (arabic_line.date(event.date), english_line.date(event.date)) if event.date else ("", "")
        arabic = arabic_line.sentence(
            predicate, self._lexemes.arabic_lines, self._parties(actors, event.actor_codes),
            self._parties(recipients, event.recipient_codes), event.status, future, f"{where_ar} {when_ar}",
        )  # fmt: skip
        english = english_line.sentence(
            predicate, self._lexemes.english_lines, self._sides(actors, event.actor_codes),
            self._sides(recipients, event.recipient_codes), event.status, future, f"{where_en} {when_en}", self._words,
        )  # fmt: skip
        return Gloss(arabic, english)

    def _worth_saying(self, place: PlaceMention, event: EventDraft) -> bool:
        """Whether a place says more than the sides do: not of a country that is one, nor of a side's own name."""
        if place.kind == "country" and place.country in event.states():
            return False
        return place.ar not in {self._name(i, "ar") for i in (*event.actors, *event.recipients)}

    def _name(self, index: int, language: str) -> str:
        entity = self._document.entities[index]
        name = entity.en if language == "en" else entity.ar
        if language == "ar":
            return self._arabic_name(index, name)
        return name or entity.ar or entity.code or ""

    def _arabic_name(self, index: int, name: str | None) -> str:
        mention = self._mentions.get(index)
        text = self._document.text
        if mention is None:
            return strip_marks(name or "")
        if name is None:
            name = text[mention.start : mention.end]
        if name.startswith("ل") and index in self._swallowed and mention.how == "description":
            name = f"ا{name}" if name.startswith("لل") else f"ال{name[1:]}"
        return strip_marks(name)

    def _parties(self, indexes: list[int], codes: list[str]) -> list[Party]:
        found: dict[str, Party] = {}
        for index in indexes:
            name = self._name(index, "ar")
            mention = self._mentions.get(index)
            common = mention is not None and mention.how == "description"
            state = self._document.entities[index].kind == "state"
            gender = mention.gender if mention is not None and (state or not common) else None
            number = mention.number if mention is not None else "s"
            if name.endswith("يون") and " " not in name:
                # A name that is a plural (الحوثيون) has its cases too.
                common, number = True, "p"
            if name:
                found.setdefault(name, Party(name, gender or _gender(name, state, self._feminine), number, not common))
        if not found and any(code.endswith("/CVL") for code in codes):
            found[_IMPLIED_AR] = Party(_IMPLIED_AR, "m", "p", False)
        return list(found.values())

    def _sides(self, indexes: list[int], codes: list[str]) -> list[Side]:
        found: dict[str, Side] = {}
        for index in indexes:
            name = self._name(index, "en")
            mention = self._mentions.get(index)
            common = mention is not None and mention.how == "description"
            if (
                common
                and mention is not None
                and mention.number == "p"
                and name.split()[-1:]
                and name.split()[-1] in self._counted
            ):
                name += "s"
            if name:
                plural = common and name.endswith("s") and not name.endswith("ss")
                plural = plural or name.split()[-1] in self._plural
                found.setdefault(name, Side(self._article(index, name, common, plural), plural))
        if not found and any(code.endswith("/CVL") for code in codes):
            found[_IMPLIED_EN] = Side(_IMPLIED_EN, True)
        return list(found.values())

    def _article(self, index: int, name: str, common: bool, plural: bool) -> str:
        """A name as English writes it in a sentence: the United States, a Saudi official, the Saudi army."""
        if name.endswith(self._lexemes.english_articles):
            return f"the {name}"
        if not common or plural or " " not in name or self._document.entities[index].kind == "state":
            return name
        entity = self._document.entities[index]
        listed = entity.kind == "person" and entity.key is not None
        if listed or entity.wikidata is not None or name.split()[-1][0].isupper():
            # نظيره التركي, مراسل الجزيرة عامر لافي: somebody by name
            return name
        if self._document.entities[index].kind in ("person", "office"):
            return f"an {name}" if name[0] in "AEIOUaeio" else f"a {name}"
        return f"the {name}"


_RANK = {"name": 0, "title": 0, "description": 1, "metonym": 2}


def _gender(name: str, state: bool, feminine: frozenset[str]) -> str:
    """The gender of a name's head, by its ending; states are feminine unless the lexicon says otherwise,
    ``feminine`` are heads that no ending shows."""
    head = name.split()[0]
    return "f" if state or head.endswith(("ة", "ات", "ى")) or fold(head) in feminine else "m"
