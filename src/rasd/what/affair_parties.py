"""Who has which part in a project or agreement, and how far an agreement has come."""

from __future__ import annotations

from rasd.text.document import PUNCT, Document
from rasd.text.letters import fold
from rasd.what.affair_lexicon import AffairLexicon
from rasd.what.affair_phrases import Phrase
from rasd.what.affair_schema import PartyFrame
from rasd.what.senses import folded
from rasd.what.sides import Nations, Sides

_AFTER, _BEFORE = 28, 8
_RELATIVE = folded("الذي التي والذي والتي")
_BY = {fold("قبل"): "من قبل", fold("يد"): "على يد"}
_AHEAD = folded("المنتظر المقرر المتوقع المرتقب سيتم قرب قريبا يعتزم تعتزم لتوقيع للتوقيع المزمع المأمول")
_CLAUSE_ENDS = frozenset(("،", "؛", ",", ":"))

_SIGN = "sign"

Parties = list[tuple[str, str]]


class PartyReader:
    """Reads the parties of the affairs of one document."""

    def __init__(self, document: Document, knowledge: AffairLexicon, nations: Nations, sides: Sides) -> None:
        self.tokens = document.tokens
        self._known = knowledge
        self._nations = nations
        self._sides = sides

    def read(self, phrase: Phrase, first: int, last: int, limits: tuple[int, int]) -> tuple[Parties, bool]:
        """The parties said around tokens ``[first, last)``, and whether somebody builds it.

        ``limits`` are the bounds of the sentence.
        """
        found: Parties = []
        if phrase.head.kind in ("issue", "gathering"):
            return [(code, "party") for code in self._named(phrase)], False
        frame = self._before(first, limits[0], found, phrase.head.kind)
        builds = frame is not None and frame.builds
        builds = self._after(phrase, frame, last, limits[1], found) or builds
        if phrase.head.host:
            found += [(f"{code}/GOV", "host") for code in phrase.nisbas]
            if phrase.place and phrase.place.country:
                found.append((f"{phrase.place.country}/GOV", "host"))
            found += [(code, "host") for code in phrase.states]
        else:
            if phrase.head.kind == "agreement":
                # Who builds or hosts is a matter of the project that the agreement is about.
                found = [(code, "party" if role in ("builder", "host") else role) for code, role in found]
            found += [(code, "party") for code in self._named(phrase)]
        return found, builds

    @staticmethod
    def _named(phrase: Phrase) -> list[str]:
        return [*(f"{code}/GOV" for code in phrase.nisbas), *phrase.states, *phrase.sides]

    def _frame(self, index: int) -> PartyFrame | None:
        senses = self._known.senses.of(self.tokens[index].form)
        sense = senses.get("frame-noun") or senses.get("frame-verb")
        return self._known.frames[sense.value.rpartition(":")[2]] if sense else None

    def _before(self, first: int, floor: int, found: Parties, kind: str) -> PartyFrame | None:
        """``إنشاء روسيا ل`` before the phrase: the frame, and who stands between."""
        for index in range(first - 1, max(floor, first - _BEFORE) - 1, -1):
            token = self.tokens[index]
            if token.kind == PUNCT and token.text in _CLAUSE_ENDS:
                return None
            frame = self._frame(index)
            if frame is None or (kind == "agreement" and frame.id != _SIGN):
                continue
            between = self._sides.within(index + 1, first)
            if not between and (before := self._sides.at(index - 1) if index > floor else None):
                # ``روسيا تبني محطة``: the side right before the verb.
                senses = self._known.senses.of(token.form)
                between = [before] if "frame-verb" in senses and "frame-noun" not in senses else []
            for side in between:
                self._give(frame, self._sides.prep(side), side.codes, found)
            return frame
        return None

    def _after(self, phrase: Phrase, frame: PartyFrame | None, last: int, limit: int, found: Parties) -> bool:
        """The relative clause and prepositional phrases after the phrase; whether they build it."""
        index, stop, builds = last, min(limit, last + _AFTER), False
        relative = False
        while index < stop:
            token = self.tokens[index]
            if token.kind == PUNCT and token.text in _CLAUSE_ENDS and not self._goes_on(index + 1, stop):
                break
            relative = relative or token.key in _RELATIVE
            if self._is_other(index, phrase):
                break
            other = self._frame(index)
            if other is not None and (phrase.head.kind != "agreement" or self._for(index, other)):
                frame = other
                builds = builds or (frame.builds and relative)
                index += 1
                continue
            index = self._one(phrase, frame, index, found)
        return builds

    def _one(self, phrase: Phrase, frame: PartyFrame | None, index: int, found: Parties) -> int:
        """Takes the side or the goods at a token; returns where to go on."""
        if frame and (sense := self._known.senses.of(self.tokens[index].form).get("gloss")):
            word = self._known.word(sense.value)
            if word.good and frame.goods and index + 1 < len(self.tokens):
                nisba = self._nations.nisba(self.tokens[index + 1])
                if nisba:
                    found.append((f"{nisba}/GOV", frame.goods))
                    return index + 2
        side = self._sides.starts_at(index)
        if side is None:
            place = self._sides.place_at(index)
            if place and place.country and frame and fold(place.prep) in frame.preps:
                found.append((f"{place.country}/GOV", frame.preps[fold(place.prep)]))
                return max(place.last, index + 1)
            return index + 1
        prep = self._sides.prep(side)
        before = self.tokens[side.first - 1].key if side.first else ""
        prep = _BY.get(before, prep)
        if frame is not None:
            self._give(frame, prep, side.codes, found)
        elif prep in (fold("بين"), fold("مع")) or (found and prep == "" and before == "و"):
            found += [(code, "party") for code in side.codes]
        elif prep == fold("عبر"):
            found += [(code, "transit") for code in side.codes]
        elif phrase.head.host and prep in (fold("في"), "ب"):
            found += [(code, "host") for code in side.codes]
        return max(side.last, index + 1)

    def _for(self, index: int, frame: PartyFrame) -> bool:
        """Whether a frame word says what an agreement is for (``لتزويد``) or that it is signed."""
        sense = self._known.senses.of(self.tokens[index].form).get("frame-noun")
        return frame.id == _SIGN or bool(sense and sense.split.proclitics.endswith("ل"))

    def _goes_on(self, index: int, stop: int) -> bool:
        return index < stop and self.tokens[index].key in _RELATIVE

    def _is_other(self, index: int, phrase: Phrase) -> bool:
        sense = self._known.senses.of(self.tokens[index].form).get("head")
        if not sense:
            return False
        kinds = {self._known.heads[name].kind for name in sense.value.split(",")}
        return phrase.head.kind in kinds and phrase.head.kind == "project"

    @staticmethod
    def _give(frame: PartyFrame, prep: str, codes: tuple[str, ...], found: Parties) -> None:
        role = frame.bare if not prep else next((r for p, r in frame.preps.items() if fold(p) == prep), None)
        if prep in ("من قبل", "على يد"):
            role = frame.preps.get(prep, role)
        if role:
            found += [(code, role) for code in codes]

    def state(self, first: int, last: int, limits: tuple[int, int]) -> str:
        """How far the agreement at ``[first, last)`` has come, "" where nothing says it."""
        for index in (*range(first - 1, max(limits[0], first - 5) - 1, -1), *range(last, min(limits[1], last + 5))):
            senses = self._known.senses.of(self.tokens[index].form)
            sense = senses.get("state-noun") or senses.get("state-verb")
            if sense is None:
                continue
            entry = self._known.states[sense.value.rpartition(":")[2]]
            imperfect = sense.value.startswith("I:")
            before = self.tokens[max(limits[0], index - 4) : index]
            ahead = sense.split.proclitics.endswith(("ل", "س")) or imperfect
            ahead = ahead or any(t.key in _AHEAD or t.tag == "VI" for t in before)
            return entry.ahead if ahead else entry.done
        return ""

    def purpose(self, last: int, limit: int) -> str:
        """``لإطلاق المشروع`` after an agreement: "launch the project"."""
        for index in range(last, min(limit, last + 8)):
            token = self.tokens[index]
            if token.kind == PUNCT:
                return ""
            sense = self._known.senses.of(token.form).get("purpose")
            if sense and sense.split.proclitics.endswith("ل"):
                return f"{sense.value} {self._object(index + 1, limit)}".strip()
        return ""

    def _object(self, at: int, limit: int) -> str:
        if at >= limit:
            return ""
        word = self._known.word_at(self.tokens, at, limit)
        if word:
            return word[0].en
        head = self._known.senses.of(self.tokens[at].form).get("head")
        if head:
            return "the " + self._known.heads[head.value.split(",")[-1]].en
        return ""
