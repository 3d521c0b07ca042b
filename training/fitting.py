"""Fit the network to examples, and read what it says of others."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from e5 import E5
from gold import Act, Example
from network import Encoder, Network, Sides
from rasd.learned.inputs import RULE_MARKS, Row
from rasd.learned.model import Said

STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")
# The weight of a word that tells no event.
EMPTY = 0.25
# How much each part of what is said weighs in the loss.
OF_MODE, OF_STATUS, OF_SIDES = 0.3, 0.5, 1.0
# How often the rules' marks of a pair are hidden in training, so that the network can do without.
HIDDEN = 0.3


@dataclass(frozen=True)
class Labels:
    """What each number of a head stands for."""

    kinds: tuple[str, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """How to train; the figures are those of ``docs/learned.md``."""

    passes: int = 12
    batch: int = 12
    rate: float = 8e-5
    head_rate: float = 1e-3
    warm: int = 150
    seed: int = 5
    # Layers from below that stay as they are: what they say of each text is worked out once, which halves the time.
    fixed: int = 6


@dataclass
class Batch:
    """Rows side by side; ``first`` is the number of each text's first row."""

    ids: Tensor
    attend: Tensor
    words: Tensor
    examples: list[Example]
    first: list[int]


def batched(examples: Sequence[Example], special: tuple[int, ...]) -> Batch:
    """Rows side by side, filled up; ``special`` are the ids that begin, end and fill a row, and the unknown's."""
    begin, end, fill, _ = special
    rows = [row for example in examples for row in example.rows]
    pieces = max(len(r.ids) for r in rows) + 2
    ids = torch.full((len(rows), pieces), fill)
    pool = torch.zeros(len(rows), max(1, max(len(r.tokens) for r in rows)), pieces)
    for n, row in enumerate(rows):
        filled = [begin, *row.ids, end]
        ids[n, : len(filled)] = torch.tensor(filled)
        for word, (first, last) in enumerate(row.spans):
            pool[n, word, first + 1 : last + 1] = 1 / (last - first)
    starts, at = [], 0
    for example in examples:
        starts.append(at)
        at += len(example.rows)
    return Batch(ids, (ids != fill).long(), pool, list(examples), starts)


