"""Prints the quantiles that Tests/StrataLabTests/Statistics/QuantileTests.swift expects.

Needs NumPy (written with 2.4): python3 Scripts/quantiles.py
"""

import numpy as np

SHARES = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0]
# Of 1, 2, 4, 5, 11 and 40 values: the fractional parts of i times the golden ratio.
for count in [1, 2, 4, 5, 11, 40]:
    values = [(i * 0.6180339887498949) % 1 for i in range(1, count + 1)]
    print(f"({count}, {np.quantile(values, SHARES).tolist()}),")
