"""Arabic as it is drawn, put right: letters in the shapes that they are drawn in, and lines from left to right.

Only text that shows it is touched; offsets of a record point into the text as it is given then.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc"
_SHAPE = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf1\ufdf2-\ufdf9\ufdfc\ufe70-\ufefc]")
_SHAPES = {
    code: unicodedata.normalize("NFKC", chr(code)).strip()
    for code in range(0xFB50, 0xFEFD)
    if _SHAPE.match(chr(code)) and unicodedata.normalize("NFKC", chr(code)) != chr(code)
}

_WORD = re.compile(f"[{_LETTERS}]{{3,}}")
# No word begins with these two; nearly all that are drawn with them end with them.
_ENDS = "ةى"
_SUSPECT = re.compile(f"(?<![{_LETTERS}\u064b-\u0652\u0640])[ةى\ufe93\ufe94\ufeef\ufef0][{_LETTERS}]")
_ENOUGH = 3

_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_LATIN = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
# Runs that are read from left to right within Arabic: Latin words in a row, numbers with what joins them.
_LEFT_TO_RIGHT = re.compile(
    f"[{_LATIN}{_DIGITS}](?:[{_LATIN}{_DIGITS}.,:/@_%+'&\u066b\u066c\\-]*(?: +(?=[{_LATIN}])(?<=[{_LATIN}] ))?)*"
)
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")


def put_right(text: str) -> str:
    """``text`` in letters instead of shapes, and in reading order where its lines stand as they are drawn."""
    shaped = _SHAPE.search(text) is not None
    if not shaped and len(_SUSPECT.findall(text)) < _ENOUGH:
        return text
    if is_drawn(text):
        text = "\n".join(logical(line) for line in text.split("\n"))
    return unshaped(text) if shaped else text


def unshaped(text: str) -> str:
    """``text`` with each drawn shape as the letters that it stands for (``ﻻ`` as ``لا``)."""
    return text.translate(_SHAPES)


def is_drawn(text: str) -> bool:
    """Whether the words of ``text`` stand from left to right, as they are drawn.

    Words that begin with the article or end in ة and ى are weighed against those that do so read backwards.
    """
    forward = backward = 0
    for word in _WORD.findall(unshaped(text)):
        forward += word.startswith("ال") + (word[-1] in _ENDS)
        backward += word.endswith("لا") + (word[0] in _ENDS)
    return backward >= _ENOUGH and backward > 2 * forward


def logical(line: str) -> str:
    """A drawn line in reading order: backwards, but numbers and Latin words, and brackets the other way round."""
    if _RIGHT_TO_LEFT.search(line) is None:
        return line
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda run: _again(run[0]), turned)


def _again(run: str) -> str:
    """A run of Latin or numbers once more turned, with what only follows it left behind it."""
    bare = run.rstrip(" .,:/@_+'&-\u066b\u066c")
    return bare[::-1] + run[len(bare) :]
