#!/usr/bin/env python3
"""Fits the coefficients of `gelu` in Sources/CStrataKernels/activations.inc.

    pip install mpmath && python3 Scripts/fit-normal-tail.py

R(a) = exp(a^2/2) Phi(-a) is replaced by p(a)/q(a), polynomials of degree 4 and 5 with q(0) = 1, on
0 <= a <= 14, where exp(-a^2/2) is no longer a normal float. The largest relative error is made small
by repeated least squares: p - R q is weighted by 1/(R q) of the step before, which makes it the
relative error, and each point by its errors so far (Lawson 1961).
"""

import mpmath as mp

mp.mp.dps = 40
P, Q, POINTS, BOUND, STEPS = 4, 5, 400, 14, 40


def tail(a):
    return mp.exp(a * a / 2) * mp.erfc(a / mp.sqrt(2)) / 2


def main():
    # Denser where R is steep.
    points = [BOUND * ((1 - mp.cos(mp.pi * (k + mp.mpf(0.5)) / POINTS)) / 2) ** 2
              for k in range(POINTS)]
    values = [tail(a) for a in points]
    weights, q = [mp.mpf(1)] * POINTS, [mp.mpf(1)] * POINTS
    for step in range(STEPS):
        rows, right = [], []
        for a, value, weight, previous in zip(points, values, weights, q):
            scale = mp.sqrt(weight) / (value * previous)
            rows.append([scale * a**k for k in range(P + 1)]
                        + [-scale * value * a**k for k in range(1, Q + 1)])
            right.append(scale * value)
        a, b = mp.matrix(rows), mp.matrix(right)
        solution = list(mp.lu_solve(a.T * a, a.T * b))
        above, below = solution[:P + 1], [mp.mpf(1)] + solution[P + 1:]
        q = [mp.polyval(below[::-1], a) for a in points]
        errors = [abs(mp.polyval(above[::-1], a) / d / value - 1)
                  for a, d, value in zip(points, q, values)]
        largest = max(errors)
        if step > 2:
            weights = [w * (e / largest + mp.mpf("1e-3")) for w, e in zip(weights, errors)]
            weights = [w / max(weights) for w in weights]
    print("p:", *(mp.nstr(c, 9) for c in above))
    print("q:", *(mp.nstr(c, 9) for c in below))
    print("largest relative error:", mp.nstr(largest, 3))


if __name__ == "__main__":
    main()
