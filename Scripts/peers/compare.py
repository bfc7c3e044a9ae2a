#!/usr/bin/env python3
"""Measures Strata and its peers in turn and prints the table of Documentation/performance.md.

    make build && Scripts/peers/setup
    STRATA_DATA=... Scripts/peers/compare.py --workload w3 --rounds 5

A round runs every program once, one after the other, each a process of its own on the same
processors; the order changes from round to round. Figures are the median over the rounds (least to
most). Ratios are paired within a round, so that what slows a whole round cancels: peer / Strata for
seconds and memory, Strata / peer for rates, so above 1 favours Strata. What compilers make before
the clock of training starts counts in the whole process only; torch.compile keeps it in
.build/peers, so only its first run there compiles.
"""

import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

from measure import (
    BUILD, HERE, Failure, bind, build_preload, environment, measured, preloads, processor)

ROOT = HERE.parent.parent
STRATA = ROOT / ".build/release/strata"
BENCHMARKS = ROOT / "Benchmarks/.build/release/strata-benchmarks"
ACCURACIES = {"w3": (50, 56), "nine": (48, 54)}  # per cent, with batch normalization

WORKLOADS = {
    "w3": "3072-50-50-10, 9,000 update steps of 100 images, 21 evaluations",
    "nine": "3072-50-30-20-20-10-10-10-10-10, 9,000 update steps of 100 images, 21 evaluations",
    "wide": "3072-2048-2048-2048-10, 60 update steps of 128 images",
    "predict": "3072-50-50-10, prediction",
}
NOTES = {
    "predict": "Strata's figures take bytes and include standardization and softmax; the peers' "
               "take what is the fastest for them.",
}
OPTIONS = {
    "w3": "",
    "nine": "--hidden 50,30,20,20,10,10,10,10",
    "wide": "--hidden 2048,2048,2048 --batch-size 128 --train 2560 --schedule constant --eta 0.01 "
            "--epochs 3 --evaluate-every 1000",
}
# Matrix products of an update step of the wide network: forward and weight gradient 2 n P each,
# input gradient without the first layer's weights.
WIDE_FIRST, WIDE_WEIGHTS = 3072 * 2048, 3072 * 2048 + 2 * 2048 * 2048 + 2048 * 10
WIDE_GFLOP = 2 * 128 * (3 * WIDE_WEIGHTS - WIDE_FIRST) / 1e9

TRAINING = ["w3", "nine", "wide"]
PEERS = {  # name: label, workloads
    "pytorch_manual": ("PyTorch, backward by hand", TRAINING),
    "pytorch_compiled": ("PyTorch, torch.compile", TRAINING),
    "pytorch_eager": ("PyTorch, nn.Module and optim.SGD", TRAINING),
    "jax_scan": ("JAX, lax.scan", TRAINING),
    "tensorflow_loop": ("TensorFlow, tf.function with XLA", TRAINING),
    "keras_fit": ("Keras on TensorFlow, fit", TRAINING),
    "numpy_float32": ("NumPy, float32", TRAINING),
    "numpy_float64": ("NumPy, float64", TRAINING),
    "sklearn_mlp": ("scikit-learn, *no batch normalization*", ["w3", "nine"]),
    "onnx_predict": ("ONNX Runtime", ["predict"]),
    "pytorch_predict": ("PyTorch, inference mode", ["predict"]),
}
PACKAGES = ["torch", "jax", "tensorflow", "keras", "numpy", "scikit-learn", "onnxruntime"]

FIGURES = {  # kind of workload: figure: (heading, format)
    "training": {
        "steps_per_second": ("steps/s", "{:,.0f}"), "train_seconds": ("train, s", "{:.2f}"),
        "evaluation_seconds": ("evaluations, s", "{:.2f}"),
        "total_seconds": ("whole process, s", "{:.1f}"), "peak_megabytes": ("peak, MB", "{:,.0f}"),
        "test_percent": ("test accuracy, %", "{:.1f}")},
    "wide": {
        "steps_per_second": ("steps/s", "{:.1f}"), "gflop_per_second": ("GFLOP/s", "{:.0f}")},
    "predict": {
        "single_microseconds": ("one image, µs", "{:.1f}"),
        "images_per_second": ("images/s", "{:,.0f}")},
}
WITHOUT_RATIO = {"gflop_per_second", "test_percent"}
RATES = {"steps_per_second", "images_per_second"}


