#!/usr/bin/env python3
"""Trains networks with and without some options, in turn and from the same seeds, and prints how much
accuracy and time differ.

Usage: STRATA_DATA=... Scripts/paired.py [--seeds 10] -- "--precision bf16" ["--hidden 50,50" ...]
"""

import argparse
import math
import statistics

from accuracy import STUDENT, train


def spread(values, form):
    """Median (least to most)."""
    return (f"{form.format(statistics.median(values))} ({form.format(min(values))} to "
            f"{form.format(max(values))})")


def pair(arguments, network, seed):
    """The run without the options and the run with them; every other seed begins with the latter."""
    runs = {}
    for extra in sorted(["", arguments.options], reverse=seed % 2 == 0):
        runs[extra] = train(arguments.strata, f"{network} {extra}", seed)
    return [runs[""], runs[arguments.options]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("options", help="what the second run of each pair has besides")
    parser.add_argument("networks", nargs="*", default=["--hidden 50,50"])
    parser.add_argument("--strata", default=".build/release/strata")
    parser.add_argument("--seeds", type=int, default=10, choices=range(2, 11))
    arguments = parser.parse_args()
    print(f"| `strata train` | test accuracy without, % | with `{arguments.options}` | difference, "
          "95 % interval | training, times faster | whole process, times faster |")
    print("|---|---|---|---|---|---|")
    for network in arguments.networks:
        pairs = [pair(arguments, network, seed + 1) for seed in range(arguments.seeds)]
        before, after = ([100 * pair[i]["test_accuracy"] for pair in pairs] for i in (0, 1))
        differences = [b - a for a, b in zip(before, after)]
        mean, deviation = statistics.mean(differences), statistics.stdev(differences)
        half = STUDENT[len(pairs) - 2] * deviation / math.sqrt(len(pairs))
        train_ratios, total_ratios = (
            [pair[0][key] / pair[1][key] for pair in pairs]
            for key in ("train_seconds", "total_seconds"))
        print(f"| `{network}` | {statistics.mean(before):.2f} ± {statistics.stdev(before):.2f} "
              f"| {statistics.mean(after):.2f} ± {statistics.stdev(after):.2f} "
              f"| {mean:+.2f} ({mean - half:+.2f} to {mean + half:+.2f}) "
              f"| {spread(train_ratios, '{:.2f}')} | {spread(total_ratios, '{:.2f}')} |", flush=True)


if __name__ == "__main__":
    main()
