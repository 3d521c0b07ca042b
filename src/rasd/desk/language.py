"""The language of a page: chosen in its address, remembered in a cookie, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from rasd.chronicle import Side
from rasd.lexicon import KnowledgeFiles
from rasd.record import Attribution, Gloss, Name, Place
from rasd.relations.lines import Line
from rasd.relations.naming import CodeNames
from rasd.relations.pages.page import LANGUAGES, Language
from rasd.relations.pages.wording import Wording, clean
from rasd.relations.view_schema import Counted, Label

PARAMETER = "lang"
COOKIE = "rasd_language"
_YEAR = 365 * 24 * 3600
DIRECTIONS: dict[Language, str] = {"ar": "rtl", "en": "ltr"}


class Words(Wording):
    """All that pages of one language say: the labels of dossiers and, over them, those of the desk.

    ``names`` gives what says how codes are called, which may change as articles are added. One serves all requests.
    """

    def __init__(self, language: Language, files: KnowledgeFiles, names: Callable[[], CodeNames]) -> None:
        super().__init__(language, files)
        own = files.entries("desk/words*.yaml", Label, lambda e: e.id)
        self._labels = {**self._labels, **{e.id: getattr(e, language) for e in own}}
        counted = files.entries("desk/counts*.yaml", Counted, lambda e: e.id)
        self._counted = {**self._counted, **{c.id: c for c in counted}}
        self._code_names = names

    def code(self, code: str) -> str:
        """What a code is called: ``Russia``, ``Syria (opposition)``; the code itself where nobody knows."""
        names = self._code_names()
        shown = self.name(names.name(code)) or code
        sector = self._sectors.get(code.partition("/")[2])
        return sector.format(state=shown) if sector and names.sectored(code) else shown

    def signed(self, n: float) -> str:
        """A score with its sign, rounded; set apart from right to left by whoever shows it."""
        return f"{n:+,.0f}".replace("-", "−") if round(n) else "0"

    def gloss(self, gloss: Gloss) -> str:
        """An event's line in the page's language, else in the other."""
        both = (gloss.ar, gloss.en) if self.language == "ar" else (gloss.en, gloss.ar)
        return clean(both[0] or both[1])

    def called(self, english: str) -> Name | None:
        return self._code_names().called(english)

    def speakers(self, said: Sequence[Attribution], named: Mapping[str, Name]) -> str:
        """On whose word, each once; ``named`` are those whom the article names, by their English names."""
        return self.joined([self.speaker(a, named) for a in said])

    def side(self, side: Side) -> str:
        """Who stands on a side of an event."""
        return self.name(side.name) or self.code(side.code)

    def difference(self, field: str, value: str, places: Mapping[str, Place]) -> str:
        """A value that reports give for a field in which they differ (`rasd.chronicle.Difference`); ``places`` are
        those of the reports, by the names that stand as such values."""
        if field in ("actors", "recipients"):
            return self.listed([self.code(code) for code in value.split("+")])
        keys = {"status": f"status.{value}", "type": f"type.{value}", "mode": f"mode.{value}"}
        if field in keys:
            return self.label(keys[field]) if value else "–"
        if field == "place" and value in places:
            return self.place(places[value])
        return self.day(value) if field == "date" else clean(value)

    def when(self, line: Line) -> str:
        """The day of an event, or the day that it was told."""
        date = line.occurrence.date
        if line.told and (date is None or not (date.value or date.begin or date.end)):
            return self.label("date.told", day=self.day(line.told))
        return self.date(date)

    def number(self, n: float) -> str:
        """A number with its thousands set apart, in the numerals that newspapers of both languages share."""
        return f"{n:,.6g}" if isinstance(n, float) else f"{n:,}"


def chosen(request: Request, otherwise: Language) -> Language:
    """The language of the answer: ``?lang=``, else the cookie, else the browser's wish, else ``otherwise``."""
    for said in (request.query_params.get(PARAMETER), request.cookies.get(COOKIE)):
        if said in LANGUAGES:
            return said
    return _wished(request.headers.get("accept-language", ""), LANGUAGES) or otherwise


def remember(request: Request, response: Response) -> None:
    """Keep a language that the address asks for, so that later pages come in it."""
    said = request.query_params.get(PARAMETER)
    if said in LANGUAGES:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, said, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    response.headers["Vary"] = "Cookie, Accept-Language"


def switched(request: Request, language: Language) -> str:
    """The address of the same page in another language, on this site."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != PARAMETER]
    # A second slash at the start would name another machine.
    path = "/" + quote(request.url.path.lstrip("/"), safe="/:@")
    return f"{path}?{urlencode([*kept, (PARAMETER, language)])}"


def _wished(header: str, known: Collection[Language]) -> Language | None:
    """The first of the languages known that a browser accepts, by its weights."""
    best: Language | None = None
    weight = 0.0
    for part in header.split(",")[:20]:
        tag, _, rest = part.strip().partition(";")
        try:
            q = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            continue
        for language in known:
            if tag.lower().partition("-")[0] == language and q > weight:
                best, weight = language, q
    return best
