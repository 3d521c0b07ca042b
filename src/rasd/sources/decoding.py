"""Bytes to Arabic text: which encoding they are in, and whether they are Arabic text at all."""

from __future__ import annotations

import codecs
import re

from rasd.sources.mojibake import GarbledError, repaired
from rasd.sources.visual import put_right

# The encodings that Arabic web pages and archives were written in before UTF-8.
_OLDER = ["cp1256", "iso8859_6", "utf_16_le", "utf_16_be", "mac_arabic", "cp720"]
# Text of an older encoding has next to no Arabic letter that is right in UTF-8.
_MEND = 3
# charset-normalizer looks at samples; more than this many bytes change nothing.
_SAMPLE = 200_000

_BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]  # fmt: skip

# The upper half of an Arabic letter in UTF-16, a control character that text in other encodings hardly has.
_UPPER = b"\x06"

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# A stray control character happens in pages; wrongly decoded bytes have one in every ten.
_MAX_CONTROLS = 0.02

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]")
_ALPHABET = re.compile(r"[\u0621-\u064a]")
# Letters of Persian, Urdu, Kurdish and Uyghur that Arabic lacks. The Persian forms of ye and
# kaf are left out: badly typed Arabic has them.
_NOT_ARABIC = re.compile(r"[پچژگٹڈڑںےہھڕڵۆێەۇۈې]")
# An article may quote English names and code, but most of its letters are Arabic. Persian has
# its own letters in one of 30 and more; Iraqi and Moroccan names bring far fewer than one in 50.
_MIN_ARABIC = 0.3
_MAX_FOREIGN = 0.02
# In a shorter text one name would decide.
_MIN_LETTERS = 150


class UndecodableError(ValueError):
    """The bytes are no Arabic text; the message is the reason, a clause."""


def decode(data: bytes, *, arabic: bool = True) -> str:
    """The Arabic text that ``data`` holds, without a byte-order mark, otherwise as it is, unless it shows that it was
    garbled or stands as it is drawn: that is put right (`rasd.sources.mojibake`, `rasd.sources.visual`).

    UTF-8 is tried first and strictly; then UTF-16 or 32 by their marks; then the older Arabic
    encodings. Raises `UndecodableError` where the bytes are empty, binary or, with ``arabic``, not Arabic.
    """
    if not data.strip():
        raise UndecodableError("empty")
    text = _text(data)
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise UndecodableError("empty")
    try:
        text = put_right(repaired(text))
    except GarbledError as error:
        raise UndecodableError(str(error)) from None
    if "\0" in text or len(_CONTROL.findall(text)) > _MAX_CONTROLS * len(text):
        raise UndecodableError("not text (binary data)")
    if arabic:
        check_arabic(text)
    return text


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of text that begins with ``head``, and how many bytes its mark has. Raises `UndecodableError`."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    wide = _unmarked(head)
    if wide is not None:
        return wide, 0
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8", 0
    except UnicodeDecodeError:
        pass
    if len(_ARABIC.findall(head.decode("utf-8", "replace"))) > _MEND * head.decode("utf-8", "replace").count("\ufffd"):
        return "utf-8", 0
    encoding = _older_encoding(head)
    if encoding is None:
        raise UndecodableError("not UTF-8 nor another encoding of Arabic")
    return encoding, 0


def _text(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise UndecodableError(f"not text (marked as {encoding.upper()}, but it is not)") from None
    wide = _unmarked(data[:_SAMPLE])
    if wide is not None:
        try:
            return data.decode(wide)
        except UnicodeDecodeError:
            raise UndecodableError(f"not text (it looks like {wide.upper()}, but it is not)") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        utf8_error = error
    mended = data.decode("utf-8", "replace")
    # UTF-8 with a broken byte would pass for an older encoding, as a row of wrong letters.
    if len(_ARABIC.findall(mended)) > _MEND * mended.count("\ufffd"):
        raise UndecodableError(f"broken UTF-8 (at byte {utf8_error.start + 1:,})")
    text = _older(data)
    if text is None:
        if b"\0" in data:
            raise UndecodableError("not text (binary data)")
        raise UndecodableError(f"not UTF-8 (byte {utf8_error.start + 1}) nor another encoding of Arabic")
    return text


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Arabic is the upper half of an Arabic letter."""
    if _UPPER not in data[:200]:
        return None
    least = _MIN_ARABIC * len(data) / 2
    if data[1::2].count(_UPPER) > least:
        return "utf-16-le"
    return "utf-16-be" if data[::2].count(_UPPER) > least else None


def _older_encoding(data: bytes) -> str | None:
    # Imported here: nearly all articles are UTF-8, and the import takes longer than reading one.
    from charset_normalizer import from_bytes

    # A sample is cut at an even byte, for UTF-16.
    best = from_bytes(data[:_SAMPLE], cp_isolation=_OLDER).best()
    return best.encoding if best is not None and best.encoding in _OLDER else None


def _older(data: bytes) -> str | None:
    encoding = _older_encoding(data)
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # A guess from few bytes may be wild; Arabic in these encodings has the letters of its alphabet.
    return text if arabic_enough(text) else None


def arabic_enough(text: str) -> bool:
    """Whether so many letters of ``text`` are of the Arabic alphabet that its encoding was guessed rightly."""
    return len(_ALPHABET.findall(text)) >= _MIN_ARABIC * sum(map(str.isalpha, text))


def check_arabic(text: str) -> None:
    """Raise `UndecodableError` where ``text`` is in another language."""
    letters = sum(map(str.isalpha, text))
    arabic = len(_ARABIC.findall(text))
    if not letters or arabic < _MIN_ARABIC * letters:
        share = f"{arabic} of {letters} letters are" if letters else "no letter is"
        raise UndecodableError(f"not Arabic ({share} Arabic)")
    if letters >= _MIN_LETTERS and len(_NOT_ARABIC.findall(text)) > _MAX_FOREIGN * letters:
        raise UndecodableError("not Arabic (it has the letters of Persian, Urdu or Kurdish)")