class Learner:
    """The network with its labels, as it is trained."""

    def __init__(self, e5: E5, keep: list[int], labels: Labels, marks: int, recipe: Recipe) -> None:
        random.seed(recipe.seed)
        torch.manual_seed(recipe.seed)
        self.labels, self.recipe = labels, recipe
        self.special = tuple(keep.index(i) for i in (e5.bos, e5.eos, e5.pad, e5.unk))
        self.network = Network(
            Encoder(e5, keep, recipe.fixed), e5.hidden, len(labels.kinds) + 1, len(labels.modes), len(STATUSES)
        )
        self.sides = Sides(self.network.event.out_features, marks)
        encoder = self.network.encoder
        for part in (encoder.word, encoder.position, encoder.norm, *encoder.layers[: recipe.fixed]):
            for parameter in part.parameters():
                parameter.requires_grad_(False)

    def fit(self, examples: Sequence[Example], say: bool = True) -> None:
        recipe = self.recipe
        order = random.Random(recipe.seed)
        encoder = [p for p in self.network.encoder.parameters() if p.requires_grad]
        inside = {id(p) for p in self.network.encoder.parameters()}
        heads = [p for p in self.network.parameters() if id(p) not in inside] + list(self.sides.parameters())
        groups = [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        steps = recipe.passes * math.ceil(len(examples) / recipe.batch)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda n: min((n + 1) / recipe.warm, max(0.0, (steps - n) / max(1, steps - recipe.warm)))
        )
        lower = self._lower(examples)
        self.network.train(), self.sides.train()
        for turn in range(recipe.passes):
            started, total = time.time(), 0.0
            for batch in self._batches(examples, order):
                loss = self._loss(batch, lower, order)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
                optimizer.step()
                schedule.step()
                total += loss.item()
            if say:
                print(f"pass {turn + 1}: loss {total:.1f}, {time.time() - started:.0f} s", flush=True)

    def _batches(self, examples: Sequence[Example], order: random.Random) -> list[Batch]:
        """Batches of texts of about one length, in an order of chance."""
        texts = list(examples)
        order.shuffle(texts)
        size = self.recipe.batch
        made: list[list[Example]] = []
        for at in range(0, len(texts), size * 20):
            near = sorted(texts[at : at + size * 20], key=lambda e: max(len(r.ids) for r in e.rows))
            made += [near[i : i + size] for i in range(0, len(near), size)]
        order.shuffle(made)
        return [batched(b, self.special) for b in made]

    @torch.no_grad()
    def _lower(self, examples: Sequence[Example]) -> dict[int, Tensor]:
        """What the layers that stay say of each row, by the row's identity."""
        self.network.eval()
        rows = sorted((r for e in examples for r in e.rows), key=lambda r: len(r.ids))
        found: dict[int, Tensor] = {}
        for at in range(0, len(rows), 16):
            some = rows[at : at + 16]
            batch = batched([Example("", some)], self.special)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                x = self.network.encoder.lower(batch.ids, batch.attend).bfloat16()
            found |= {id(row): x[n, : len(row.ids) + 2].clone() for n, row in enumerate(some)}
        return found

    def _loss(self, batch: Batch, lower: dict[int, Tensor], order: random.Random) -> Tensor:
        x = torch.nn.utils.rnn.pad_sequence([lower[id(r)] for e in batch.examples for r in e.rows], batch_first=True)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.network.encoder.upper(x.float(), batch.attend)
            parts = self.network.heads(x, batch.words)
        kind, mode, status, event, mention = (p.float() for p in parts)
        target = torch.full(kind.shape[:2], -100)
        acts = [
            (first + act.row, first, act)
            for first, x in zip(batch.first, batch.examples, strict=True)
            for act in x.acts
        ]
        rows = [row for example in batch.examples for row in example.rows]
        for n, row in enumerate(rows):
            target[n, : len(row.tokens)] = 0
        for n, _, act in acts:
            target[n, act.word] = self.labels.kinds.index(act.kind) + 1
        weight = torch.ones(kind.shape[-1])
        weight[0] = EMPTY
        loss = F.cross_entropy(kind.flatten(0, 1), target.flatten(), weight=weight, ignore_index=-100)
        if not acts:
            return loss
        at = torch.tensor([(n, act.word) for n, _, act in acts])
        states = torch.tensor([STATUSES.index(act.status) for *_, act in acts])
        loss = loss + OF_STATUS * F.cross_entropy(status[at[:, 0], at[:, 1]], states)
        modes = torch.tensor([self._mode(act.kind, act.mode) for *_, act in acts])
        if (modes >= 0).any():
            loss = loss + OF_MODE * F.cross_entropy(mode[at[:, 0], at[:, 1]], modes, ignore_index=-100)
        return loss + OF_SIDES * self._loss_of_sides(acts, event, mention, order)

    def _loss_of_sides(
        self, acts: list[tuple[int, int, Act]], event: Tensor, mention: Tensor, order: random.Random
    ) -> Tensor:
        """For each act and side, minus the log of the share that goes to whoever stands there, or to nobody."""
        pairs = [(k, n, first, act, option) for k, (n, first, act) in enumerate(acts) for option in act.options]
        events = torch.stack([event[n, act.word] for n, _, act in acts])
        nobody = self.sides.nobody(events)
        if not pairs:
            return F.softplus(-nobody).mean()
        mentions = torch.stack([mention[first + o.row, o.word] for _, _, first, _, o in pairs])
        marks = torch.tensor([o.marks for *_, o in pairs])
        hidden = torch.tensor([order.random() < HIDDEN for _ in acts])
        of = torch.tensor([k for k, *_ in pairs])
        marks[hidden[of], -RULE_MARKS:] = torch.tensor([1.0] + [0.0] * (RULE_MARKS - 1))
        scores = self.sides(events[of], mentions, marks)
        total = torch.zeros(())
        at = 0
        for k, (_, _, act) in enumerate(acts):
            own = scores[at : at + len(act.options)]
            at += len(act.options)
            for side, standing in enumerate((act.actors, act.recipients)):
                all_scores = torch.cat([own[:, side], nobody[k, side][None]])
                right = own[standing, side] if standing else nobody[k, side][None]
                total = total + all_scores.logsumexp(0) - right.logsumexp(0)
        return total / len(acts)

    def _mode(self, kind: str, mode: str | None) -> int:
        name = f"{kind}/{mode or ''}"
        return self.labels.modes.index(name) if name in self.labels.modes else -100

    @torch.no_grad()
    def say(self, rows: Sequence[Row]) -> list[Said]:
        """What the network says of each row."""
        self.network.eval(), self.sides.eval()
        said: list[Said | None] = [None] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        for at in range(0, len(order), 16):
            chosen = order[at : at + 16]
            batch = batched([Example("", [rows[i]]) for i in chosen], self.special)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = self.network(batch.ids, batch.attend, batch.words)
            kind, mode, status, event, mention = (p.float() for p in parts)
            for n, i in enumerate(chosen):
                words = len(rows[i].tokens)
                shares = [p[n, :words].softmax(-1).numpy() for p in (kind, mode, status)]
                said[i] = Said(*shares, event[n, :words].numpy(), mention[n, :words].numpy())
        return [s for s in said if s is not None]

    @torch.no_grad()
    def shares(self, event: np.ndarray, mentions: np.ndarray, marks: np.ndarray) -> np.ndarray:
        """Of an act, the share of each side that goes to each option and, last, to nobody: [options + 1, 2]."""
        self.sides.eval()
        one = torch.from_numpy(np.ascontiguousarray(event, dtype=np.float32))
        nobody = self.sides.nobody(one)[None]
        if not len(mentions):
            return np.ones((1, 2), dtype=np.float32)
        m, k = (torch.from_numpy(np.ascontiguousarray(p, dtype=np.float32)) for p in (mentions, marks))
        scores = self.sides(one.expand(len(m), -1), m, k)
        return torch.cat([scores, nobody]).softmax(0).numpy()
