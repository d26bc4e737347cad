"""Writes the tiny models beside this file, each for one thing that an engine must get right.

Run with Debian's python3-torch 1.13.1 and python3-onnx 1.12: /usr/bin/python3 make_models.py
"""

import os
from typing import Dict, List, Tuple

import onnx
import torch
from onnx import TensorProto as T
from onnx import helper as h

HERE = os.path.dirname(os.path.abspath(__file__))


def save_onnx(name, nodes, inputs, outputs, initializers=()):
    graph = h.make_graph(nodes, name, inputs, outputs, list(initializers))
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(HERE, name + ".onnx"))


def info(name, kind, shape):
    return h.make_tensor_value_info(name, kind, shape)


ONE = h.make_tensor("one", T.FLOAT, [], [1.0])

# y = x + 1
save_onnx(
    "add",
    [h.make_node("Add", ["x", "one"], ["y"])],
    [info("x", T.FLOAT, [2, 3])],
    [info("y", T.FLOAT, [2, 3])],
    [ONE],
)
# the same with a batch that the caller chooses
save_onnx(
    "batch",
    [h.make_node("Add", ["x", "one"], ["y"])],
    [info("x", T.FLOAT, ["n", 3])],
    [info("y", T.FLOAT, ["n", 3])],
    [ONE],
)
# d = a - b: not symmetric, so that swapped inputs show
save_onnx(
    "sub",
    [h.make_node("Sub", ["a", "b"], ["d"])],
    [info("a", T.FLOAT, [2]), info("b", T.FLOAT, [2])],
    [info("d", T.FLOAT, [2])],
)
# indices of the values that are not 0: how many depends on the data
save_onnx(
    "nonzero",
    [h.make_node("NonZero", ["x"], ["where"]), h.make_node("Add", ["x", "one"], ["y"])],
    [info("x", T.FLOAT, [4])],
    [info("where", T.INT64, [1, "n"]), info("y", T.FLOAT, [4])],
    [ONE],
)
# each element type through unchanged
KINDS = {
    "float64": T.DOUBLE,
    "float16": T.FLOAT16,
    "int8": T.INT8,
    "uint8": T.UINT8,
    "int32": T.INT32,
    "int64": T.INT64,
    "bool": T.BOOL,
}
save_onnx(
    "types",
    [h.make_node("Identity", [k], [k + "_out"]) for k in KINDS],
    [info(k, v, [3]) for k, v in KINDS.items()],
    [info(k + "_out", v, [3]) for k, v in KINDS.items()],
)
save_onnx(
    "uint16",
    [h.make_node("Identity", ["x"], ["y"])],
    [info("x", T.UINT16, [2])],
    [info("y", T.UINT16, [2])],
)
# an output that is a sequence, not a tensor
save_onnx(
    "sequence",
    [h.make_node("SplitToSequence", ["x"], ["parts"], axis=0)],
    [info("x", T.FLOAT, [2, 3])],
    [h.make_tensor_sequence_value_info("parts", T.FLOAT, None)],
)


def save_torch(name, module):
    torch.jit.script(module).save(os.path.join(HERE, name + ".pt"))


class Add(torch.nn.Module):
    def forward(self, x):
        return x + 1


class Same(torch.nn.Module):
    """Returns its input: one memory at both ends."""

    def forward(self, x):
        return x


class Sub(torch.nn.Module):
    def forward(self, a, b):
        return a - b


class Positive(torch.nn.Module):
    """How many values come out depends on the data."""

    def forward(self, x):
        return x[x > 0]


class Views(torch.nn.Module):
    """Outputs that are not contiguous: transposed, strided, expanded; nested tuples."""

    def forward(self, x) -> Tuple[torch.Tensor, Tuple[torch.Tensor, torch.Tensor]]:
        return x.transpose(0, 1), (x[:, 1:], x[:, :1].expand(x.size(0), x.size(1)))


class Named(torch.nn.Module):
    def forward(self, x) -> Dict[str, torch.Tensor]:
        return {"plus": x + 1, "double": x * 2}


class Listed(torch.nn.Module):
    def forward(self, x) -> List[torch.Tensor]:
        return [x + 1, x * 2]


class Types(torch.nn.Module):
    """Each element type through unchanged."""

    def forward(self, float64, float16, int8, uint8, int32, int64, boolean):
        return float64, float16, int8, uint8, int32, int64, boolean


class Bfloat16(torch.nn.Module):
    def forward(self, x):
        return x.to(torch.bfloat16)


class Words(torch.nn.Module):
    """Returns no tensor."""

    def forward(self, x) -> int:
        return x.size(0)


save_torch("add", Add())
save_torch("same", Same())
save_torch("sub", Sub())
save_torch("positive", Positive())
save_torch("views", Views())
save_torch("named", Named())
save_torch("listed", Listed())
save_torch("types", Types())
save_torch("bfloat16", Bfloat16())
save_torch("words", Words())
