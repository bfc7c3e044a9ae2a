"""The products of a layer in another library, called from C: openblas, mkl or onednn.

Run by products.py, or alone once that has run: OMP_NUM_THREADS=1 python products_peer.py mkl

W lies by rows, by columns or in oneDNN's own blocks; with --all-layouts the others by columns, too.
A short trial chooses the fastest layout for each product.
"""

import ctypes
import itertools
import json
import pathlib
import statistics
import subprocess
import sys

import numpy as np

from measure import BUILD

SHAPES = [(100, 3072, 50), (100, 50, 50), (100, 50, 10), (128, 3072, 2048), (128, 2048, 2048)]
KINDS = ["forward", "input gradient", "weight gradient"]
SPAN, BATCHES, TRIAL = 0.1, 5, 0.01
ALL_LAYOUTS = "--all-layouts" in sys.argv

C = ctypes.CDLL(str(BUILD / "products.so"))
C.repeat_gemm.restype = C.repeat_primitive.restype = ctypes.c_double


class Blas:
    """A library with sgemm for 64-bit sizes."""

    layouts = list(itertools.product(["", "ᵀ"], repeat=3))  # of X, W and G

    def __init__(self, function):
        self.function = function

    def product(self, a, b, c, beta, blocked):
        """A function that computes C <- A B + beta C so many times and tells the seconds.

        It keeps the matrices, whose addresses are all that C has.
        """
        if c.strides[0] != c.itemsize:
            a, b, c = b.T, a.T, c.T  # BLAS has no result by rows
        matrices = [a, b, c]
        transposed = "".join("N" if m.strides[0] == m.itemsize else "T" for m in (a, b)).encode()
        strides = [max(m.strides) // m.itemsize for m in matrices]
        sizes = (ctypes.c_int64 * 6)(*c.shape, a.shape[1], *strides)
        pointers = [pointer(m) for m in matrices]
        return lambda calls, kept=matrices: C.repeat_gemm(
            ctypes.c_long(calls), self.function, transposed, sizes, ctypes.c_float(beta), *pointers)


class OneDNN:
    """The one inside PyTorch, through its C interface, which only the symbol table names."""

    layouts = [*Blas.layouts, ("", "*", "")]
    float32, any_layout, query_weights = 3, 1, 131
    source, weights, destination = 1, 33, 17

    class Argument(ctypes.Structure):
        _fields_ = [("index", ctypes.c_int), ("memory", ctypes.c_void_p)]

    def __init__(self, library, path):
        symbols = {}
        for line in subprocess.check_output(["nm", path], text=True).splitlines():
            fields = line.split()
            if len(fields) == 3 and fields[1] in "tT" and fields[2].startswith(("dnnl_", "sgemm_")):
                symbols[fields[2]] = int(fields[0], 16)
        offset = ctypes.cast(library.sgemm_, ctypes.c_void_p).value - symbols["sgemm_"]
        self.addresses = {name: offset + address for name, address in symbols.items()}
        self.engine = self.make("engine_create", ctypes.c_int(1), ctypes.c_size_t(0))
        self.stream = self.make("stream_create", self.engine, ctypes.c_int(1))

    def function(self, name, result=ctypes.c_int):
        return ctypes.CFUNCTYPE(result)(self.addresses[f"dnnl_{name}"])

    def call(self, name, *arguments):
        status = self.function(name)(*arguments)
        if status:
            sys.exit(f"expected status 0 of dnnl_{name}, found {status}")

    def make(self, name, *arguments):
        made = ctypes.c_void_p()
        self.call(name, ctypes.byref(made), *arguments)
        return made

    def describe(self, matrix, blocked=False):
        shape = (ctypes.c_int64 * 2)(*matrix.shape)
        start = [ctypes.c_int(2), shape, ctypes.c_int(self.float32)]
        if blocked:
            return self.make("memory_desc_create_with_tag", *start, ctypes.c_int(self.any_layout))
        strides = (ctypes.c_int64 * 2)(*(stride // matrix.itemsize for stride in matrix.strides))
        return self.make("memory_desc_create_with_strides", *start, strides)

    def product(self, a, b, c, beta, blocked):
        """As of Blas; a blocked B is made by oneDNN, which is not measured."""
        if c.strides[0] == c.itemsize:
            a, b, c = b.T, a.T, c.T  # oneDNN has no fast way to a result by columns
        attributes = ctypes.c_void_p()
        if beta:
            steps = self.make("post_ops_create")
            self.call("post_ops_append_sum", steps, ctypes.c_float(beta), 0, 0)
            attributes = self.make("primitive_attr_create")
            self.call("primitive_attr_set_post_ops", attributes, steps)
        descriptions = [self.describe(a), self.describe(b, blocked), self.describe(c)]
        description = self.make(
            "matmul_primitive_desc_create", self.engine, *descriptions[:2], ctypes.c_void_p(),
            descriptions[2], attributes)
        primitive = self.make("primitive_create", description)
        matrices = [a, b, c]
        if blocked:
            query = self.function("primitive_desc_query_md", ctypes.c_void_p)
            descriptions[1] = ctypes.c_void_p(query(description, self.query_weights, 0))
            matrices[1] = self.block(b, descriptions[1])
        memories = [self.memory(*pair) for pair in zip(descriptions, matrices)]
        indices = [self.source, self.weights, self.destination]
        arguments = (self.Argument * 3)(*zip(indices, (m.value for m in memories)))
        execute = ctypes.c_void_p(self.addresses["dnnl_primitive_execute"])
        return lambda calls, kept=matrices: C.repeat_primitive(
            ctypes.c_long(calls), execute, primitive, self.stream, 3, arguments)

    def memory(self, description, matrix):
        return self.make("memory_create", description, self.engine, pointer(matrix))

    def block(self, matrix, description):
        """A copy in the described blocks."""
        plain = self.describe(matrix)
        size = self.function("memory_desc_get_size", ctypes.c_size_t)(description)
        result = empty(1, size // 4)
        reorder = self.make("primitive_create", self.make(
            "reorder_primitive_desc_create", plain, self.engine, description, self.engine, None))
        memories = [self.memory(plain, matrix), self.memory(description, result)]
        arguments = (self.Argument * 2)(
            *zip([self.source, self.destination], (m.value for m in memories)))
        self.call("primitive_execute", reorder, self.stream, 2, arguments)
        return result


def pointer(matrix):
    return ctypes.c_void_p(matrix.ctypes.data)


def empty(rows, columns):
    """Aligned rows; those of a multiple of 1024 numbers lie further apart, as Strata's do."""
    stride = columns + 16 if columns % 1024 == 0 else columns
    block = np.empty(rows * stride + 16, np.float32)
    start = -block.ctypes.data // 4 % 16
    return block[start:start + rows * stride].reshape(rows, stride)[:, :columns]


def matrix(random, rows, columns, layout):
    """Random numbers, by rows or, with the layout "ᵀ", by columns."""
    result = empty(columns, rows).T if layout == "ᵀ" else empty(rows, columns)
    result[...] = random.standard_normal((rows, columns), np.float32)
    return result


def prepare(library, kind, shape, layout):
    """The repeated product, proved right."""
    rows, inputs, units = shape
    random = np.random.default_rng(1)
    x, w, g = (matrix(random, *size, form) for size, form in zip(
        [(rows, inputs), (units, inputs), (rows, units)], layout))
    a, b, c = {"forward": (x, w.T, g), "input gradient": (g, w, x),
               "weight gradient": (g.T, x, w)}[kind]
    beta = 1 if kind == "weight gradient" else 0
    expected = a @ b + beta * c
    repeat = library.product(a, b, c, beta, layout[1] == "*")
    repeat(1)
    if not np.allclose(c, expected, rtol=1e-3, atol=1e-3):
        sys.exit(f"{kind} {shape}, {layout}: expected the product, found something else")
    return repeat


def seconds(repeat, span, batches):
    """Median of some batches of about `span` seconds, a call."""
    calls, trial = 1, repeat(1)
    while trial < span / 4:
        calls *= 4
        trial = repeat(calls)
    calls = max(1, round(calls * span / trial))
    return statistics.median(repeat(calls) / calls for _ in range(batches))


def measure(library, kind, shape):
    """GFLOP/s in the fastest layout, and which it is."""
    layouts = [(x, w, g) for x, w, g in library.layouts
               if (ALL_LAYOUTS or x == g == "") and (w != "*" or kind != "weight gradient")]
    best = min(layouts, key=lambda layout: seconds(
        prepare(library, kind, shape, layout), TRIAL, 3))
    time = seconds(prepare(library, kind, shape, best), SPAN, BATCHES)
    x, w, g = best
    return {"speed": 2e-9 * np.prod(shape) / time, "layout": f"X{x} W{w} G{g}"}


def load(name):
    if name == "openblas":
        folder = pathlib.Path(np.__file__).parents[1] / "numpy.libs"
        return Blas(ctypes.CDLL(str(next(folder.glob("*openblas64*")))).scipy_sgemm_64_)
    import torch
    path = str(pathlib.Path(torch.__file__).parent / "lib/libtorch_cpu.so")
    library = ctypes.CDLL(path)
    return Blas(library.sgemm_64_) if name == "mkl" else OneDNN(library, path)


peer = load(sys.argv[1])
print(json.dumps({
    f"{kind} | {' × '.join(map(str, shape))}": measure(peer, kind, shape)
    for shape in SHAPES for kind in KINDS}))
