"""What an archive is told of each article that is added to it: its voice, its reports, which occurrences they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rasd.chronicle import Archive, Occurrence, Report, Ruling
from rasd.record import Record
from rasd.relations.copies import sketch, voice
from rasd.relations.identity import Identity, Link
from rasd.relations.occurrences import merge
from rasd.relations.profile import Profile
from rasd.relations.reports import reports

# An occurrence of more reports than this is made of its first and its last ones; it keeps the ids of all.
MERGED = 200


def rule(
    record: Record, key: str, archive: Archive, identity: Identity, verdicts: Mapping[str, str] | None = None
) -> Ruling:
    """What is decided of a new article, kept under ``key``, against all that ``archive`` holds. Changes nothing.

    ``verdicts`` are those of people on its events (`rasd.relations.reviewed`).
    An article that was read before must have been taken out of the archive first.
    """
    text = sketch(record.article.text)
    speaking = (voice(*text, archive) if text is not None else None) or key
    told = reports(record, key, voice=speaking, verdicts=verdicts)
    profiles = [identity.profile(report) for report in told]
    links = identity.link(profiles, archive)
    sketches = {profile.id: (profile.packed, profile.keys) for profile in profiles}
    ruling = Ruling(speaking, told, [], sketches, text)
    concerned = {i for link in links for i in (link.occurrence, *link.absorbed, *link.denied_by) if i is not None}
    kept = archive.occurrences_by_id(concerned)
    _gather(ruling, links, kept, archive)
    _deny(ruling, links, kept, _denied_within(profiles, links, identity))
    return ruling


def _gather(ruling: Ruling, links: Sequence[Link], kept: Mapping[str, Occurrence], archive: Archive) -> None:
    """Make the occurrences of an article's reports, in their order."""
    found = [[kept[i] for i in (link.occurrence, *link.absorbed) if i is not None and i in kept] for link in links]
    earlier = archive.reports({r for of in found for occurrence in of for r in _some(occurrence.reports)})
    for report, of in zip(ruling.reports, found, strict=True):
        ruling.occurrences.append(_made(report, of, earlier))
        ruling.absorbed.update({absorbed.id: of[0].id for absorbed in of[1:]})


def _made(report: Report, found: Sequence[Occurrence], earlier: Mapping[str, Report]) -> Occurrence:
    """The occurrence of a report together with those that it is of."""
    told = [earlier[r] for occurrence in found for r in _some(occurrence.reports) if r in earlier]
    denies = next((o.denies for o in found if o.denies is not None), None)
    whole = merge([*told, report], found[0].id if found else "", denies=denies)
    every = [*(r for occurrence in found for r in occurrence.reports), report.id]
    if len(every) > len(whole.reports):
        whole.voices = sum(o.voices for o in found) + all(r.voice != report.voice for r in told)
        whole.reports = every
    return whole


def _some(reports: Sequence[str]) -> Sequence[str]:
    return reports if len(reports) <= MERGED else [*reports[: MERGED // 4], *reports[-3 * MERGED // 4 :]]


def _denied_within(profiles: Sequence[Profile], links: Sequence[Link], identity: Identity) -> list[tuple[int, int]]:
    """Of an article's denials those that deny what it tells itself: which report denies which, by their places."""
    return [
        (n, next(iter(denied)))
        for n, one in enumerate(profiles)
        if one.status == "denied" and links[n].denies is None
        for denied in ([m for m, two in enumerate(profiles) if identity.denial(one, two)],)
        if denied
    ]


def _deny(
    ruling: Ruling, links: Sequence[Link], kept: Mapping[str, Occurrence], within: Sequence[tuple[int, int]]
) -> None:
    """Tie denials to what they deny: those of the article, and earlier ones of what it tells."""
    own = ruling.occurrences[: len(links)]
    pairs = [(own[n], own[m]) for n, m in within]
    places = {occurrence.id: occurrence for occurrence in own if occurrence.id}
    for occurrence, link in zip(own, links, strict=True):
        if link.denies is not None and occurrence.denies is None:
            occurrence.denies = ruling.absorbed.get(link.denies, link.denies)
        earlier = [kept[d] for d in link.denied_by if d in kept and d not in ruling.absorbed]
        pairs += [(places.setdefault(d.id, d), occurrence) for d in earlier if d.denies is None]
    for denial, denied in pairs:
        if denial.denies is not None:
            continue
        if all(denial is not o for o in ruling.occurrences):
            ruling.occurrences.append(denial)
        if denied.id:
            denial.denies = denied.id
        else:
            at = [next(i for i, o in enumerate(ruling.occurrences) if o is one) for one in (denial, denied)]
            ruling.denials.append((at[0], at[1]))
