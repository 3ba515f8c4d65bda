"""The ONNX graph of a BERT encoder with the mean of its tokens, node by node from the weights: no torch is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_OPSET: Final = 17

Floats = NDArray[np.float32]


class Graph:
    """Nodes and weights of an ONNX graph as they come."""

    def __init__(self) -> None:
        """An empty graph."""
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, values: NDArray[Any]) -> str:
        """A constant."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, **settings: Any) -> str:
        """One operation, and the name of what comes of it."""
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def linear(self, of: str, weights: dict[str, Floats], name: str) -> str:
        """A layer of weights and a bias."""
        product = self.node("MatMul", of, self.weight(weights[f"{name}.weight"].T))
        return self.node("Add", product, self.weight(weights[f"{name}.bias"]))

    def norm(self, of: str, weights: dict[str, Floats], name: str, epsilon: float) -> str:
        """A normalised layer."""
        scale, bias = (self.weight(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", of, scale, bias, axis=-1, epsilon=epsilon)


def encoder(graph: Graph, weights: dict[str, Floats], config: dict[str, Any]) -> str:
    """Sentences (``input_ids``, ``attention_mask``) to one vector each: the mean over the tokens that count."""
    epsilon, heads = config["layer_norm_eps"], config["num_attention_heads"]
    size = config["hidden_size"] // heads
    one, axis = graph.weight(np.array([1], dtype=np.int64)), graph.weight(np.array([1, 2], dtype=np.int64))
    length = graph.node("Gather", graph.node("Shape", "input_ids"), one)
    first = graph.weight(np.array([0], dtype=np.int64))
    every = graph.weight(weights["embeddings.position_embeddings.weight"])
    places = graph.node("Slice", every, first, length, first)
    words = graph.node("Gather", graph.weight(weights["embeddings.word_embeddings.weight"]), "input_ids")
    kind = graph.weight(weights["embeddings.token_type_embeddings.weight"][0])
    placed = graph.node("Add", graph.node("Add", words, places), kind)
    now = graph.norm(placed, weights, "embeddings.LayerNorm", epsilon)
    counting = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = graph.node("Mul", graph.node("Sub", graph.weight(np.float32(1)), counting), graph.weight(np.float32(-1e9)))
    hidden = graph.node("Unsqueeze", hidden, axis)
    parted = graph.weight(np.array([0, 0, heads, size], dtype=np.int64))
    joined = graph.weight(np.array([0, 0, heads * size], dtype=np.int64))
    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}."
        asked = (
            (graph.linear(now, weights, f"{at}attention.self.{part}"), order)
            for part, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3)))
        )
        query, key, value = (
            graph.node("Transpose", graph.node("Reshape", of, parted), perm=order) for of, order in asked
        )
        scores = graph.node("Mul", graph.node("MatMul", query, key), graph.weight(np.float32(size**-0.5)))
        shares = graph.node("Softmax", graph.node("Add", scores, hidden), axis=-1)
        seen = graph.node("Transpose", graph.node("MatMul", shares, value), perm=(0, 2, 1, 3))
        seen = graph.linear(graph.node("Reshape", seen, joined), weights, f"{at}attention.output.dense")
        now = graph.norm(graph.node("Add", seen, now), weights, f"{at}attention.output.LayerNorm", epsilon)
        wide = graph.linear(now, weights, f"{at}intermediate.dense")
        share = graph.node("Erf", graph.node("Mul", wide, graph.weight(np.float32(0.5**0.5))))
        share = graph.node("Mul", graph.node("Add", share, graph.weight(np.float32(1))), graph.weight(np.float32(0.5)))
        narrow = graph.linear(graph.node("Mul", wide, share), weights, f"{at}output.dense")
        now = graph.norm(graph.node("Add", narrow, now), weights, f"{at}output.LayerNorm", epsilon)
    masked = graph.node("Mul", now, graph.node("Unsqueeze", counting, graph.weight(np.array([2], dtype=np.int64))))
    total = graph.node("ReduceSum", masked, graph.weight(np.array([1], dtype=np.int64)), keepdims=0)
    tokens = graph.node("ReduceSum", counting, graph.weight(np.array([1], dtype=np.int64)), keepdims=1)
    return graph.node("Div", total, tokens)


def save(path: Path, graph: Graph, answer: str, width: int) -> None:
    """Write a graph from tokens to ``width`` numbers a sentence."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["sentences", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info(answer, TensorProto.FLOAT, ["sentences", width])]
    whole = helper.make_graph(graph.nodes, "sentences", inputs, outputs, graph.weights)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=10)
    onnx.checker.check_model(model)
    onnx.save(model, path)
