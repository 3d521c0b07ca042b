"""Make data/relations/rarity.tsv: how common the stems of Arabic words are, by the frequency list of wordfreq.

    pip install -e ".[build]" && python scripts/build_rarity.py

Only stems that are common enough to weigh less than the rarest are listed.
"""

from __future__ import annotations

import math
from collections import defaultdict

from wordfreq import get_frequency_dict

from rasd.lexicon.files import OURS
from rasd.relations.wording import COMMON, RARE, Wording

HEAD = """\
# How common stems of Arabic words are: Zipf's scale, the logarithm of how often in 10^9 words.
# Origin: the frequency list of wordfreq (CC BY-SA 4.0), its forms brought together by the stem that
# relations/affixes.yaml leaves; made by scripts/build_rarity.py.
# Known gaps: the list ends in 2021 and is of many kinds of text; stems that are absent count as the rarest.
# stem, frequency
"""


def main() -> None:
    wording = Wording()
    totals: defaultdict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict("ar", wordlist="best").items():
        if any("\u0621" <= c <= "\u064a" for c in word) and not any(c.isspace() for c in word):
            totals[wording.stem(word)] += frequency
    zipf = {stem: math.log10(total * 1e9) for stem, total in totals.items()}
    listed = sorted((s for s, z in zipf.items() if z > RARE + 0.1), key=lambda s: (-zipf[s], s))
    text = HEAD + "".join(f"{stem}\t{min(zipf[stem], COMMON):.1f}\n" for stem in listed)
    (OURS / "relations" / "rarity.tsv").write_text(text, "utf-8")
    print(f"{len(listed):,} stems")


if __name__ == "__main__":
    main()
