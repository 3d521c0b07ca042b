"""Statements of a dossier as items of a page: their words, labels, and the source words that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rasd.chronicle import Source as Article
from rasd.record import Name
from rasd.relations.disputes import Stance
from rasd.relations.lines import Line, Quote
from rasd.relations.pages.page import Cited, Item, Source
from rasd.relations.pages.wording import Wording, clean
from rasd.relations.people import Person
from rasd.relations.topics import Topic

# Letters of source words shown before and after the word that carries the event, and of words without one.
_BEFORE, _AFTER, _WHOLE = 140, 190, 330
# Quotes shown under a statement, and wordings of a name.
_QUOTES, _WORDINGS = 4, 12


class Items:
    """Makes items and keeps count of the articles that they cite, numbered as they come."""

    def __init__(
        self, wording: Wording, articles: Iterable[Article], topics: Mapping[str, Name], parties: Iterable[str] = ()
    ) -> None:
        self._parties = {code.partition("/")[0] for code in parties}
        self.say = wording
        self._articles = {a.key: a for a in articles}
        self._topics = topics
        self._numbers: dict[str, int] = {}
        self._credits: dict[str, list[str]] = {}
        self._told: set[int] = set()

    # Occurrences

    def line(self, line: Line, *, tags: Sequence[str] = (), again: bool = False) -> Item:
        """An occurrence; where it was told on this page before, without its words, unless ``again``."""
        say, occurrence = self.say, line.occurrence
        gloss = occurrence.gloss.ar if say.language == "ar" else occurrence.gloss.en
        shown = [say.label(f"status.{occurrence.status}")] if occurrence.status != "occurred" else []
        item = Item(clean(gloss or occurrence.gloss.en), self._day(line), [*tags, *shown], number=line.number,
                    event=occurrence.id)  # fmt: skip
        item.doubtful = not line.sure
        if item.doubtful:
            item.tags.append(say.label("uncertain"))
        if line.number in self._told and not again:
            item.refers = [line.number]
            item.number = 0
            return item
        self._told.add(line.number)
        item.details = [(label, text) for label, text in self._details(line) if text]
        item.cited = self.cited(line.quotes)
        return item

    def brief(self, line: Line) -> Item:
        """An occurrence by its line alone, which refers to where it is told."""
        gloss = line.occurrence.gloss
        text = gloss.ar if self.say.language == "ar" else gloss.en
        return Item(clean(text or gloss.en), self._day(line), refers=[line.number], event=line.occurrence.id)

    def _day(self, line: Line) -> str:
        """The day of an occurrence, or the day that it was told."""
        date = line.occurrence.date
        if line.told and (date is None or not (date.value or date.begin or date.end)):
            return self.say.label("date.told", day=self.say.day(line.told))
        return self.say.date(date)

    def was_told(self, line: Line) -> bool:
        return line.number in self._told

    def _details(self, line: Line) -> Iterable[tuple[str, str]]:
        say, occurrence = self.say, line.occurrence
        place = say.place(occurrence.place)
        gloss = occurrence.gloss.ar if say.language == "ar" else occurrence.gloss.en
        town = say.name(occurrence.place.name) if occurrence.place else ""
        yield say.label("ledger.place"), place if not town or town not in gloss else ""
        yield say.label("ledger.about"), say.listed([say.name(self._topics.get(key)) for key in occurrence.affairs])
        yield say.label("ledger.ordinal"), say.ordinal(occurrence.ordinal) if occurrence.ordinal else ""
        yield say.label("ledger.counts"), say.joined([say.counted(c) for c in line.counts if c.role != "amount"])
        yield say.label("ledger.said-by"), say.joined([say.speaker(a) for a in line.attribution])
        if len({c.status for c in occurrence.course}) > 1:
            yield say.label("ledger.course"), self._moves(line)
        if len(occurrence.reports) > 1:
            yield say.label("ledger.reports"), say.count(len(line.articles), "article")

    def _moves(self, line: Line) -> str:
        """``planned on 5 May, occurred on 10 May``, each change once."""
        say = self.say
        moves: list[str] = []
        last = ""
        for change in line.occurrence.course:
            if change.status != last:
                status = say.label(f"status.{change.status}")
                moves.append(say.label("status.moved", status=status, day=say.day(change.on)) if change.on else status)
                last = change.status
        return say.joined(moves)

    # Affairs, stances, people

    def topic(self, topic: Topic, *, head: str = "", tags: Sequence[str] = ()) -> Item:
        """An affair with what it is, its parties and where it is named; ``refers`` to what was told about it."""
        say = self.say
        item = Item(say.name(topic.name), head, list(tags), affair=topic.key)
        what = (topic.what or "").partition(" (")[0] if say.language == "en" else ""
        details = [
            (say.label("ledger.what"), what if what.lower() not in item.text.lower() else ""),
            (say.label("ledger.amount"), say.amount(topic.quantity) if topic.quantity else ""),
            (say.label("ledger.place"), say.place(topic.place)),
            (say.label("ledger.parties"), self.parties(topic)),
        ]
        item.details = [(label, text) for label, text in details if text]
        if topic.articles > 1:
            item.tags.append(say.label("ledger.named-in", articles=say.count(topic.articles, "article")))
        item.cited = self.cited(topic.quotes)
        item.refers = [x.number for x in topic.lines]
        return item

    def parties(self, topic: Topic) -> str:
        """``builder Russia, host Turkey``; a mere party by its name alone."""
        say = self.say
        by_code: dict[str, list[str]] = {}
        for party in topic.parties:
            by_code.setdefault(say.code(party.code), []).append(party.role)
        shown: list[str] = []
        for name, roles in by_code.items():
            named = say.listed([say.label(f"role.{r}") for r in roles if r != "party"])
            shown.append(f"{name} ({named})" if named else name)
        return say.listed(shown)

    def stance(self, stance: Stance) -> Item:
        say = self.say
        parts: list[str] = []
        topic = say.name(self._topics.get(stance.affair or ""))
        if stance.toward:
            parts.append(say.label(f"stance.{stance.stance}", whom=self._whom(stance.toward)))
            if topic:
                parts.append(say.label("stance.topic", topic=topic))
        else:
            parts.append(say.label(f"stance.{stance.stance}", whom=topic))
        said = say.label("stance.of", who=say.code(stance.holder), stance=" ".join(parts))
        tags = [say.label("ledger.named-in", articles=say.count(stance.voices, "article"))] if stance.voices > 1 else []
        return Item(said, tags=tags, cited=self.cited(stance.quotes))

    def _whom(self, code: str) -> str:
        main = code.partition("/")[0]
        return self.say.code(code) if main in self._parties else self.say.power(code)

    def person(self, person: Person) -> Item:
        say = self.say
        item = Item(say.name(person.name), tags=[say.code(code) for code in person.codes[:2]])
        if person.articles > 1:
            item.tags.append(say.label("people.in-articles", articles=say.count(person.articles, "article")))
        wordings = person.named_as[:_WORDINGS]
        if wordings:
            words = " · ".join(q.text for q in wordings)
            cited = self._cited(Quote(wordings[0].article, words))
            item.cited = [cited] if cited else []
        return item

    # Source words

    def cited(self, quotes: Sequence[Quote], shown: int = _QUOTES) -> list[Cited]:
        found = (self._cited(q) for q in quotes[:shown])
        return [c for c in found if c is not None]

    def _cited(self, quote: Quote) -> Cited | None:
        article = self._articles.get(quote.article)
        if article is None:
            return None
        number = self._numbers.setdefault(quote.article, len(self._numbers) + 1)
        before, marked, after = _parted(quote)
        if quote.article not in self._credits:
            self._credits[quote.article] = self._credit(article)
        return Cited(before, marked, after, self._credits[quote.article], number, quote.article)

    def _credit(self, article: Article) -> list[str]:
        """Outlet, headline (else the article's key), day."""
        title = f"«{_headline(article.title)}»" if article.title else clean(article.key)
        day = self.say.day(article.published) if article.published else self._dated(article)
        return [p for p in (clean(article.outlet or ""), title, day) if p]

    def _dated(self, article: Article) -> str:
        say, dated = self.say, article.dating
        if dated is None or not (dated.earliest or dated.latest):
            return say.label("dated.unknown")
        begin, end = say.day(dated.earliest), say.day(dated.latest)
        if begin and end:
            return say.label("dated.between", begin=begin, end=end)
        return say.label("dated.after", begin=begin) if begin else say.label("dated.before", end=end)

    def sources(self) -> list[Source]:
        """The articles cited, by number; the words that date one are given where it came without a day."""
        found: list[Source] = []
        for key, number in self._numbers.items():
            article = self._articles[key]
            dated = article.dating
            inferred = dated is not None and dated.basis not in ("given", "unknown")
            words = [clean(w.text) for w in dated.words] if dated is not None and inferred else []
            credit = self._credit(article)
            if inferred and article.published:
                credit[-1] = self.say.label("dated.inferred", day=credit[-1])
            url = clean(article.url) if article.url else None
            found.append(Source(number, credit, url, list(dict.fromkeys(words))))
        return found


def _headline(title: str) -> str:
    shown = clean(title)
    return shown if len(shown) <= 110 else f"{shown[:110].rpartition(' ')[0]} …"


def _parted(quote: Quote) -> tuple[str, str, str]:
    """The words before the mark, the mark, those after, cut at words where they are long."""
    if quote.mark is None:
        whole = clean(quote.text)
        return "", "", whole if len(whole) <= _WHOLE else f"{whole[:_WHOLE].rpartition(' ')[0]} …"
    start, end = quote.mark
    text = quote.text
    before, marked, after = clean(text[:start]), clean(text[start:end]), clean(text[end:])
    if len(before) > _BEFORE:
        before = f"… {before[-_BEFORE:].partition(' ')[2]}"
    if len(after) > _AFTER:
        after = f"{after[:_AFTER].rpartition(' ')[0]} …"
    # What is written onto the marked word (و, ب, ها) stays on it.
    gap = " " if before and text[start - 1 : start].isspace() else ""
    return before + gap, marked, (" " if after and text[end : end + 1].isspace() else "") + after
