"""Which act an operator holds over: from "intends", "perhaps", "denies" to the word that they are said of.

An operator governs the verb of its own clause (after أن, or right behind it), or the noun that is
its object or stands after its preposition. It does not reach past that act to what is only told
along with it (``يعتزم زيارة ضحايا الهجوم``: the visit is planned, the attack is not).
"""

from __future__ import annotations

from rasd.text.clitics import stands_in, unjoined
from rasd.text.document import WORD
from rasd.text.letters import fold
from rasd.what.clauses import DASHES, Borders, SentenceView
from rasd.what.grammar import Operator
from rasd.what.lexemes import ACTIVE, LIGHT, NOUN, OPERATOR, PASSIVE, VERB, Hit, Lexemes

# How far behind its noun an adjective (محتمل, المقررة) may stand.
ADJECTIVE_REACH = 5
# How many nouns a preposition may stand before its noun's genitive (بعد توجيه عدة إنذارات).
CONSTRUCT = 3
_EVEN, _MAN = fold("حتى"), fold("من")
# What follows is set against what was said (لا نريد حربا بل نريد محادثات).
_BUT = frozenset(map(fold, ("بل", "لكن", "ولكن", "وإنما", "إنما")))


class Reach:
    """An operator's tables in the folded form that texts are compared in, made once for each operator."""

    def __init__(self, operator: Operator) -> None:
        self.links = frozenset(fold(link) for link in operator.links)
        self.through = frozenset(fold(noun) for noun in operator.through)
        self.takes = frozenset(operator.takes)
        self.denies = operator.status == "denied"


class Scope:
    """Decides what operators govern in sentences."""

    def __init__(self, lexemes: Lexemes, borders: Borders) -> None:
        self._lexemes = lexemes
        self._prepositions = borders.prepositions
        self._being = borders.being
        self._reaches = {operator.id: Reach(operator) for operator in lexemes.operators}

    def governs(self, view: SentenceView, operator: Operator, at: int, act: int, hit: Hit, prep: str) -> bool:
        """Whether an operator whose last token is ``at`` holds over the act at ``act``.

        ``hit`` is the act's word, or that of the light verb over it; ``prep`` its preposition.
        """
        if not 0 < act - at <= operator.reach:
            return False
        reach = self._reaches[operator.id]
        if prep == view.token(at).key:
            # The operator is itself the preposition (دون).
            prep = ""
        that = verbs = 0
        aside = _aside(view, at, act)
        for index in range(at + 1, act):
            if index in aside:
                continue
            kind = view.border(index)
            if kind == "which" and view.token(index - 1).key.removeprefix("ال") in reach.through and hit.kind == NOUN:
                # نفى الادعاءات التي تشير إلى وجود: what the reports say is denied with them.
                return not hit.split.definite and not self._ends(view, index + 1, act)
            if kind in ("mark", "which", "clause"):
                return False
            if view.token(index).key in _BUT:
                return False
            if kind == "comma" and view.token(index).text in "،,":
                return False
            if kind == "that":
                that += 1
            elif kind == "verb" and not self._carries(view, index, hit):
                verbs += 1
        if hit.kind == VERB:
            return self._verb(view, reach, at, act, hit, that, verbs)
        return self._noun(view, reach, at, act, hit, prep, that, verbs)

    def _verb(self, view: SentenceView, reach: Reach, at: int, act: int, hit: Hit, that: int, verbs: int) -> bool:
        if hit.tense == "P":
            if that and _concessive(view, at):
                # حتى ولو أن: granted; but حتى لو فرضت is no less a condition.
                return False
            if that and verbs == 0 and "an" in reach.takes:
                # نفى أن يكون قد زار.
                return view.token(act - 1).key in ("قد",) or "past" in reach.takes
            return "past" in reach.takes and verbs == 0
        if verbs:
            return that == 1 and verbs == 1 and "an" in reach.takes and hit.split.proclitics.startswith("و")
        if that:
            return "an" in reach.takes
        return "imperfect" in reach.takes and not _concessive(view, at)

    def _noun(
        self, view: SentenceView, reach: Reach, at: int, act: int, hit: Hit, prep: str, that: int, verbs: int
    ) -> bool:
        if reach.takes.isdisjoint(("masdar", "bare")) or _concessive(view, at):
            return False
        if "masdar" not in reach.takes and hit.split.definite:
            return False
        if hit.split.stem in reach.through:
            # نفى الاتهامات: they have been made.
            return False
        if self._known(view, reach, at, act, hit, prep):
            return False
        if verbs == 1 and act - at == 1:
            verbs = 0
        if verbs:
            # من المقرر أن يصل لإجراء محادثات: the purpose of what is planned is planned.
            return that == 1 and verbs == 1 and "an" in reach.takes and prep == "ل"
        if prep and prep not in reach.links:
            return not reach.through.isdisjoint(view.token(i).key for i in range(at + 1, act))
        return not self._strays(view, reach, at, act)

    def _known(self, view: SentenceView, reach: Reach, at: int, act: int, hit: Hit, prep: str) -> bool:
        """Whether an act's noun names what is known, of which the operator's clause only says more."""
        first = view.token(at + 1)
        if "bare" in reach.takes and "past" in reach.takes and first.key in self._being:
            # إذا كانت استقالة الحكومة: she has resigned; not so إذا كانت هناك مظاهرات.
            return at + 2 == act
        if not hit.split.definite:
            return False
        if prep and at + 1 < act and first.tag == "M" and not first.key.startswith("ال"):
            # ينوون نشر مذكراتهم للمحاكمة: what is intended is the publication.
            return True
        # نفى أن يكون القتال قائما على أسس عنصرية: there is fighting.
        return reach.denies and any(view.token(index).key in self._being for index in range(at + 1, act))

    def _ends(self, view: SentenceView, first: int, last: int) -> bool:
        """Whether the clause that a relative opens at ``first`` is over before ``last``."""
        kinds = [view.border(index) for index in range(first, last)]
        return kinds.count("verb") != 1 or any(kind in ("mark", "comma", "clause", "which") for kind in kinds)

    def _strays(self, view: SentenceView, reach: Reach, at: int, act: int) -> bool:
        """Whether a preposition between leads to another noun, of which the act only tells more."""
        inside = {i for t in (*view.times, *view.places) for i in range(t.first, t.last)} | view.covering.keys()
        inside |= _aside(view, at, act)
        through = False
        for index in range(at + 1, act):
            token = view.token(index)
            if token.kind != WORD or index in inside:
                continue
            if token.key in reach.through:
                through = True
            if self._preposes(token.key) and not view.border(index):
                if token.key in reach.links or through or index + 1 in inside:
                    continue
                return True
            bound = token.form.splits[-1].proclitics.lstrip("وف") if token.tag in ("N", "M") else ""
            if bound and bound not in reach.links and _takes_preposition(view, index):
                return True
        return False

    def _preposes(self, key: str) -> bool:
        """Whether a word is a preposition, with و or without."""
        return stands_in(key, self._prepositions)

    def _carries(self, view: SentenceView, index: int, hit: Hit) -> bool:
        """A verb that only passes the operator on: a light verb, or an operator itself.

        What a verb of outcome has for subject is no content (أن تؤدي المظاهرات إلى).
        """
        for found in self._lexemes.hits(view.token(index).form):
            if found.group == OPERATOR:
                return True
            if found.group == LIGHT and (hit.kind == VERB or not self._lexemes.light[found.entry].outcome):
                return True
        return False

    def described(self, view: SentenceView, act: int, hit: Hit) -> tuple[Operator, int] | None:
        """The operator that stands as an adjective behind the act's noun, and where: هجوم محتمل, زيارته المقررة."""
        stem = hit.split.stem
        feminine = hit.person == "p" or stem.endswith(("ة", "ات"))
        times = {i for t in view.times for i in range(t.first, t.last)}
        for index in range(act + 1, min(act + 1 + ADJECTIVE_REACH, view.sentence.last)):
            if index in times or view.border(index) in ("mark", "verb", "that", "which", "clause"):
                if view.token(index).text in "«»":
                    continue
                return None
            if index in view.covering:
                continue
            token = view.token(index)
            if token.kind != WORD:
                continue
            found = self._adjective(view, index, feminine)
            if found is not None:
                return found, index
            if token.tag == "P":
                return None
        return None

    def _adjective(self, view: SentenceView, index: int, feminine: bool) -> Operator | None:
        for hit in self._lexemes.hits(view.token(index).form):
            if hit.group == OPERATOR and hit.kind in (ACTIVE, PASSIVE) and not hit.split.proclitics:
                return self._lexemes.operators[hit.entry] if hit.split.stem.endswith("ة") == feminine else None
        return None


