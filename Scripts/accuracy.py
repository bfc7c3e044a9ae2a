#!/usr/bin/env python3
"""Trains the networks of Documentation/results.md over several seeds and prints the table.

Usage: STRATA_DATA=... Scripts/accuracy.py [--strata PATH] [--seeds 5]
"""

import argparse
import json
import math
import statistics
import subprocess
import tempfile

NINE = "50,30,20,20,10,10,10,10"
ROWS = [
    ("3072-50-50-10, normalized", "--hidden 50,50"),
    ("3072-50-50-10", "--hidden 50,50 --batch-norm none"),
    ("3072-50-30-20-20-10-10-10-10-10, normalized", f"--hidden {NINE}"),
    ("3072-50-30-20-20-10-10-10-10-10", f"--hidden {NINE} --batch-norm none"),
    ("3072-50-50-10, normalized after the ReLU", "--hidden 50,50 --batch-norm after"),
    ("3072-50-50-10, σ = 1e-4, normalized", "--init 1e-4"),
    ("3072-50-50-10, σ = 1e-4", "--init 1e-4 --batch-norm none"),
    ("3072-50-10, 10,000 images, 1 cycle",
     "--hidden 50 --batch-norm none --train 10000 --lambda 0.01 --step-size 500 --cycles 1"),
    ("3072-50-10, 10,000 images, 3 cycles",
     "--hidden 50 --batch-norm none --train 10000 --lambda 0.01 --step-size 800 --cycles 3"),
]

# Two-sided 97.5 % points of Student's t for 1 to 9 degrees of freedom.
STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]


def train(strata, options, seed):
    """The summary of one run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [strata, "train", "--data", "cifar10", *options.split(), "--seed", str(seed),
                   "--output", f"{folder}/run", "--json", "--quiet"]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strata", default=".build/release/strata")
    parser.add_argument("--seeds", type=int, default=5, choices=range(2, 11))
    arguments = parser.parse_args()
    print("| network | test accuracy, % | 95 % interval of the mean | seconds a run | command |")
    print("|---|---|---|---|---|")
    for name, options in ROWS:
        runs = [train(arguments.strata, options, seed + 1) for seed in range(arguments.seeds)]
        accuracies = [100 * run["test_accuracy"] for run in runs]
        mean, deviation = statistics.mean(accuracies), statistics.stdev(accuracies)
        half = STUDENT[len(runs) - 2] * deviation / math.sqrt(len(runs))
        seconds = statistics.median(run["total_seconds"] for run in runs)
        print(f"| {name} | {mean:.2f} ± {deviation:.2f} | {mean - half:.2f} to {mean + half:.2f} "
              f"| {seconds:.1f} | `strata train {options}` |", flush=True)


if __name__ == "__main__":
    main()
