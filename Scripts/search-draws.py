#!/usr/bin/env python3
"""The golden numbers of SearchSpaceTests: the first trials of a search, drawn without Strata.

xoshiro256** (Blackman & Vigna 2021), its state filled by SplitMix64 (Steele, Lea & Flood 2014) from
the seed, the purpose "search" (9) and the trial's number. Needs nothing but Python.
"""
MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)


def rotate(value, count):
    return ((value << count) | (value >> (64 - count))) & MASK


class Stream:
    def __init__(self, seed, purpose, index):
        mixer = SplitMix64(seed)
        mixer.state = mixer.next() ^ purpose
        mixer.state = mixer.next() ^ index
        self.state = [mixer.next() for _ in range(4)]

    def uniform(self):
        s = self.state
        result = (rotate((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)
        return (result >> 11) * 2.0**-53


for trial in range(1, 6):
    stream = Stream(3, 9, trial)
    rate = 10 ** (-5 + 4 * stream.uniform())
    size = round(49.5 + 151 * stream.uniform())
    print(f"trial {trial}: lambda=log:1e-5..1e-1 gives {rate:.6g}, batch-size=linear:50..200 {size}")