def figures(workload):
    return FIGURES.get(workload, FIGURES["training"])


def command_of(program, workload, arguments, folder):
    if program != "strata":
        return [arguments.python, HERE / f"{program}.py", workload]
    if workload == "predict":
        return [BENCHMARKS, "predict", "--json", "--threads", str(arguments.threads)]
    return [STRATA, "train", "--data", "cifar10", *OPTIONS[workload].split(), "--quiet", "--json",
            "--threads", str(arguments.threads), "--output", f"{folder}/run"]


def run(program, workload, arguments):
    """The figures of one process."""
    with tempfile.TemporaryDirectory() as folder:
        output, seconds, peak = measured(
            command_of(program, workload, arguments, folder),
            environment(arguments.threads, program, arguments.cpu))
    try:
        result = json.loads(output)
    except ValueError:
        raise Failure("expected one JSON object on standard output, found something else") from None
    result |= {"total_seconds": seconds, "peak_megabytes": peak / 1e6}
    if "steps" in result:
        result["steps_per_second"] = result["steps"] / result["train_seconds"]
        result["gflop_per_second"] = WIDE_GFLOP * result["steps_per_second"]
    if "test_accuracy" in result:
        result["test_percent"] = 100 * result["test_accuracy"]
    kept = {name: result[name] for name in figures(workload)}
    return kept | {name: result[name] for name in result if name.endswith("loss")}


def doubts(program, workload, runs):
    """What is wrong with the results of a program, in sentences."""
    low, high = ACCURACIES.get(workload, (0, 100))
    for result in runs:
        percent = result.get("test_percent", low)
        if not low <= percent <= high:
            yield (f"{program}: expected a test accuracy from {low} to {high} %, "
                   f"found {percent:.1f} %.")
        for name, value in result.items():
            if name.endswith("loss") and (value is None or not math.isfinite(value)):
                yield f"{program}: expected a finite {name.replace('_', ' ')}, found {value}."


def spread(values, form):
    """Median (least to most)."""
    middle, *ends = (form.format(f(values)) for f in (statistics.median, min, max))
    return middle if middle == ends[0] == ends[1] else f"{middle} ({ends[0]} to {ends[1]})"


def table(workload, results):
    """Markdown; `results` maps a program to its rounds, None where a run failed."""
    columns = figures(workload)
    heads = ["program"]
    for name, (heading, _) in columns.items():
        heads.append(heading)
        if name not in WITHOUT_RATIO:
            heads.append("Strata / peer" if name in RATES else "peer / Strata")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for program, runs in results.items():
        cells = ["**Strata**" if program == "strata" else PEERS[program][0]]
        for name, (_, form) in columns.items():
            good = [r[name] for r in runs if r]
            cells.append(spread(good, form) if good else "failed")
            if name not in WITHOUT_RATIO:
                cells.append(ratio(name, program, runs, results.get("strata", [])))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def ratio(name, program, runs, strata):
    """The paired ratio that is above 1 where Strata is ahead."""
    if program == "strata":
        return ""
    pairs = [r[name] / s[name] for r, s in zip(runs, strata) if r and s]
    if name in RATES:
        pairs = [1 / pair for pair in pairs]
    return spread(pairs, "{:.2f}") if pairs else "–"


