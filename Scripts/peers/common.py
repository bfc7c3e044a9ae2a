"""What the peers share: workloads, CIFAR-10 in memory, the learning rate, the clock, the result.

A peer is a class that is made from a workload and its data, with

    train(order, etas)  one update step for each row of `order` (images of a batch) and each eta;
                        returns when the steps are done
    evaluate(part)      (loss, accuracy) of "train", "validation" or "test" with the running
                        statistics

and `warm_up`, the number of update steps to take before the clock starts, where a compiler runs at
the first use of a shape. Warm-up steps have learning rate 0, so they leave the weights as they are.
"""

import dataclasses
import json
import os
import pathlib
import statistics
import sys
import time

import numpy as np

CLASSES, PIXELS = 10, 3072
LAMBDA, DECAY, EPSILON = 0.005, 0.9, 1e-5
THREADS = int(os.environ.get("OMP_NUM_THREADS", "2"))
VALIDATION = 5000


@dataclasses.dataclass(frozen=True)
class Workload:
    hidden: tuple
    batch: int = 100
    train: int = 45000
    epochs: int = 20
    step_size: int = 2250  # half a cycle of the learning rate; 0: constant
    evaluated: bool = True

    @property
    def widths(self):
        return [PIXELS, *self.hidden, CLASSES]

    @property
    def epoch(self):
        """Update steps of an epoch."""
        return self.train // self.batch

    def etas(self, first, steps):
        """Learning rates of `steps` update steps from `first` on."""
        if self.step_size == 0:
            return np.full(steps, 0.01, np.float32)
        height = np.arange(first, first + steps) / self.step_size % 2
        return (1e-5 + (0.1 - 1e-5) * np.minimum(height, 2 - height)).astype(np.float32)


WORKLOADS = {
    "w3": Workload((50, 50)),
    "nine": Workload((50, 30, 20, 20, 10, 10, 10, 10)),
    "wide": Workload((2048,) * 3, batch=128, train=2560, epochs=3, step_size=0, evaluated=False),
}


class Data:
    """`images` (bytes) and `labels` of each part; pixel * `scale` + `shift` is standardized."""

    def __init__(self, train):
        folder = pathlib.Path(os.environ["STRATA_DATA"]) / "cifar-10-batches-bin"
        pixels, labels = read([folder / f"data_batch_{number}.bin" for number in range(1, 6)])
        test = read([folder / "test_batch.bin"])
        held_back = slice(len(pixels) - VALIDATION, None)
        self.images = {"train": pixels[:train], "validation": pixels[held_back], "test": test[0]}
        self.labels = {"train": labels[:train], "validation": labels[held_back], "test": test[1]}
        mean, square = np.zeros(PIXELS), np.zeros(PIXELS)
        for rows in chunks(self.images["train"]):
            mean += rows.sum(0, dtype=np.uint32)
            square += np.square(rows, dtype=np.uint16).sum(0, dtype=np.uint32)
        mean /= train
        deviation = np.sqrt(square / train - mean ** 2)
        self.scale = (1 / deviation).astype(np.float32)
        self.shift = (-mean / deviation).astype(np.float32)

    def inputs(self, dtype=np.float32):
        """Yields each part and its standardized images; lets go of the bytes."""
        for part in list(self.images):
            images = self.images.pop(part)
            result = np.empty(images.shape, dtype)
            for rows, out in zip(chunks(images), chunks(result)):
                np.multiply(rows, self.scale, out=out, dtype=dtype)
                out += self.shift
            yield part, result


def read(paths):
    """Pixels and labels of files that hold 10,000 images each."""
    pixels = np.empty((10000 * len(paths), PIXELS), np.uint8)
    labels = np.empty(len(pixels), np.int64)
    for index, path in enumerate(paths):
        rows = np.fromfile(path, np.uint8).reshape(-1, 1 + PIXELS)
        part = slice(10000 * index, 10000 * (index + 1))
        pixels[part], labels[part] = rows[:, 1:], rows[:, 0]
    return pixels, labels


def chunks(rows, size=1000):
    """The rows in pieces that stay in a cache."""
    return (rows[start:start + size] for start in range(0, len(rows), size))


def he(widths, seed=1, dtype=np.float32):
    """Initial weights of each layer, [in, out]."""
    random = np.random.default_rng(seed)
    return [
        random.standard_normal((fan_in, fan_out), np.float32).astype(dtype) * (2 / fan_in) ** 0.5
        for fan_in, fan_out in zip(widths, widths[1:])]


class Clock:
    """Seconds of what is run through it."""

    def __init__(self):
        self.seconds = 0.0

    def run(self, function, *arguments):
        start = time.perf_counter()
        result = function(*arguments)
        self.seconds += time.perf_counter() - start
        return result


def train(peer):
    """Trains a peer on the workload named on the command line and prints the result."""
    workload = WORKLOADS[sys.argv[1]]
    network = peer(workload, Data(workload.train))
    random = np.random.default_rng(1)

    def order():
        return random.permutation(workload.train).reshape(-1, workload.batch)

    def epoch(first):
        network.train(order(), workload.etas(first, workload.epoch))

    def evaluate():
        parts = ("train", "validation") if workload.evaluated else ()
        return [network.evaluate(part) for part in parts]

    warm_up = getattr(peer, "warm_up", 0) if workload.evaluated else workload.epoch
    if warm_up:
        warm_up = min(warm_up, workload.epoch)
        network.train(order()[:warm_up], np.zeros(warm_up, np.float32))
        evaluate()
    updates, evaluations = Clock(), Clock()
    curve = [evaluations.run(evaluate)]
    for first in range(0, workload.epochs * workload.epoch, workload.epoch):
        updates.run(epoch, first)
        curve.append(evaluations.run(evaluate))
    steps = workload.epochs * workload.epoch
    result = {"train_seconds": updates.seconds, "evaluation_seconds": evaluations.seconds,
              "steps": steps, "steps_per_second": steps / updates.seconds}
    if workload.evaluated:
        result["test_accuracy"] = float(network.evaluate("test")[1])
        result["validation_accuracy"] = float(curve[-1][1][1])
    else:
        result["validation_loss"] = float(network.evaluate("validation")[0])
    report(result)


def report(result):
    print(json.dumps(result), flush=True)


def predict(single, batches, kinds=(np.float32,)):
    """Measures prediction: both arguments make a call without arguments from its inputs.

    Prints the median time of a single image and images a second in the fastest of some batches,
    each with the fastest of the `kinds` of inputs: standardized float32, bytes.
    """
    random = np.random.default_rng(1)

    def inputs(size, kind):
        if kind is np.uint8:
            return random.integers(256, size=(size, PIXELS), dtype=kind)
        return random.standard_normal((size, PIXELS), kind)

    def seconds(call, calls):
        times = []
        for _ in range(calls):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        return statistics.median(times[calls // 10:])

    latency = min(seconds(single(inputs(1, kind)), 20000) for kind in kinds)
    rate = max(
        size / seconds(batches(inputs(size, kind)), 200000 // size)
        for size in (100, 200, 500, 1000, 2000, 5000, 10000) for kind in kinds)
    report({"single_microseconds": latency * 1e6, "images_per_second": rate})
