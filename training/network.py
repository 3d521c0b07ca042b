"""The network: the encoder of e5-small, words for pieces, and heads that read events off the words."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from e5 import E5


class Layer(nn.Module):
    """One layer of BERT: attention, then a feed-forward net, each with its own residue and norm."""

    def __init__(self, e5: E5) -> None:
        super().__init__()
        self.heads = e5.heads
        self.q, self.k, self.v, self.ao = (nn.Linear(e5.hidden, e5.hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(e5.hidden, e5.inner), nn.Linear(e5.inner, e5.hidden)
        self.aln, self.oln = (nn.LayerNorm(e5.hidden, eps=e5.epsilon) for _ in range(2))
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, h = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, t, self.heads, h // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        y = (q @ k.transpose(2, 3) / (h // self.heads) ** 0.5 + mask.to(q.dtype)).softmax(-1).to(v.dtype) @ v
        x = self.aln(x + self.drop(self.ao(y.transpose(1, 2).reshape(b, t, h))))
        return self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """Ids of pieces to a vector for each; ``keep`` are the rows of the vocabulary that are kept, ``fixed`` the
    number of layers, from below, that training leaves as they are.
    """

    def __init__(self, e5: E5, keep: list[int], fixed: int) -> None:
        super().__init__()
        self.fixed = fixed
        t = e5.tensors
        self.word = nn.Embedding(len(keep), e5.hidden)
        self.position = nn.Embedding(e5.positions, e5.hidden)
        self.norm = nn.LayerNorm(e5.hidden, eps=e5.epsilon)
        self.layers = nn.ModuleList(Layer(e5) for _ in range(e5.layers))
        with torch.no_grad():
            self.word.weight.copy_(torch.from_numpy(t["emb.word"][keep]))
            self.position.weight.copy_(torch.from_numpy(t["emb.pos"] + t["emb.type"][: e5.hidden]))
            self.norm.weight.copy_(torch.from_numpy(t["emb.ln.w"]))
            self.norm.bias.copy_(torch.from_numpy(t["emb.ln.b"]))
            for n, layer in enumerate(self.layers):
                for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                    part = getattr(layer, name)
                    part.weight.copy_(torch.from_numpy(t[f"l{n}.{name}.w"]).view_as(part.weight))
                    part.bias.copy_(torch.from_numpy(t[f"l{n}.{name}.b"]))

    def forward(self, ids: Tensor, attend: Tensor) -> Tensor:
        """``ids`` [batch, pieces]; ``attend`` is 1 where there is a piece, 0 where the row is filled up."""
        return self.upper(self.lower(ids, attend), attend)

    def lower(self, ids: Tensor, attend: Tensor) -> Tensor:
        """The embeddings and the layers that training leaves as they are."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(at)[None])
        for layer in self.layers[: self.fixed]:
            x = layer(x, _mask(attend))
        return x

    def upper(self, x: Tensor, attend: Tensor) -> Tensor:
        """The layers that training changes."""
        for layer in self.layers[self.fixed :]:
            x = layer(x, _mask(attend))
        return x


def _mask(attend: Tensor) -> Tensor:
    return (1.0 - attend.float())[:, None, None, :] * -1e4


class Network(nn.Module):
    """What is said of each word: which kind of event it tells, if any, its mode and status, and vectors
    by which an event and a mention are matched (`Sides`)."""

    def __init__(self, encoder: Encoder, hidden: int, kinds: int, modes: int, statuses: int, side: int = 128) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.2)
        self.kind = nn.Linear(hidden, kinds)
        self.mode = nn.Linear(hidden, modes)
        self.status = nn.Linear(hidden, statuses)
        self.event = nn.Linear(hidden, side)
        self.mention = nn.Linear(hidden, side)

    def forward(self, ids: Tensor, attend: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """``words`` [batch, words, pieces] gives each word its pieces, each row summing to 1."""
        return self.heads(self.encoder(ids, attend), words)

    def heads(self, x: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """What is said of each word, from the vectors of pieces."""
        x = self.drop(words.to(x.dtype) @ x)
        return self.kind(x), self.mode(x), self.status(x), self.event(x), self.mention(x)


class Sides(nn.Module):
    """How well a mention suits each side of an event (first, second), and how well nobody does."""

    def __init__(self, side: int, marks: int, width: int = 96) -> None:
        super().__init__()
        self.inner = nn.Linear(3 * side + marks, width)
        self.drop = nn.Dropout(0.2)
        self.outer = nn.Linear(width, 2)
        self.nobody = nn.Linear(side, 2)

    def forward(self, event: Tensor, mention: Tensor, marks: Tensor) -> Tensor:
        return self.outer(self.drop(F.relu(self.inner(torch.cat([event, mention, event * mention, marks], -1)))))
