"""A network in training as a `rasd.learned.model.Model`, so that the whole reader can be tried with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from fitting import STATUSES, Learner
from rasd.learned.inputs import Row
from rasd.learned.model import Labels, Said


class TorchModel:
    """See `rasd.learned.model.Model`."""

    def __init__(self, learner: Learner, tokenizer: Tokenizer) -> None:
        self._learner, self._tokenizer = learner, tokenizer
        self.labels = Labels(learner.labels.kinds, learner.labels.modes, STATUSES, *learner.special)

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return encoded.ids, encoded.offsets

    def say(self, rows: Sequence[Row]) -> list[Said]:
        return self._learner.say(rows)

    def shares(self, event: np.ndarray, mentions: np.ndarray, marks: np.ndarray) -> np.ndarray:
        return self._learner.shares(event, mentions, marks)