def order(programs, number):
    """The programs in the order of a round: rows of a Williams square.

    Rotation alone would keep neighbours together; here each program follows each other one equally
    often, over as many rounds as there are programs, twice as many where their number is odd.
    """
    count = len(programs)
    steps = [(i + 1) // 2 if i % 2 else -i // 2 for i in range(count)]
    row = [programs[(number + step) % count] for step in steps]
    return row[::-1] if count % 2 and number % 2 else row


def compare(workload, arguments):
    """All rounds of a workload; prints its table and returns what --json keeps."""
    programs = [p for p in arguments.peers if workload in PEERS[p][1]]
    problems = []
    if workload == "predict" and not BENCHMARKS.exists():
        problems.append(f"strata: skipped, {BENCHMARKS.relative_to(ROOT)} is not built.")
    else:
        programs.insert(0, "strata")
    results = {program: [] for program in programs}
    for number in range(arguments.rounds):
        for program in order(programs, number):
            turn = f"{workload}, round {number + 1} of {arguments.rounds}"
            print(f"{turn}: {program}", file=sys.stderr)
            try:
                results[program].append(run(program, workload, arguments))
            except (Failure, KeyError, OSError) as error:
                results[program].append(None)
                problems.append(f"{program}: round {number + 1} failed: {error}")
    for program, runs in results.items():
        if program != "sklearn_mlp":
            problems += doubts(program, workload, filter(None, runs))
    print(f"\n{WORKLOADS[workload]}:\n\n{table(workload, results)}\n")
    if workload in NOTES:
        print(f"{NOTES[workload]}\n")
    for problem in problems:
        print(f"{problem}\n")
    sys.stdout.flush()
    return {"rounds": results, "problems": problems}


def versions(python):
    script = ("import importlib.metadata as m, platform, sys\n"
              "print('Python', platform.python_version(), *(f', {p} {m.version(p)}' "
              "for p in sys.argv[1:]), sep=' ')")
    peers = subprocess.run([python, "-c", script, *PACKAGES], capture_output=True, text=True)
    if peers.returncode != 0:
        raise Failure(f"expected {', '.join(PACKAGES)} at {python}; run Scripts/peers/setup")
    strata = subprocess.check_output([STRATA, "--version"], text=True).strip()
    return f"Strata {strata}, {peers.stdout.strip().replace(' ,', ',')}"


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", default="all", choices=[*WORKLOADS, "all"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", default=",".join(PEERS), help="names, separated by commas")
    parser.add_argument("--json", metavar="FILE", help="keep every figure of every round")
    parser.add_argument("--python", default=str(BUILD / "venv/bin/python"))
    arguments = parser.parse_args()
    arguments.peers = [name for name in arguments.peers.split(",") if name]
    arguments.workloads = (
        list(WORKLOADS) if arguments.workload == "all" else [arguments.workload])
    arguments.cpu = processor()
    for name in arguments.peers:
        if name not in PEERS:
            raise Failure(f"expected peers among {', '.join(PEERS)}, found {name}")
    if arguments.rounds < 1 or arguments.threads < 1:
        raise Failure("expected at least one round and one thread")
    return arguments


def prepare(arguments):
    """Checks what is needed and makes what the peers preload."""
    if not STRATA.exists():
        raise Failure("expected .build/release/strata; run make build")
    if not pathlib.Path(arguments.python).exists():
        raise Failure(f"expected Python at {arguments.python}; run Scripts/peers/setup")
    folder = os.environ.get("STRATA_DATA", "")
    if not pathlib.Path(folder, "cifar-10-batches-bin").is_dir() or not folder:
        raise Failure("expected the folder cifar-10-batches-bin in $STRATA_DATA")
    bind(arguments.threads)
    if any(preloads(name, arguments.cpu) and set(PEERS[name][1]) & set(arguments.workloads)
           for name in arguments.peers):
        build_preload()


def main():
    arguments = parse()
    prepare(arguments)
    machine = f"{arguments.cpu['model']}, {arguments.threads} of {os.cpu_count()} processors"
    date, packages = datetime.date.today().isoformat(), versions(arguments.python)
    print(f"{machine}; {platform.system()} {platform.release()}; {date}; {packages}.")
    print(f"Median of {arguments.rounds} rounds (least to most); ratios are paired "
          "within a round; above 1 favours Strata.")
    results = {workload: compare(workload, arguments) for workload in arguments.workloads}
    if arguments.json:
        kept = {"machine": machine, "date": date, "versions": packages, "workloads": results}
        pathlib.Path(arguments.json).write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except (Failure, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"compare: {error}.")
    except KeyboardInterrupt:
        sys.exit(130)
