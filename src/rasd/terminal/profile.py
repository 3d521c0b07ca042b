"""Where the time of coding went, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# In the order of the way of an article; what another list calls otherwise comes after them.
_STAGES = {
    "input": "articles got from their sources",
    "text": "tokens, sentences, tags",
    "when": "times",
    "who": "actors",
    "dating": "the day of publication, where it is not given",
    "where": "places",
    "affairs": "quantities, projects and agreements",
    "learned": "the learned reader",
    "what": "events",
    "positions": "positions and phases",
    "record": "the record made",
    "encoding": "the record as JSON",
    "writing": "results written",
}
# Less than this share of the whole is not worth a line.
_LEAST = 0.0005


def profile_lines(seconds: Mapping[str, float], words: int) -> Iterator[str]:
    """A line for each stage, with its seconds, its share of all and its time a word, and one for the whole."""
    total = sum(seconds.values())
    if not total:
        return
    width = max(len(stage) for stage in (*seconds, "together"))
    for stage in sorted(seconds, key=lambda s: list(_STAGES).index(s) if s in _STAGES else len(_STAGES)):
        spent = seconds[stage]
        if spent >= _LEAST * total:
            yield f"{_line(stage, width, spent, total, words)}  {_STAGES.get(stage, '')}".rstrip()
    yield _line("together", width, total, total, words)


def _line(stage: str, width: int, spent: float, total: float, words: int) -> str:
    each = f"{1e6 * spent / words:7.2f} µs a word" if words else ""
    return f"{stage:<{width}} {spent:9.2f} s {100 * spent / total:5.1f} % {each}"
