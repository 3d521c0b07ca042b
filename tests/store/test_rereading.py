"""Reading kept articles again: what came of it, and what is kept then."""

from __future__ import annotations

import datetime as dt

from rasd.relations.rereading import Changes, changes, reread
from rasd.store import Store
from relations.records import made
from store.adding import QuickReader, made_of
from store.articles import put


class Grown(QuickReader):
    """Reads one word more: what was told of Kenya is planned, of Brazil nothing."""

    def read(self, text: str, *, published: str | dt.date | None = None, **named: object):  # type: ignore[override]
        record = super().read(text, published=published, **named)
        if "BRA" in text:
            record.events = []
        for event in record.events:
            if "KEN" in text:
                event.status = "planned"
        return record


def test_articles_that_another_lexicon_read_are_read_again(store: Store):
    put(store, QuickReader("old"), *map(made_of, range(5)))  # type: ignore[arg-type]
    told: list[Changes] = []
    dry = reread(store, Grown("new"), keep=False)  # type: ignore[arg-type]
    assert store.keys(read_by_others_than="new") == store.keys()
    done = reread(store, Grown("new"), on_changes=told.append)  # type: ignore[arg-type]
    assert (dry.articles, dry.changed, dry.gone) == (done.articles, done.changed, done.gone)
    assert done.articles == 5
    assert done.gone == sum("BRA" in made_of(n).text for n in range(5))
    assert {f for c in told for a in c.altered for f in a.fields} == {"status"}
    planned = store.occurrences(["KEN"])
    assert planned
    assert all(o.status == "planned" for o in planned)
    assert store.occurrences(["BRA"]) == []
    assert reread(store, Grown("new")).articles == 0  # type: ignore[arg-type]
    assert reread(store, Grown("new"), every=True).changed == 0  # type: ignore[arg-type]
    keys = store.keys()
    assert {store.show(key).lexicon for key in keys} == {"new"}


def test_what_two_readings_say():
    before = made({"text": "قصف ثم لقاء", "events": [{"says": "قصف", "type": "ASSAULT"}, {"says": "لقاء"}]})
    after = made({"text": "قصف ثم لقاء", "events": [{"says": "لقاء", "status": "planned"}, {"says": "ثم"}]})
    found = changes(before, after, "1")
    assert [e.type for e in found.gone] == ["ASSAULT"]
    assert [(a.after.status, a.fields) for a in found.altered] == [("planned", ["status"])]
    assert len(found.new) == 1
    assert not changes(before, before, "1")
