"""An annotator that is a sentence classifier in ONNX form, from a folder on this computer; nothing is fetched.

The folder holds ``model.onnx``, ``tokenizer.json`` and ``labels.json``::

    {"model": "clinic-sentences-3", "labels": [{"element": "patient_response", "speaks": "for"}, null]}

``labels`` names the columns of the model's first output, one number (a logit) for each sentence and label; null stands
for a label that says nothing. The parts that read them are those of the extra ``learned``.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.extras import installing
from quarterhour.domain.reading import Element
from quarterhour.workflows.annotate import LEAST_CONFIDENCE, Annotation
from quarterhour.workflows.errors import BadRequest

_SENTENCE: Final = re.compile(r"[^\s.!?;][^\n.!?;]*(?:[.!?;](?!\s|$)[^\n.!?;]*)*[.!?;]?")
#: Sentences that go through the model at once.
_TOGETHER: Final = 32
#: More of a sentence than this the model does not see.
_LONGEST: Final = 256


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a column of the model's output means."""

    element: Element
    speaks: Literal["for", "against"] = "for"


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``labels.json``."""

    model: str
    labels: tuple[Label | None, ...]


class Network(Protocol):
    """What is asked of the model: numbers of its first output for named inputs."""

    def run(self, output_names: Sequence[str] | None, input_feed: Mapping[str, NDArray[np.int64]]) -> Sequence[Any]:
        """The outputs."""
        ...


class Tokenizer(Protocol):
    """What is asked of the tokenizer: for each sentence an encoding with ``ids`` and ``attention_mask``."""

    def encode_batch(self, input: list[str]) -> Sequence[Any]:  # noqa: A002 - the name is the library's
        """The encodings."""
        ...


class SentenceModel:
    """Reads a note sentence by sentence."""

    __slots__ = ("_inputs", "_labels", "_network", "_tokenizer")

    def __init__(self, network: Network, tokenizer: Tokenizer, labels: Labels, inputs: Sequence[str]) -> None:
        """``inputs`` are the names of the inputs the model takes."""
        self._network, self._tokenizer, self._labels, self._inputs = network, tokenizer, labels, inputs

    def annotate(self, text: str) -> Iterable[Annotation]:
        """What the model says of each sentence, surer than not."""
        spans = sentences_of(text)
        for first in range(0, len(spans), _TOGETHER):
            some = spans[first : first + _TOGETHER]
            sure = self._sure([text[start:end] for start, end in some])
            for (start, end), row in zip(some, sure, strict=True):
                yield from self._said(text, start, end, row)

    def _said(self, text: str, start: int, end: int, row: NDArray[np.float64]) -> Iterator[Annotation]:
        for label, confidence in zip(self._labels.labels, row.tolist(), strict=True):
            if label is not None and confidence >= LEAST_CONFIDENCE:
                yield Annotation(
                    label=label.element,
                    start=start,
                    end=end,
                    text=text[start:end],
                    confidence=confidence,
                    model=self._labels.model,
                    speaks=label.speaks,
                )

    def _sure(self, sentences: list[str]) -> NDArray[np.float64]:
        """How sure of each label the model is, by sentence."""
        encodings = self._tokenizer.encode_batch(sentences)
        longest = min(_LONGEST, max(len(one.ids) for one in encodings))
        ids, mask = np.zeros((2, len(sentences), longest), dtype=np.int64)
        for row, one in enumerate(encodings):
            size = min(longest, len(one.ids))
            ids[row, :size], mask[row, :size] = one.ids[:size], one.attention_mask[:size]
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        strange = [name for name in self._inputs if name not in feed]
        if strange:
            raise BadRequest(f"the model asks for {', '.join(strange)}; it is given {', '.join(feed)}")
        (logits, *_) = self._network.run(None, {name: feed[name] for name in self._inputs})
        values = np.asarray(logits, dtype=np.float64)
        wanted = (len(sentences), len(self._labels.labels))
        if values.shape != wanted:
            raise BadRequest(f"the model gives numbers of shape {values.shape}, its labels ask for {wanted}")
        # Bounded, so that a very sure model does not overflow.
        bounded: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values, -60, 60)))
        return bounded


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The stretches a sentence model is asked about, in code points, the end exclusive."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def sentence_model(folder: Path) -> SentenceModel:
    """Load the model of a folder.

    Raises:
        BadRequest: if the folder lacks a file, its labels are malformed, or the extra ``learned`` is not installed.

    """
    model, tokenizer, labels = (folder / name for name in ("model.onnx", "tokenizer.json", "labels.json"))
    missing = [path.name for path in (model, tokenizer, labels) if not path.is_file()]
    if missing:
        raise BadRequest(f"{folder}: no {', '.join(missing)} there")
    try:
        known = msgspec.convert(json.loads(labels.read_text(encoding="utf-8")), Labels)
    except (ValueError, msgspec.ValidationError) as error:
        raise BadRequest(f"{labels}: {error}") from None
    runtime, tokenizers = _part("onnxruntime"), _part("tokenizers")
    network = _loaded(model, lambda: runtime.InferenceSession(str(model), providers=["CPUExecutionProvider"]))
    words = _loaded(tokenizer, lambda: tokenizers.Tokenizer.from_file(str(tokenizer)))
    return SentenceModel(network, words, known, [one.name for one in network.get_inputs()])


def _loaded(path: Path, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except Exception as error:  # noqa: BLE001 - the libraries raise types of their own, and often a bare Exception
        raise BadRequest(f"{path}: cannot be loaded ({type(error).__name__})") from None


def _part(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise BadRequest(f"{name} is not installed: {installing('learned')}") from None
