"""What is written together with a word: proclitics before it, enclitic pronouns after it.

`splits` gives every way a form could be taken apart, by letters alone; which one is meant
is for whoever looks the stems up (a name, a predicate, a month) to decide.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple


class Split(NamedTuple):
    """One way to take a form apart. All parts are folded (`rasd.text.letters.fold`).

    ``cut`` is the number of letters of the folded form before the stem: with an unmarked
    word it is also the character offset at which a mention without its proclitics starts.
    """

    proclitics: str
    stem: str
    enclitic: str
    definite: bool
    cut: int


CONJUNCTIONS = ("و", "ف")
# Longest first, so that a proclitic is not read as part of a shorter one.
ENCLITICS = ("كما", "هما", "كم", "هم", "هن", "كن", "ها", "نا", "ني", "ه", "ك", "ي")

# The letters that they end in.
_LAST = frozenset(enclitic[-1] for enclitic in ENCLITICS)

# What can stand before a stem, as (written letters, meaning), the article apart.
_PREPOSITIONS = ("ب", "ل", "ك")
_FUTURE = "س"


def unjoined(key: str) -> str:
    """A folded form without a conjunction before it: one letter, not all that look like one (``وفي`` is ``في``)."""
    return key[1:] if len(key) > 2 and key[0] in CONJUNCTIONS else key


def stands_in(key: str, words: Container[str]) -> bool:
    """Whether a folded form is one of ``words``, as it stands or after a conjunction (``في``, ``وفي``)."""
    return key in words or unjoined(key) in words


def splits(key: str) -> tuple[Split, ...]:
    """The ways to take a folded form apart, the whole form first, without enclitics.

    ``stem`` keeps no article: for ``والبرلمان`` the split is ``("و", "برلمان", "", True, 3)``
    beside ``("و", "البرلمان", "", False, 1)``, so that a name written with its article can be
    looked up either way. ``للبرلمان`` gives ``("ل", "برلمان", "", True, 2)`` and, with the alef
    that the spelling swallows, ``("ل", "البرلمان", "", False, 1)``.
    """
    found = [Split("", key, "", False, 0)]
    n = len(key)
    starts = [("", 0)]
    if n > 2 and key[0] in "وف":
        starts.append((key[0], 1))
        found.append(Split(key[0], key[1:], "", False, 1))
    for conjunction, at in starts:
        rest = key[at:]
        if rest.startswith("ال") and len(rest) > 3:
            found.append(Split(conjunction, rest[2:], "", True, at + 2))
        if len(rest) > 2 and rest[0] in "بلك":
            found.append(Split(conjunction + rest[0], rest[1:], "", False, at + 1))
            if rest[1:3] == "ال" and rest[0] != "ل" and len(rest) > 4:
                found.append(Split(conjunction + rest[0], rest[3:], "", True, at + 3))
            if rest.startswith("لل") and len(rest) > 3:
                found.append(Split(conjunction + "ل", rest[2:], "", True, at + 2))
                found.append(Split(conjunction + "ل", "ا" + rest[1:], "", False, at + 1))
                # لله, للبنان: ل before a stem that starts with ل itself is found above.
        if len(rest) > 3 and rest[0] == _FUTURE and rest[1] in "اينت":
            found.append(Split(conjunction + _FUTURE, rest[1:], "", False, at + 1))
    return tuple(found)


def enclitic_splits(split: Split) -> tuple[Split, ...]:
    """The split as it is, and with each pronoun that its stem may end in.

    A feminine noun writes its ة as ت before a pronoun (``زيارته`` = ``زيارة`` + ``ه``), so both
    spellings of the stem are given; a verb in -ى likewise (``التقاه`` = ``التقي`` + ``ه``); and
    the -وا of a plural verb loses its alef (``قتلوه`` = ``قتلوا`` + ``ه``).
    """
    found = [split]
    stem = split.stem
    if split.definite or stem[-1:] not in _LAST:
        return (split,)
    for enclitic in ENCLITICS:
        if not stem.endswith(enclitic) or len(stem) - len(enclitic) < 2:
            continue
        bare = stem[: -len(enclitic)]
        found.append(split._replace(stem=bare, enclitic=enclitic))
        if bare.endswith("ت"):
            found.append(split._replace(stem=bare[:-1] + "ة", enclitic=enclitic))
        elif bare.endswith("ا"):
            found.append(split._replace(stem=bare[:-1] + "ي", enclitic=enclitic))
        elif bare.endswith("و"):
            found.append(split._replace(stem=bare + "ا", enclitic=enclitic))
        if bare[-1] in "ئؤ":
            found.append(split._replace(stem=bare[:-1] + "ء", enclitic=enclitic))
    return tuple(found)
