#!/usr/bin/env python3
"""Makes Tests/StrataLabTests/Fixtures/statistics.json: what SciPy and statsmodels find.

    python3 -m venv venv && venv/bin/pip install scipy statsmodels mpmath
    venv/bin/python Scripts/statistics-golden.py

Distribution functions and quantiles are computed by mpmath with 50 digits and rounded once, since
the tests ask for more digits than SciPy has everywhere; each is compared with SciPy's, and the
largest difference of each kind is printed. Everything else is SciPy's or statsmodels' own number.
"""

import json
import math
import pathlib
import random

import mpmath as mp
import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

FILE = pathlib.Path(__file__).parent.parent / "Tests/StrataLabTests/Fixtures/statistics.json"
mp.mp.dps = 50

LOW = [1e-12, 1e-9, 1e-6, 1e-3, 0.005, 0.025, 0.05, 0.1, 0.2, 0.3, 0.45, 0.4999]
SHARES = LOW + [0.5] + [1 - p for p in reversed(LOW)]
DEGREES = [1, 2, 3, 4, 7, 9, 19, 30, 99, 1e3, 12345, 1e5, 1e6]
SHAPES = [
    (0.001, 3), (0.5, 0.5), (1, 1), (0.1, 40), (1, 20), (2, 3), (5, 0.5), (30, 70), (999, 2),
    (1000, 1500), (40, 1e5), (1e6, 0.5), (1e4, 300.5), (1e5, 2e5)]
TRIALS = [(1, 0.5), (10, 0.5), (16, 0.3), (113, 0.5), (1000, 0.02), (10_000, 0.54), (10**6, 0.5)]

worst = {}


def compare(kind, exact, scipys):
    """Remembers SciPy's largest relative difference; returns the exact number as a double."""
    value = float(exact)
    error = abs(scipys - value) / abs(value) if value else abs(scipys)
    worst[kind] = max(worst.get(kind, 0), error if math.isfinite(error) else math.inf)
    return value


def root(function, density, start):
    """Newton's method from a start that is good to a few digits."""
    x = mp.mpf(float(start))
    for _ in range(60):
        step = function(x) / density(x)
        x -= step
        if abs(step) <= mp.mpf(10) ** -20 * abs(x):
            return x
    raise ArithmeticError(f"no convergence at {x}")


def lower_tail(a, b, x):
    """I_x(a, b); by the positive series DLMF 8.17.8 where mpmath would take minutes."""
    if min(a, b) < 20:
        return mp.betainc(a, b, 0, x, regularized=True)
    term = total = mp.mpf(1)
    count = 0
    while term > total * mp.mpf(10) ** -45:
        term *= (a + b + count) / (a + 1 + count) * x
        total += term
        count += 1
    power = a * mp.log(x) + b * mp.log(1 - x) - mp.loggamma(a) - mp.loggamma(b)
    return mp.exp(power + mp.loggamma(a + b)) / a * total


def incomplete_beta(a, b, x):
    """I_x(a, b) and its complement, the one on x's side of the mean computed."""
    a, b = mp.mpf(a), mp.mpf(b)
    if x * (a + b) < a:
        lower = lower_tail(a, b, x)
        return lower, 1 - lower
    upper = lower_tail(b, a, 1 - x)
    return 1 - upper, upper


def student():
    quantiles, cumulatives = [], []
    for degrees in DEGREES:
        half = mp.mpf(degrees) / 2
        scale = mp.sqrt(degrees) * mp.beta(half, mp.mpf(0.5))

        def density(t):
            return (1 + t * t / degrees) ** (-half - mp.mpf(0.5)) / scale

        def cumulative(t):
            tails = incomplete_beta(half, 0.5, degrees / (degrees + t * t))[0]
            return tails / 2 if t < 0 else 1 - tails / 2

        for share in SHARES:
            if share == 0.5:
                quantiles.append([degrees, share, 0])
                continue
            start = stats.t.ppf(share, degrees)
            exact = root(lambda t: cumulative(t) - mp.mpf(share), density, start)
            quantiles.append([degrees, share, compare("t quantile", exact, start)])
        for t in [-1e4, -40, -8.5, -3, -1.7, -1, -0.3, -1e-5, 0, 0.2, 2, 6]:
            exact = cumulative(mp.mpf(t))
            if exact > 1e-300:
                cumulatives.append([degrees, t, compare("t", exact, stats.t.cdf(t, degrees))])
    return quantiles, cumulatives


def normal():
    quantiles = []
    for share in [1e-300, 1e-100, 1e-30] + SHARES:
        start = stats.norm.ppf(share)
        exact = root(lambda z: mp.ncdf(z) - mp.mpf(share), mp.npdf, start) if start else 0
        quantiles.append([share, compare("normal quantile", exact, start)])
    cumulatives = [
        [z, compare("normal", mp.ncdf(mp.mpf(z)), stats.norm.cdf(z))]
        for z in [-37, -20, -8, -3, -1.96, -1, -0.5, -1e-8, 0, 1e-3, 0.7, 2, 5, 8]]
    return quantiles, cumulatives


def beta():
    quantiles, tails = [], []
    for a, b in SHAPES:
        distribution = stats.beta(a, b)

        def density(x):
            return x ** (mp.mpf(a) - 1) * (1 - x) ** (mp.mpf(b) - 1) / mp.beta(a, b)

        for share in SHARES:
            start = distribution.ppf(share)
            if not 1e-290 < start < 1 - 1e-12:
                continue
            exact = root(
                lambda x: incomplete_beta(a, b, x)[0] - mp.mpf(share), density,
                start)
            x = compare("beta quantile", exact, start)
            quantiles.append([a, b, share, x])
            lower, upper = incomplete_beta(a, b, mp.mpf(x))
            tails.append([
                a, b, x, compare("beta", lower, distribution.cdf(x)),
                compare("beta", upper, distribution.sf(x))])
    return quantiles, tails


