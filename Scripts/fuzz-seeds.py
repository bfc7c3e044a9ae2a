#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets, small files that the parsers take, into Fuzz/Corpus."""

import gzip
import json
import pathlib
import struct

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "Fuzz" / "Corpus"
SETTINGS = [
    "cifar10", "100", "50,50", "before", "0.9", "1.0e-5", "he", "0.01", "cyclical", "500", "none",
    "flip,shift:2,rotate:15,brightness:0.2,contrast:0.2", "true", "64,flip", "bf16", "adam",
    "18446744073709551615",
]
NAMES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]


def put(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def tensors(shapes, metadata=None, types=None):
    """A safetensors file of F32 numbers, or of the types that are given."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, shape in shapes.items():
        count = 1
        for size in shape:
            count *= size
        kind = (types or {}).get(name, "F32")
        letter = {"F32": "f", "F64": "d", "I64": "q", "U32": "I"}[kind]
        values = [i + (0.25 if letter in "fd" else 0) for i in range(count)]
        numbers = struct.pack(f"<{count}{letter}", *values)
        header[name] = {"dtype": kind, "shape": shape,
                        "data_offsets": [len(data), len(data) + len(numbers)]}
        data += numbers
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def model(batch_norm):
    shapes = {"layers.0.linear.weight": [3, 4], "layers.0.linear.bias": [3]}
    if batch_norm != "none":
        for name in ["weight", "bias", "running_mean", "running_var"]:
            shapes[f"layers.0.norm.{name}"] = [3]
    shapes |= {"layers.1.linear.weight": [2, 3], "layers.1.linear.bias": [2],
               "input.mean": [4], "input.std": [4]}
    architecture = {"inputs": 4, "hidden": [3], "classes": 2, "batch_norm": batch_norm,
                    "normalization_epsilon": 1e-5, "statistics_decay": 0.9}
    return shapes, {
        "format": "strata-model", "format_version": "1", "version": "0.1.0",
        "architecture": json.dumps(architecture), "configuration": '{"hidden": "3"}',
        "class_names": '["a","b"]', "shape": "[1,2,2]", "data": "tiny", "data_sha256": "",
        "kernel": "plain", "statistics_batches": "5", "running_variance": "population"}


def checkpoint():
    shapes, metadata = model("before")
    parameters = [name for name in shapes
                  if name.startswith("layers") and "running" not in name]
    shapes |= {f"optimizer.0.{name}": shapes[name] for name in parameters}
    shapes |= {"history.steps": [2], "history.values": [2, 5], "order": [6]}
    metadata |= {
        "format": "strata-checkpoint", "settings": '{"seed":1,"hidden":[3]}', "recipe": "seed: 1",
        "step": "3", "samples": "6", "train_seconds": "0.5", "evaluation_seconds": "0.25",
        "random_generators": "xoshiro256** by SplitMix64, Philox 4x32-10", "total_seconds": "1.0",
        "peak_memory_bytes": "1000"}
    return tensors(shapes, metadata, {
        "history.steps": "I64", "history.values": "F64", "order": "U32"})


def write_data():
    labels = b"\0\0\x08\x01" + struct.pack(">I", 3) + b"\1\2\3"
    images = b"\0\0\x08\x03" + struct.pack(">III", 2, 2, 2) + bytes(range(8))
    for name, content in [("labels", labels), ("images", images)]:
        put("idx", name, content)
        put("idx", name + ".gz", gzip.compress(content, mtime=0))
    put("gzip", "text", gzip.compress(b"some text, some text", mtime=0))
    put("gzip", "zeros", gzip.compress(bytes(20_000), mtime=0))
    put("cifar", "names", "\n".join(NAMES) + "\n\n")
    put("cifar", "names-and-labels", ("\n".join(NAMES) + "\n").encode() + b"\0" + bytes(8))


def write_models():
    for batch_norm in ["none", "before"]:
        shapes, metadata = model(batch_norm)
        put("model", batch_norm, tensors(shapes, metadata))
        put("safetensors", batch_norm, tensors(shapes, metadata))
        weights = {name: shape for name, shape in shapes.items() if name.startswith("layers")}
        put("weights", batch_norm, tensors(weights))
    put("checkpoint", "momentum", checkpoint())
    put("safetensors", "empty", tensors({}))
    put("safetensors", "digests", tensors({"a": [1]}, {"header_sha256": 64 * "0",
                                                     "tensors_sha256": 64 * "0"}))


def write_texts():
    summary = {name: 0.5 for name in [
        "test_accuracy", "test_loss", "train_accuracy", "train_loss"]}
    summary |= {"steps": 10, "parameters": 20, "seed": 1}
    put("summary", "whole", json.dumps(summary))
    put("json", "values", '{"a": [1, -2.5e-3, true, null], "b": {"c": "\\ud83d\\ude00\\n"}}')
    put("json", "nested", 40 * "[" + 40 * "]")
    heads = ("step,epoch,eta,train_loss,train_cost,train_accuracy,"
             "validation_loss,validation_cost,validation_accuracy\n")
    put("metrics", "validated", heads + "0,0.0,0.1,2.3,2.4,0.1,2.3,2.4,0.1\n"
        "10,1.0,0.1,1.3,1.4,0.5,1.5,1.6,0.4\n")
    put("metrics", "training", heads + "0,0.0,0.1,2.3,2.4,0.1,,,\n")
    put("metrics", "not-finite", heads + "0,0.0,0.1,nan,inf,1e308,,,\n")
    put("recipe", "run.yaml", "# a run\ndata: cifar10\nhidden: [50, 50]\nlambda: 5.0e-3\n"
        "normalization-epsilon: 2.2e-16\nschedule: cosine\naugment: \"flip,shift:2\"\nseed: 3\n")
    put("recipe", "run.json", '{"hidden": "none", "eta": 0.1, "schedule": "constant"}')
    put("recipe", "numbers.yaml", "seed: 010\neta-max: 1:30\nlambda: .inf\nvalidation: 1_000\n")
    put("recipe", "anchors.yaml", "a: &a [1, *a]\n<<: *a\n")
    put("recipe", "deep.yaml", "hidden: " + 200 * "[" + 200 * "]")
    put("recipe", "dashes.yaml", 100 * "- " + "1")
    put("recipe", "twice.yaml", "seed: 1\nhidden: 50\nseed: 2\n")
    for index, text in enumerate([
            "lambda=log:1e-5..1e-1", "hidden=50|50,50|none", "seed=linear:1..1000",
            "init=he,xavier,0.01", "batch-size=log:10..1000", "augment=none|flip,shift:2"]):
        put("search", str(index), text)
    put("trial", "finished", '{"lambda":"0.001"}\0coarse\0finished\0' + "7")
    put("trial", "diverged", '{"seed":"1","hidden":"50,50"}\0fine\0diverged\0-1')
    for key in range(33):
        put("settings", f"{key:02}", bytes([key]) + SETTINGS[key % len(SETTINGS)].encode())


if __name__ == "__main__":
    write_data()
    write_models()
    write_texts()
