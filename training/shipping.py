"""From the trained network to the files that ship: ONNX with weights of 8 bits, the tokenizer, the labels."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from fitting import STATUSES, Learner
from rasd.learned.model import Labels


def ship(made: Learner, tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``events.onnx``, ``pieces.json``, ``sides.npz`` and ``labels.json`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made.network.eval(), made.sides.eval()
    words = torch.zeros(2, 3, 5)
    words[:, :, 1] = 1
    inputs = (torch.ones(2, 5, dtype=torch.long), torch.ones(2, 5, dtype=torch.long), words)
    names = ["kind", "mode", "status", "event", "mention"]
    with tempfile.TemporaryDirectory() as work:
        plain = Path(work) / "plain.onnx"
        rows = {0: "rows", 1: "pieces"}
        axes = {"ids": rows, "attend": rows, "words": {0: "rows", 1: "words", 2: "pieces"}}
        axes |= {name: {0: "rows", 1: "words"} for name in names}
        torch.onnx.export(
            made.network, inputs, str(plain), input_names=["ids", "attend", "words"], output_names=names,
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        onnx.checker.check_model(str(plain))
        quantize_dynamic(
            plain, folder / "events.onnx", weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
    tokenizer.save(str(folder / "pieces.json"), pretty=False)
    inner, outer, nobody = made.sides.inner, made.sides.outer, made.sides.nobody
    np.savez(
        folder / "sides.npz", inner=_array(inner.weight.T), inner_bias=_array(inner.bias),
        outer=_array(outer.weight.T), outer_bias=_array(outer.bias),
        nobody=_array(nobody.weight.T), nobody_bias=_array(nobody.bias),
    )  # fmt: skip
    labels = Labels(made.labels.kinds, made.labels.modes, STATUSES, *made.special)
    (folder / "labels.json").write_bytes(msgspec.json.format(msgspec.json.encode(labels)))


def _array(tensor: torch.Tensor) -> np.ndarray:
    return np.ascontiguousarray(tensor.detach().numpy(), dtype=np.float32)
