"""Make ``src/rasd/data/words.tsv.gz``: what each common Arabic word form can be.

    python scripts/build_words.py --corpus TEXTS... [--size 150000] [--workers 2]

Run once by a developer, never on a user's machine: it needs ``farahidi`` (a port of
AlKhalil Morpho Sys 2, GPL-3.0) and ``wordfreq`` and takes some ten minutes. The forms are
the commonest of wordfreq's Arabic list and of the given corpora (JSON Lines with a
``text``, plain or gzipped, or CoNLL-U); only forms and analyses are kept, no running text.

A line of the table is ``key<TAB>reading reading ...``, readings in falling likelihood. The
key is the form as `rasd.text.letters.fold` writes it. A reading is
``tag:lemma:proclitics:enclitic``, with the tags of `rasd.text.lexicon`:
VP past verb, VI imperfect verb, VC imperative, M masdar, A active participle,
U passive participle, J adjective, R nisba, X proper name, N other noun, P particle.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import multiprocessing
import pathlib
import re
from collections.abc import Iterable, Iterator

from rasd.text.letters import fold, strip_marks

WORD = re.compile(r"[\u0621-\u063a\u0641-\u0652\u0670\u0671]+")
READINGS_KEPT = 8
HEADER = """\
# Arabic word forms and what each can be: the commonest some 150,000.
# Origin: analyses by AlKhalil Morpho Sys 2 (GPL-3.0), by way of farahidi; the choice of forms by the frequency
# list of wordfreq (CC BY-SA 4.0) and of news corpora; made by scripts/build_words.py.
# Known gaps: dialect; rare forms; names of people and places are mostly missing.
# key, readings (tag:lemma:proclitics:enclitic), the likeliest first
"""

TENSES = {"ماض": "VP", "مضارع": "VI", "أمر": "VC"}
NOUN_TAGS = {
    "اسم فاعل": "A", "مبالغة اسم فاعل": "A", "اسم مفعول": "U", "نسبة": "R", "اسم علم": "X",
    "صفة مشبهة": "J", "اسم تفضيل": "J",
}  # fmt: skip


def texts(path: pathlib.Path) -> Iterator[str]:
    """The running texts of one corpus file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("{"):
                article = json.loads(line)
                yield f"{article.get('title') or ''} {article['text']}"
            elif line.startswith("# text ="):
                yield line[8:]


def vocabulary(corpora: Iterable[pathlib.Path], size: int) -> list[str]:
    """The ``size`` commonest forms: those of the corpora first, then wordfreq's."""
    import wordfreq

    counts: collections.Counter[str] = collections.Counter()
    for path in corpora:
        for text in texts(path):
            counts.update(strip_marks(word) for word in WORD.findall(text))
    forms = [w for w, n in counts.most_common() if n > 1 and 1 < len(w) < 20]
    seen = set(forms)
    for word in wordfreq.top_n_list("ar", 600_000, wordlist="best"):
        if len(forms) >= size:
            break
        word = strip_marks(word)
        if WORD.fullmatch(word) and 1 < len(word) < 20 and word not in seen:
            seen.add(word)
            forms.append(word)
    return forms[:size]


def tag_of(analysis) -> str:
    if analysis.pos == "فعل":
        return TENSES.get(analysis.tense, "VP")
    if analysis.pos == "حرف":
        return "P"
    kind = analysis.type or ""
    if kind.startswith("مصدر"):
        return "N" if "صناعي" in kind else "M"
    return NOUN_TAGS.get(kind, "N" if analysis.pos == "اسم" else "P")


_analyzer = None


def readings(form: str) -> tuple[str, list[tuple[float, str]]]:
    """The key of a form and its readings as (score, text)."""
    global _analyzer
    if _analyzer is None:
        from farahidi import Analyzer

        _analyzer = Analyzer()
    best: dict[str, float] = {}
    for a in _analyzer.analyze(form):
        proclitics = strip_marks("".join(x.form for x in a.proclitics))
        enclitic = strip_marks("".join(x.form for x in a.enclitics))
        reading = f"{tag_of(a)}:{a.lemma or form}:{proclitics}:{enclitic}".replace(" ", "_")
        best[reading] = max(best.get(reading, -1.0), a.score)
    return fold(form), [(score, text) for text, score in best.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", nargs="+", type=pathlib.Path, default=[])
    parser.add_argument("--size", type=int, default=150_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/rasd/data/words.tsv.gz"))
    options = parser.parse_args()
    forms = vocabulary(options.corpus, options.size)
    table: dict[str, dict[str, float]] = {}
    with multiprocessing.Pool(options.workers) as pool:
        for n, (key, found) in enumerate(pool.imap(readings, forms, chunksize=500)):
            kept = table.setdefault(key, {})
            for score, text in found:
                kept[text] = max(kept.get(text, -1.0), score)
            if n % 10_000 == 0:
                print(n, "of", len(forms), flush=True)
    lines: list[str] = []
    for key in sorted(table):
        ranked = sorted(table[key].items(), key=lambda item: (-item[1], item[0]))
        if ranked:
            lines.append(f"{key}\t{' '.join(text for text, _ in ranked[:READINGS_KEPT])}\n")
    # No name and no time in the header, so that the same input gives the same bytes.
    with options.out.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write((HEADER + "".join(lines)).encode())
    print(len(lines), "keys", options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