def binomial():
    quantiles, tails = [], []
    for trials, probability in TRIALS:
        distribution = stats.binom(trials, probability)
        p = mp.mpf(probability)
        counts = {0, trials - 1, trials // 2}
        for share in SHARES:
            count = int(distribution.ppf(share))
            # A share that a count reaches exactly, or almost, has two right answers.
            gap = min(abs(distribution.cdf(near) - share) for near in (count - 1, count))
            if gap > 1e-6 * min(share, 1 - share):
                quantiles.append([trials, probability, share, count])
                counts.add(count)
        for count in sorted(counts & set(range(trials))):
            upper, lower = incomplete_beta(count + 1, trials - count, p)
            if min(lower, upper) > 1e-290:
                tails.append([
                    trials, probability, count,
                    compare("binomial", lower, distribution.cdf(count)),
                    compare("binomial", upper, distribution.sf(count))])
    return quantiles, tails


def samples():
    generator = random.Random(1)
    rows = []
    for count in [2, 3, 5, 10, 41]:
        values = [0.535 + 0.003 * generator.gauss(0, 1) for _ in range(count)]
        values = [1e9 + 1000 * v for v in values] if count == 41 else values
        mean, deviation = np.mean(values), np.std(values, ddof=1)
        row = {
            "values": values, "mean": mean, "deviation": deviation, "error": stats.sem(values),
            "minimum": min(values), "maximum": max(values), "median": np.median(values)}
        for level in (95, 99):
            row[f"interval{level}"] = stats.t.interval(
                level / 100, count - 1, loc=mean, scale=row["error"])
        row["prediction"] = stats.t.interval(
            0.95, count - 1, loc=mean, scale=deviation * math.sqrt(1 + 1 / count))
        rows.append(row)
    return rows


def pairs(counts):
    """Accuracies of two settings over the same seeds, multiples of 1/10,000 as of real test sets."""
    generator = random.Random(2)
    for count in counts:
        base = [round(0.53 + 0.004 * generator.gauss(0, 1), 4) for _ in range(count)]
        yield [round(b + 0.003 * generator.gauss(0.8, 1), 4) for b in base], base


def paired():
    rows = []
    for values, baseline in pairs([2, 3, 5, 10, 30]):
        result = stats.ttest_rel(values, baseline)
        rows.append({
            "values": values, "baseline": baseline, "t": result.statistic, "p": result.pvalue,
            "interval": list(result.confidence_interval(0.95))})
    return rows


def sign_flips():
    rows = []
    # The last three have differences of few sizes, so that many sums tie.
    ties = [([0.3, 0.1, 0.2, 0.6], [0.2, 0.2, 0.1, 0.5]), ([0.1, 0.7, 0.9], [0.3, 0.5, 0.9]),
            ([0.51 + 0.01 * i for i in range(12)], [0.5 + 0.01 * (i + i % 3) for i in range(12)])]
    for values, baseline in [*pairs([2, 5, 10, 13, 16, 18]), *ties]:
        # Whole numbers of 1/10,000, which add up without rounding.
        differences = [round(10_000 * (v - b)) for v, b in zip(values, baseline)]
        result = stats.permutation_test(
            (differences,), np.sum, permutation_type="samples", n_resamples=np.inf,
            vectorized=False)
        rows.append({"values": values, "baseline": baseline, "p": result.pvalue})
    return rows


def wilson():
    rows = []
    for right, count in [(0, 1), (0, 10), (3, 7), (10, 10), (5300, 10_000), (1, 10_000)]:
        for level in (0.9, 0.95, 0.999):
            interval = proportion_confint(right, count, alpha=1 - level, method="wilson")
            rows.append([right, count, level, *interval])
    return rows


def mcnemars():
    return [
        [first, second, mcnemar([[50, first], [second, 20]], exact=True).pvalue]
        for first, second in [(0, 1), (0, 9), (3, 3), (5, 14), (40, 71), (600, 500), (1100, 1400)]]


def holm():
    rows = []
    for p in [[0.03], [0.01, 0.04, 0.03, 0.005], [0.5, 0.6, 0.2], [0.02, 0.02, 0.02], [0, 1, 1e-9],
              [0.049, 0.0001, 0.012, 0.3, 0.011, 0.0125, 0.9]]:
        rows.append({"p": p, "adjusted": list(multipletests(p, method="holm")[1])})
    return rows


def plain(value):
    """Only what JSON has."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(element) for element in value]
    return value.item() if isinstance(value, np.generic) else value


def main():
    result = {}
    for name, make in (("student", student), ("normal", normal), ("beta", beta),
                       ("binomial", binomial)):
        result[f"{name}Quantiles"], result[name] = make()
    for name, make in (("samples", samples), ("paired", paired), ("signFlips", sign_flips),
                       ("wilson", wilson), ("mcnemar", mcnemars), ("holm", holm)):
        result[name] = make()
    members = (
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
        for name, rows in plain(result).items())
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("{\n" + ",\n".join(members) + "\n}\n")
    for kind, error in worst.items():
        print(f"{kind}: SciPy differs by {error:.1e}")


if __name__ == "__main__":
    main()
