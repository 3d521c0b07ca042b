"""Arabic letters: which marks do not count, and which letters papers write for one another.

Two foldings are used everywhere:

`strip_marks`
    takes out what a reader may leave unwritten: short vowels, tanwin, shadda, sukun, the
    dagger alef, tatweel, and the invisible direction marks that web text carries.
`fold`
    does that and then writes as one the letters that Arabic papers use for one another:
    ``أ إ آ ٱ`` as ``ا``, ``ى`` as ``ي``, and the Persian and presentation-form look-alikes
    (``ی``, ``ک``, ``ﻻ`` ...) as the Arabic letters they stand for. ``ة`` and ``ه`` stay
    apart, because the difference tells a noun from a noun with a pronoun.

Both shorten text, so they are for keys, never for offsets.
"""

import unicodedata

# Marks that carry no letter: tanwin and short vowels, shadda, sukun, maddah and hamza
# above/below as combining marks, dagger alef, Quranic signs, tatweel.
MARKS = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E5), 0x06E7,
         0x06E8, *range(0x06EA, 0x06EE), 0x0640]  # fmt: skip
# Zero-width space, non-joiner, joiner, direction marks, isolates, byte-order mark, soft hyphen.
INVISIBLE = [
    0x00AD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x206A),
    0xFEFF,
]

_STRIP: dict[int, str | None] = dict.fromkeys([*MARKS, *INVISIBLE])

_LOOKALIKES = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
    "ک": "ك", "ڪ": "ك", "گ": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۀ": "ه",
    "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز",
}  # fmt: skip

_FOLD: dict[int, str | None] = {**_STRIP, **{ord(a): b for a, b in _LOOKALIKES.items()}}
for _code in [*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)]:
    _plain = unicodedata.normalize("NFKC", chr(_code))
    if _plain != chr(_code):
        _FOLD[_code] = _plain.translate(_FOLD).strip()

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")


def strip_marks(text: str) -> str:
    """``text`` without vowel marks, tatweel and invisible characters.

    >>> strip_marks("مُحـادَثات")
    'محادثات'
    """
    return text.translate(_STRIP)


def fold(text: str) -> str:
    """The key under which a word is looked up: unmarked, look-alike letters written as one.

    >>> fold("إلى الأُردنّ") == fold("الى الاردن")
    True
    """
    return text.translate(_FOLD)


def western_digits(text: str) -> str:
    """``text`` with Arabic-Indic and Persian digits and separators as ASCII, length kept."""
    return text.translate(DIGITS)
