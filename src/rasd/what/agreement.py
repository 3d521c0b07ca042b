"""Whether a verb, a pronoun and a noun go together: gender, number and person, as far as print shows them."""

from __future__ import annotations

from rasd.text.document import ActorMention
from rasd.what.clauses import SentenceView
from rasd.what.phrases import Phrase


def gender_of(phrase: Phrase) -> tuple[str, str, bool]:
    """Gender and number of a phrase, and whether its gender may well be the other."""
    mention = phrase.mention if phrase.by == "head" else None
    if mention is not None and mention.how == "description" and phrase.core == phrase.head and phrase.word.stem:
        word = phrase.word
        gender = word.gender or ("m" if word.number == "s" else mention.gender or "")
        return gender, "p" if len(mention.entities) > 1 else word.number, False
    if mention is not None and phrase.core == phrase.head:
        number = "p" if len(mention.entities) > 1 else mention.number
        loose = mention.kind in ("organization", "group", "state", "outlet")
        return mention.gender or "", number, loose
    word = phrase.word
    if phrase.core != phrase.head:
        # A verb agrees with a quantity or with what is counted.
        return "", "p", True
    # Without ة a common noun in the singular is masculine, with few exceptions.
    return word.gender or ("m" if word.number == "s" and word.definite else ""), word.number, False


def resumes(enclitic: str, phrase: Phrase) -> bool:
    """Whether a pronoun may stand for an indefinite noun right before its verb."""
    if phrase.word.definite or phrase.word.enclitic or phrase.by == "head":
        return False
    gender, number, _ = gender_of(phrase)
    if enclitic == "ها":
        return gender == "f" or number == "p"
    return enclitic == "ه" and gender != "f" and number == "s"


def points_at(enclitic: str, pronoun: str) -> bool:
    """Whether a pronoun on the verb of a relative clause points at its antecedent."""
    return enclitic in {
        "الذي": ("ه",), "التي": ("ها",), "الذين": ("هم",), "اللذان": ("هما",), "اللذين": ("هما",),
        "اللتان": ("هما",), "اللتين": ("هما",), "اللاتي": ("هن", "ها"), "اللواتي": ("هن",),
    }.get(pronoun, ())  # fmt: skip


def agrees(person: str, mention: ActorMention, view: SentenceView) -> bool:
    """Whether a verb after its subject agrees with it in number and gender, as far as known."""
    if person.endswith("d"):
        return (
            mention.number == "d" or len(mention.entities) > 1 or any(m.joined == mention.index for m in view.mentions)
        )
    if person.endswith("p"):
        return mention.number == "p" or mention.kind in ("group", "people")
    if person == "3ms":
        return mention.gender != "f" and mention.number != "d"
    if person == "3fs":
        if mention.human and mention.gender == "m" and mention.number in ("p", "d"):
            return False
        return mention.gender != "m" or mention.number == "p" or mention.kind in ("organization", "group", "state")
    return person not in ("1s", "1p", "2")
