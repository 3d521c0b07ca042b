"""A worker: a process that reads one article at a time, for another that asks it (`rasd.corpus.crew`).

It is asked on its standard input and answers on its standard output, each message a length of four bytes and so many
bytes of msgpack: first that it is ready (or why it cannot be), then a `Answer` for each `Question`. It ends when nobody
asks any more.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from rasd.garbage import collect_seldom
from rasd.record import Record
from rasd.sources.article import Article
from rasd.stages import Stages

_LENGTH = struct.Struct(">I")


class Question(msgspec.Struct, array_like=True):
    """An article to be read; ``published`` is ISO 8601."""

    text: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None


class Answer(msgspec.Struct, array_like=True):
    """Its record in JSON, or why there is none; how many events and words it has; seconds by stage, if asked for."""

    record: bytes | None = None
    reason: str | None = None
    events: int = 0
    words: int = 0
    stages: dict[str, float] | None = None


class Reads(Protocol):
    """What a worker reads with: a `rasd.Reader`, or anything that reads as one."""

    def read(
        self, text: str, *, published: str | dt.date | None = None, id: str | None = None,
        title: str | None = None, source: str | None = None, url: str | None = None,
    ) -> Record: ...  # fmt: skip


def question(article: Article) -> bytes:
    """The message that asks for an article to be read."""
    day = article.published.isoformat() if article.published else None
    asked = Question(article.text, article.id, article.title, article.source, article.url, day)
    return packed(msgspec.msgpack.encode(asked))


def packed(message: bytes) -> bytes:
    """A message with its length before it."""
    return _LENGTH.pack(len(message)) + message


def length(head: bytes) -> int:
    """The length that the first four bytes of a message say."""
    return int(_LENGTH.unpack(head)[0])


def answer(reader: Reads, asked: Question, stages: Stages | None = None) -> Answer:
    """Read an article; what the reader fails with is the reason. ``stages`` is what the reader tells its times to."""
    published = dt.date.fromisoformat(asked.published) if asked.published else None
    try:
        record = reader.read(
            asked.text, published=published, id=asked.id, title=asked.title, source=asked.source, url=asked.url
        )
        encoded = record.to_json()
        if stages is not None:
            stages.mark("encoding")
        times = stages.taken() if stages is not None else None
        return Answer(encoded, None, len(record.events), len(asked.text.split()), times)
    except Exception as error:
        reason = f"reading failed: {type(error).__name__}: {error}"[:500]
        return Answer(None, reason.encode("utf-8", "replace").decode())


def serve(reader: Reads, asked: BinaryIO, answered: BinaryIO, stages: Stages | None = None) -> None:
    """Answer until nobody asks any more."""
    decoder, encoder = msgspec.msgpack.Decoder(Question), msgspec.msgpack.Encoder()
    while head := asked.read(_LENGTH.size):
        message = asked.read(length(head))
        if len(message) < length(head):
            return
        answered.write(packed(encoder.encode(answer(reader, decoder.decode(message), stages))))
        answered.flush()


def run(make_reader: Callable[[Path | None], Reads], lexicon: Path | None, stages: Stages | None = None) -> int:
    """Be a worker with the reader that ``make_reader(lexicon)`` gives. Returns the exit code."""
    # Whoever asks decides when to stop; an interrupt from the terminal reaches it too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What anything prints must not get between the answers.
    answered = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(BrokenPipeError):  # whoever asked has gone
        try:
            reader = make_reader(lexicon)
        except Exception as error:
            _say(answered, str(error) or type(error).__name__)
            return 1
        _say(answered, None)
        serve(reader, sys.stdin.buffer, answered, stages)
    with contextlib.suppress(BrokenPipeError):
        answered.close()
    return 0


def _say(answered: BinaryIO, problem: str | None) -> None:
    answered.write(packed(msgspec.msgpack.encode(problem)))
    answered.flush()


def main(arguments: list[str]) -> int:
    """``python -m rasd.corpus.worker [--careful] [--profile] [LEXICON]``."""
    from rasd.reader import Reader

    collect_seldom()
    careful, stages = "--careful" in arguments, Stages() if "--profile" in arguments else None
    folder = next((Path(a) for a in arguments if a not in ("--careful", "--profile")), None)

    def reader(lexicon: Path | None) -> Reader:
        made = Reader(lexicon, careful=careful)
        if stages is not None:
            made.time_stages(stages)
        return made

    return run(reader, folder, stages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
