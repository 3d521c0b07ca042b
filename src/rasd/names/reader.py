"""All names of a document, one inside another."""

from __future__ import annotations

from dataclasses import dataclass

from rasd.lexicon import Compiled
from rasd.names.lexemes import ALONE, NAMED, NEVER, name_tables
from rasd.names.people import PeopleFinder
from rasd.names.phrases import Extent
from rasd.text.document import WORD, ActorMention, Document, Token
from rasd.text.forms import CACHE_SIZE
from rasd.who import METONYM, NISBA, STATE, Tables

PERSON, ORGANIZATION, PLACE, AREA, OFFICE = "person", "organization", "place", "area", "office"
# Kinds of places with a government or people of their own; the rest are areas: seas, mountains, buildings.
_SETTLED = frozenset(("city", "region", "country", "camp", "district", "capital", "state", "PCLI"))
_BODIES = frozenset(("organization", "group", "outlet", "gathering"))
_VERBS = ("VP", "VI", "VC")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: tokens ``[first, last)``, characters ``[start, end)``.

    ``kind`` is person, organization, place (with a government or people), area or office (a title
    or occupation). ``entity`` is the index of the document's entity that it names, None for one
    that no registry lists.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """A word that can open the name of a body or office: ``use`` of its article alone."""

    kind: str
    cut: int
    definite: bool
    use: str
    # The indefinite accusative: عضوا, وزيرا.
    accusative: bool = False


class NameReader:
    """Reads the names of documents whose actors and places are read."""

    def __init__(self, lexicon: Compiled, registry: Tables) -> None:
        self.words = name_tables(lexicon)
        self.registry = registry
        titles = frozenset(self.words.titles)
        self.people = PeopleFinder(registry, self.words)
        self.initials = self.words.group("initials")
        self.name_titles = self.words.group("name-titles")
        self.place_heads = self.words.group("place-heads")
        self.around_places = self.words.group("around-places")
        self.named_after = self.words.group("named-after")
        heads = frozenset(self.words.bodies)
        lasting = registry.group("epithets") | registry.group("former")
        self.extent = Extent(self.words.group("ends"), lasting, frozenset(registry.given), heads, titles)
        self._heads: dict[str, tuple[_Head, ...]] = {}

    def read(self, document: Document) -> list[Name]:
        """The names in the order of the text, the longer first where two begin together."""
        return _Pass(self, document).names()

    def heads(self, token: Token) -> tuple[_Head, ...]:
        """What a token can open, by its letters."""
        found = self._heads.get(token.text)
        if found is None:
            if len(self._heads) >= CACHE_SIZE:
                self._heads.clear()
            found = self._heads[token.text] = self._open(token)
        return found

    def _open(self, token: Token) -> tuple[_Head, ...]:
        found: dict[str, _Head] = {}
        words = self.words
        for split in token.form.splits:
            if split.proclitics[-1:] in ("س", "ك"):
                continue
            stem = split.stem
            accusative = stem.endswith("ا") and not split.definite and stem not in words.titles
            for kind, known in ((ORGANIZATION, stem in words.bodies), (OFFICE, stem in words.titles)):
                if known and kind not in found:
                    use = words.titles[stem] if kind == OFFICE else ALONE if words.bodies[stem] else NEVER
                    found[kind] = _Head(kind, len(split.proclitics), split.definite, use)
            if accusative and words.titles.get(stem[:-1]) == ALONE and OFFICE not in found:
                found[OFFICE] = _Head(OFFICE, len(split.proclitics), False, words.titles[stem[:-1]], True)
        return tuple(found.values())


