"""A phrase that names actors, while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasd.text.document import EntityDraft


@dataclass(slots=True)
class Draft:
    """A mention before it has its place in the document.

    ``wants`` says what of it is still open: "" nothing, ``institution`` or ``place`` the state
    of a role, ``reference`` whom it refers to. ``possessed`` marks a role with a pronoun
    (``قواتها``); ``former`` an office no longer held; ``evidence`` whether the text itself
    shows that an everyday word is a name here.
    """

    first: int
    last: int
    head: int
    cut: int
    entities: list[EntityDraft]
    how: str
    kind: str
    number: str
    gender: str | None
    rule: str
    clitic: str = ""
    joins: bool = False
    locative: bool = False
    wants: str = ""
    ref: int = -1
    possessed: bool = False
    definite: bool = False
    former: bool = False
    office: str = ""
    inner: list[Draft] = field(default_factory=list["Draft"])
    weak: bool = False
    # The tokens of the person's own name after a title.
    named: tuple[int, int] | None = None
    # The reference that a short name is where its body was not named before: ``المنظمة``.
    otherwise: int = -1
    governed: bool = False
    human: bool = False
    # What the phrase is where it refers back to nothing: التحالف is a coalition at large.
    alternative: Draft | None = None

    @property
    def main(self) -> str | None:
        """The first code's part before the slash."""
        code = self.entities[0].code if self.entities else None
        return code.split("/")[0] if code else None

    @property
    def sector(self) -> str:
        code = self.entities[0].code if self.entities else None
        return code.split("/")[1] if code and "/" in code else "GOV"


def walk(drafts: list[Draft]) -> list[Draft]:
    """Drafts with all that they hold, outer before inner."""
    found: list[Draft] = []
    for draft in drafts:
        found.append(draft)
        found += walk(draft.inner)
    return found
