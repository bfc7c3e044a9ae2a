#!/usr/bin/env python3
"""Measures the products of a layer beside those of OpenBLAS, MKL and oneDNN, on one core.

    make benchmarks && Scripts/peers/setup
    Scripts/peers/products.py --rounds 5

Strata is `strata-benchmarks kernels`; the peers are the OpenBLAS of NumPy and the MKL and the
oneDNN of PyTorch, called from C (products_peer.py). A round runs every program once, each a process
of its own with one thread on the same processor; the order changes from round to round. The table
has medians over the rounds (least to most); ratios are taken within a round.
"""

import argparse
import collections
import json
import os
import pathlib
import sys

from compare import BENCHMARKS, order, spread
from measure import (
    BUILD, HERE, Failure, bind, build_preload, build_shared, environment, measured, processor,
    unknown)

PEERS = {  # name: label, the program of compare.py that has the same variables
    "openblas": ("OpenBLAS", "numpy_float32"),
    "mkl": ("MKL", "pytorch_manual"),
    "onednn": ("oneDNN", "pytorch_manual"),
}
CAPTION = """\
X are the rows × inputs or their gradient, W the units × inputs weights, G the rows × units outputs
or their gradient: G = X Wᵀ, X = G W, W ← W + Gᵀ X. A peer has the fastest layout for each product,
although a network has to keep one: ᵀ lies by columns, * in oneDNN's own blocks, which it makes
before the clock starts. Strata has all by rows and turns W, where it does, within the clock."""


def strata(arguments):
    """GFLOP/s of each product."""
    output, _, _ = measured([arguments.strata, "kernels"], environment(1, "strata", arguments.cpu))
    rows = [line.strip("| ").split(" | ") for line in output.splitlines() if "×" in line]
    return {f"{kind} | {shape}": {"speed": float(speed.split()[0])}
            for kind, shape, speed, _ in rows[1:]}


def peer(name, arguments):
    """GFLOP/s and layout of each product."""
    command = [arguments.python, HERE / "products_peer.py", name]
    if arguments.all_layouts:
        command.append("--all-layouts")
    output, _, _ = measured(command, environment(1, PEERS[name][1], arguments.cpu))
    return json.loads(output)


def table(results):
    """Markdown; `results` maps a program to its rounds."""
    heads = ["product", "rows × inputs × units", "**Strata**, GFLOP/s"]
    for label, _ in PEERS.values():
        heads += [f"{label}, GFLOP/s", "layout", f"Strata / {label}"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for product in results["strata"][0]:
        speeds = {name: [r[product]["speed"] for r in runs] for name, runs in results.items()}
        cells = [product, spread(speeds["strata"], "{:.0f}")]
        for name in PEERS:
            layouts = collections.Counter(r[product]["layout"] for r in results[name])
            ratios = [s / p for s, p in zip(speeds["strata"], speeds[name])]
            cells += [spread(speeds[name], "{:.0f}"), layouts.most_common(1)[0][0],
                      spread(ratios, "{:.2f}")]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--all-layouts", action="store_true", help="let peers have X and G by columns, too")
    parser.add_argument("--strata", default=str(BENCHMARKS), help="the program strata-benchmarks")
    parser.add_argument("--python", default=str(BUILD / "venv/bin/python"))
    arguments = parser.parse_args()
    arguments.cpu = processor()
    if arguments.rounds < 1:
        raise Failure("expected at least one round")
    if not pathlib.Path(arguments.strata).exists():
        raise Failure(f"expected {arguments.strata}; run make benchmarks")
    if not pathlib.Path(arguments.python).exists():
        raise Failure(f"expected Python at {arguments.python}; run Scripts/peers/setup")
    return arguments


def main():
    arguments = parse()
    bind(1)
    build_shared("products")
    if unknown(arguments.cpu):
        build_preload()
    programs = ["strata", *PEERS]
    results = {program: [] for program in programs}
    for number in range(arguments.rounds):
        for program in order(programs, number):
            print(f"round {number + 1} of {arguments.rounds}: {program}", file=sys.stderr)
            run = peer(program, arguments) if program in PEERS else strata(arguments)
            results[program].append(run)
    print(f"{arguments.cpu['model']}, 1 of {os.cpu_count()} processors; median of "
          f"{arguments.rounds} rounds (least to most); above 1 favours Strata.\n")
    print(f"{table(results)}\n\n{CAPTION}")


if __name__ == "__main__":
    try:
        main()
    except (Failure, OSError, ValueError, KeyError) as error:
        sys.exit(f"products: {error}.")
    except KeyboardInterrupt:
        sys.exit(130)