class _Pass:
    """One document's names."""

    def __init__(self, reader: NameReader, document: Document) -> None:
        self._r = reader
        self._document = document
        self._tokens = document.tokens
        self._found: dict[tuple[int, int, str], Name] = {}
        # Names of places, states and bodies by their first token: where a construct phrase finds its name.
        self._spans: dict[int, int] = {}
        self._taken: dict[int, int] = {}
        self._sites: dict[int, int] = {}
        self._listed: set[int] = set()

    def names(self) -> list[Name]:
        for mention in self._document.actors:
            self._actor(mention)
        for place in self._document.places:
            self._place(place.first, place.last, PLACE if place.kind in _SETTLED else AREA, place.start)
        self._people()
        for sentence in self._document.sentences:
            for at in range(sentence.first, sentence.last):
                if self._tokens[at].kind == WORD:
                    for head in self._r.heads(self._tokens[at]):
                        self._headed(at, head, sentence.last)
        return self._ordered()

    def _add(self, first: int, last: int, kind: str, entity: int | None, start: int | None = None) -> None:
        tokens = self._tokens
        begin = tokens[first].start if start is None else start
        self._found.setdefault((first, last, kind), Name(first, last, begin, tokens[last - 1].end, kind, entity))
        if kind in (PLACE, AREA, ORGANIZATION):
            self._spans[first] = max(self._spans.get(first, 0), last)
        if kind == PLACE:
            self._sites[first] = last
        if kind == PERSON:
            for at in range(first, last):
                self._taken[at] = last

    def _place(self, first: int, last: int, kind: str, start: int, entity: int | None = None) -> None:
        """A place with the nouns that say what it is, without the points of the compass."""
        tokens, r = self._tokens, self._r
        begin = first
        while first < last - 1 and tokens[first].key in r.around_places:
            first += 1
        while first and (tokens[first - 1].key in r.place_heads or tokens[first - 1].key[1:] in r.place_heads):
            first -= 1
        if first < last - 1 and last < len(tokens) and self._adjective(tokens[last]):
            last += 1
        self._add(first, last, kind, entity, start if first == begin else None)

    def _adjective(self, token: Token) -> bool:
        """An adjective that belongs to a town's name or tells it from others: ``العليا``, ``القديمة``."""
        nisba = any(s.kind == NISBA for s in self._r.registry.senses.get(token.key[2:], ()))
        return token.key.startswith("ال") and token.key.endswith(("ة", "ا")) and token.tag in "JUAR" and not nisba

    def _actor(self, mention: ActorMention) -> None:
        entity = mention.entities[0] if len(mention.entities) == 1 else None
        rule = mention.rule.split(":")[0]
        if mention.kind == "person" and mention.named is not None:
            first, last = mention.named
            self._add(first, last, PERSON, entity)
            if rule == "title" and mention.number == "s" and first > mention.first:
                self._add(mention.first, first, OFFICE, entity, mention.start)
        elif rule == "title":
            if mention.number == "s" and not mention.rule.startswith("title:reference"):
                self._add(mention.first, mention.last, OFFICE, entity, mention.start)
        elif mention.kind == "person" and mention.how == "name":
            self._add(mention.first, mention.last, PERSON, entity, mention.start)
        elif rule in ("state", "metonym"):
            self._place(mention.first, mention.last, PLACE, mention.start, entity)
        elif rule == "body" and mention.kind in _BODIES:
            first = self._with_head(mention.first)
            self._add(first, mention.last, ORGANIZATION, entity, None if first < mention.first else mention.start)
            self._listed.add(first)
            if mention.last - first > 1:
                self._places_within(first + 1, mention.last)

    def _with_head(self, at: int) -> int:
        """The head word before a listed body's name (``حركة حماس``), else the name's own first token."""
        if at and any(h.kind == ORGANIZATION and not h.definite for h in self._r.heads(self._tokens[at - 1])):
            return at - 1
        return at

    def _people(self) -> None:
        tokens = self._tokens
        for sentence in self._document.sentences:
            at = sentence.first
            while at < sentence.last:
                token = tokens[at]
                if at in self._taken:
                    at = max(at + 1, self._taken[at])
                    continue
                named = self._r.people.name_at(tokens, at, sentence.last) if token.kind == WORD else None
                if named is None and token.kind == WORD and self._r.people.family_after_title(tokens, at):
                    named = 0, at + 1
                if named is None or at in self._spans or (at and tokens[at - 1].key in self._r.named_after):
                    at += 1
                    continue
                cut, last = named
                king = at > sentence.first and tokens[at - 1].key in self._r.name_titles
                self._add(at - king, last, PERSON, None, None if king else token.start + cut)
                if at - 1 > sentence.first and tokens[at - 1].text == "." and tokens[at - 2].key in self._r.initials:
                    self._add(at - 2, at, OFFICE, None)
                at = last

    def _places_within(self, first: int, last: int) -> None:
        """The towns and states that a body or office is called after (``بلدية نابلس``)."""
        tokens, registry = self._tokens, self._r.registry
        at = first
        while at < last:
            end = at + 1 if at not in self._spans else self._spans[at]
            if at not in self._spans:
                key = tokens[at].key
                for step in range(min(3, last - at)):
                    key = key if not step else f"{key} {tokens[at + step].key}"
                    if key in registry.cities or any(s.kind in (STATE, METONYM) for s in registry.senses.get(key, ())):
                        end = at + step + 1
                        self._add(at, end, PLACE, None)
            at = max(end, at + 1)

    def _headed(self, at: int, head: _Head, stop: int) -> None:
        token = self._tokens[at]
        if at in self._listed and head.kind == ORGANIZATION:
            return
        if token.tag in _VERBS and not head.definite and not head.cut:
            return
        title = head.kind == OFFICE
        last = self._r.extent.last(
            self._tokens, at, stop, definite=head.definite, title=title, spans=self._spans, sites=self._sites
        )  # fmt: skip
        person = last in self._taken
        if head.use == NAMED and not person:
            return
        if last == at + 1:
            if head.definite:
                if not (head.use == ALONE or (head.use == NAMED and person)):
                    return
            elif not (title and (head.accusative or person)):
                return
        self._add(at, last, head.kind, None, token.start + head.cut)
        if not head.definite:
            self._places_within(at + 1, last)

    def _ordered(self) -> list[Name]:
        """The names found, without those that a longer one of their kind begins with."""
        longest: dict[tuple[int, str], Name] = {}
        for name in self._found.values():
            known = longest.get((name.first, name.kind))
            if known is None or name.last > known.last:
                longest[name.first, name.kind] = name
        return sorted(longest.values(), key=lambda n: (n.first, -n.last, n.kind))
