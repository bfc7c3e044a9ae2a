"""Writes Tests/StrataTests/Fixtures/python.safetensors with the reference implementation.

    pip install safetensors numpy && python Scripts/safetensors_fixture.py

SafetensorsTests compares its own reading with the values below, and its own writing with the bytes.
"""

import pathlib

import numpy
import safetensors.numpy

tensors = {
    "layers.0.linear.weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4 - 1,
    "layers.0.linear.bias": numpy.array([0.1, -1e-30], dtype=numpy.float32),
    "b.double": numpy.array([[1 / 3], [1e300]], dtype=numpy.float64),
    "a.double": numpy.array([-0.0], dtype=numpy.float64),
    "counts": numpy.array([-(2**63), 2**63 - 1, 7], dtype=numpy.int64),
    "bytes": numpy.array([0, 127, 255], dtype=numpy.uint8),
    "empty": numpy.zeros((0, 4), dtype=numpy.float32),
    "scalar": numpy.array(2.5, dtype=numpy.float32),
}
path = pathlib.Path(__file__).parent.parent / "Tests/StrataTests/Fixtures/python.safetensors"
safetensors.numpy.save_file(tensors, path, metadata={"made by": 'safetensors "0.8" · NumPy\n'})
