"""Make an annotator of a sentence encoder and labelled notes, and measure what it says of other notes.

    python benchmarks/notes/annotator.py ENCODER LEARN TRY OUT

ENCODER is a folder of a BERT encoder (``config.json``, ``model.safetensors``, ``tokenizer.json``), LEARN and TRY are
folders of labelled notes, OUT becomes the folder that ``quarterhour note --learned OUT`` takes. For every element one
logistic regression over the mean of a sentence's vectors learns which sentences are evidence of "present". Needs
``onnx``, ``onnxruntime``, ``tokenizers``, ``safetensors`` and ``scikit-learn``, which no part of the product needs
together.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from bert_graph import Floats, Graph, encoder, save
from numpy.typing import NDArray
from safetensors.numpy import load_file
from sklearn.linear_model import LogisticRegression

from quarterhour.notes import read
from quarterhour.workflows.annotate import annotated
from quarterhour.workflows.sentence_model import sentence_model, sentences_of

#: Elements that a sentence can show by its meaning; the others are numbers, names and clock times.
LEARNT: Final = (
    "activities", "assistance_level", "patient_response", "functional_goal", "goal_linkage", "skilled_rationale",
    "progress", "diagnosis", "environment", "plan",
)  # fmt: skip


def vectors_of(model: Path, tokenizer: Path, sentences: list[str]) -> Floats:
    """What the encoder makes of sentences."""
    from tokenizers import Tokenizer

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    by_token = Tokenizer.from_file(str(tokenizer))
    by_token.no_padding()
    found = []
    for sentence in sentences:
        ids = np.array([by_token.encode(sentence).ids[:256]], dtype=np.int64)
        found.append(session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0])
    return np.array(found)


def labelled(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Notes with their labelled elements."""
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        yield (folder / label["file"]).read_bytes().decode("utf-8"), label["elements"]


def examples(folder: Path) -> tuple[list[str], NDArray[np.bool_]]:
    """Sentences, and for which elements each is evidence of "present"."""
    sentences, shown = [], []
    for text, elements in labelled(folder):
        for start, end in sentences_of(text):
            sentences.append(text[start:end])
            shown.append([
                elements[name]["status"] == "present"
                and any(one["start"] < end and start < one["end"] for one in elements[name]["evidence"])
                for name in LEARNT
            ])  # fmt: skip
    return sentences, np.array(shown)


def learn(source: Path, folder: Path, out: Path) -> None:
    """Write the annotator of a folder of labelled notes."""
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    weights = load_file(source / "model.safetensors")
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "tokenizer.json", out / "tokenizer.json")
    graph = Graph()
    vector = encoder(graph, weights, config)
    save(out / "model.onnx", graph, vector, config["hidden_size"])
    sentences, shown = examples(folder)
    vectors = vectors_of(out / "model.onnx", out / "tokenizer.json", sentences)
    heads = [LogisticRegression(C=4.0, max_iter=2000, class_weight="balanced").fit(vectors, row) for row in shown.T]
    rows = np.array([head.coef_[0] for head in heads], dtype=np.float32)
    bias = np.array([head.intercept_[0] for head in heads], dtype=np.float32)
    answer = graph.node("Add", graph.node("MatMul", vector, graph.weight(rows.T)), graph.weight(bias))
    save(out / "model.onnx", graph, answer, len(LEARNT))
    labels = [{"element": name, "speaks": "for"} for name in LEARNT]
    (out / "labels.json").write_text(json.dumps({"model": f"{source.name} and {folder.name}", "labels": labels}))


def measure(out: Path, folder: Path) -> None:
    """Print what the annotator suggests in other notes, by what the labels say and by what was read."""
    model = sentence_model(out)
    counts: dict[str, Counter[str]] = {name: Counter() for name in LEARNT}
    took, characters = 0.0, 0
    for text, elements in labelled(folder):
        reading = read(text).as_reading()
        begin = time.process_time()
        heard = annotated(reading, text, model)
        took += time.process_time() - begin
        characters += len(text)
        if {name: one.grade for name, one in heard.reading.elements.items()} != {
            name: one.grade for name, one in reading.elements.items()
        }:
            raise AssertionError("a suggestion changed a grade")
        for name in LEARNT:
            told = [one for one in heard.suggested if one.label == name]
            right = elements[name]["status"] == "present"
            counts[name]["suggested" if told else "silent", right] += 1
            if right and told:
                ends = [(one["start"], one["end"]) for one in elements[name]["evidence"]]
                counts[name]["pointed"] += any(
                    one.start < end and start < one.end for one in told for start, end in ends
                )
            if right and reading.elements[name].grade != "present":
                counts[name]["missed"] += 1
                counts[name]["helped"] += bool(told)
    print(f"{'element':18} {'precision':>9} {'recall':>7} {'pointed at the words':>21} {'of what was missed':>19}")
    for name, count in counts.items():
        hit, false, lost = (count[key] for key in (("suggested", True), ("suggested", False), ("silent", True)))
        shares = (hit / max(1, hit + false), hit / max(1, hit + lost), count["pointed"] / max(1, hit))
        helped = f"{count['helped']} of {count['missed']}"
        print(f"{name:18} {shares[0]:9.2f} {shares[1]:7.2f} {shares[2]:21.2f} {helped:>19}")
    print(f"{took / characters * 1e6:.1f} microseconds a character, {characters / took / 1e6:.3f} MB of text a second")


def main() -> int:
    """Learn, write, try; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("encoder", "learn", "other", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    learn(options.encoder, options.learn, options.out)
    measure(options.out, options.other)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
