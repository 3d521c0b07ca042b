"""The tokenizer: XLM-R's unigram pieces, cut to those that Arabic news needs."""

from __future__ import annotations

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from e5 import E5

# Letters stretched and vowel marks carry nothing that the model has seen much of.
_MARKS = "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"


_ARABIC = frozenset('ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچڤگ٠١٢٣٤٥٦٧٨٩،؛؟.:()"«»-/!%,')
_TYPOGRAPHY = frozenset("“”‘’–—…«»،؛؟٪•")


def tokenizer(pieces: list[tuple[str, float]], unknown: int) -> Tokenizer:
    """A tokenizer over pieces with their log probabilities."""
    made = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(_MARKS), ""), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    return made


def whole(e5: E5) -> Tokenizer:
    return tokenizer([(p.decode("utf-8"), float(s)) for p, s in zip(e5.pieces, e5.scores, strict=True)], e5.unk)


def chosen(e5: E5) -> list[int]:
    """The ids to keep: the special ones, all pieces of Arabic letters, digits or marks, and single Latin letters."""
    pieces = [p.decode("utf-8").strip("\u2581") for p in e5.pieces]
    special = {e5.bos, e5.pad, e5.eos, e5.unk}
    return [i for i, piece in enumerate(pieces) if i in special or _needed(piece)]


def _needed(piece: str) -> bool:
    if len(piece) <= 1:
        return not piece or piece < "\u0250" or "\u0600" <= piece <= "\u06ff" or piece in _TYPOGRAPHY
    return all(c in _ARABIC for c in piece) or all(
        not c.isalpha() and (c < "\u0250" or c in _TYPOGRAPHY) for c in piece
    )