def opens_clause(view: SentenceView, at: int, hit: Hit) -> bool:
    """Whether a participle governs what follows (كان مقررا أن, من المتوقع) and describes no noun before it."""
    if hit.kind not in (ACTIVE, PASSIVE) or not hit.split.definite:
        return True
    return at > view.sentence.first and unjoined(view.token(at - 1).key) == _MAN


def construct_preposition(view: SentenceView, at: int, prep: str) -> str:
    """The preposition over a noun, also where it stands before the noun's construct (بعد توجيه عدة إنذارات)."""
    if prep:
        return prep
    for index in range(at - 1, max(view.sentence.first, at - CONSTRUCT) - 1, -1):
        token = view.token(index)
        if token.kind != WORD or view.border(index) or token.key.startswith("ال") or index in view.covering:
            return ""
        if token.tag == "P":
            return token.key
        if token.tag not in ("N", "M", "X", "J", "A", "U"):
            return ""
        if index > view.sentence.first:
            before = view.token(index - 1)
            if before.tag == "P" and not view.border(index - 1):
                return before.key
        if _takes_preposition(view, index):
            return token.form.splits[-1].proclitics.lstrip("وف")[:1]
    return ""


def _aside(view: SentenceView, first: int, last: int) -> set[int]:
    """The tokens between two dashes or brackets (كما تشمل المباحثات - بحسب مصادر - التنسيق)."""
    found: set[int] = set()
    opened: int | None = None
    for index in range(first + 1, last):
        text = view.token(index).text
        if text in DASHES or text in "()":
            if opened is None:
                opened = index
            else:
                found.update(range(opened, index + 1))
                opened = None
    return found


def _takes_preposition(view: SentenceView, index: int) -> bool:
    """Whether the chosen reading of a noun begins with ب or ل."""
    token = view.token(index)
    return any(
        r.tag == token.tag and ("ب" in r.proclitics or "ل" in r.proclitics) for r in token.form.readings
    ) and not any(r.tag == token.tag and not r.proclitics for r in token.form.readings)


def _concessive(view: SentenceView, at: int) -> bool:
    """``حتى لو``, ``ولو``: what follows is granted, no condition."""
    token = view.token(at)
    if token.key == "ولو":
        return True
    return at > view.sentence.first and unjoined(view.token(at - 1).key) == _EVEN
