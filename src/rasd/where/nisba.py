"""The adjectives of countries, by rule: ``سوريا`` -> ``سوري``, ``السعودية`` -> ``سعودي``."""

from __future__ import annotations


def nisba_forms(name: str) -> list[str]:
    """The masculine adjective of a folded country name of one word, as a list of none or one.

    >>> nisba_forms("العراق"), nisba_forms("تركيا"), nisba_forms("السعودية")
    (['عراقي'], ['تركي'], ['سعودي'])
    """
    if " " in name:
        return []
    stem = name.removeprefix("ال")
    for ending in ("ية", "يا", "ي", "ا", "ة"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 2:
            stem = stem.removesuffix(ending)
            break
    return [stem + "ي"] if len(stem) >= 2 else []
