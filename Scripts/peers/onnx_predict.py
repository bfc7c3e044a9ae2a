"""ONNX Runtime: batch normalization folded, so that a layer is Gemm and Relu, which it fuses.

Inputs are standardized float32, or bytes whose standardization is folded into the first layer.
Run by compare.py, or alone: OMP_NUM_THREADS=2 python onnx_predict.py predict
"""

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from common import CLASSES, EPSILON, PIXELS, THREADS, WORKLOADS, he, predict

KINDS = {np.float32: TensorProto.FLOAT, np.uint8: TensorProto.UINT8}


def layers(widths, kind):
    """Weights and bias of each layer, which hold the normalization of the layer and of bytes.

    The statistics are made up, for the speed does not depend on them.
    """
    *hidden, last = he(widths)
    folded = []
    for weights in hidden:
        gamma, variance = np.ones((2, weights.shape[1]), np.float32)
        beta, mean = np.zeros((2, weights.shape[1]), np.float32)
        scale = gamma / np.sqrt(variance + np.float32(EPSILON))
        folded.append((weights * scale, beta - mean * scale))
    if kind is np.uint8:
        mean, deviation = np.full((2, PIXELS), [[127.5], [63.75]], np.float32)
        weights, bias = folded[0]
        folded[0] = weights / deviation[:, None], bias - (mean / deviation) @ weights
    return [*folded, (last, np.zeros(CLASSES, np.float32))]


def model(widths, kind):
    """The network with drawn weights; a batch of any size."""
    nodes, constants, x = [], [], "inputs"

    def constant(name, value):
        constants.append(numpy_helper.from_array(value, name))
        return name

    def node(operator, inputs, name, **attributes):
        nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    if kind is np.uint8:
        x = node("Cast", [x], "floats", to=TensorProto.FLOAT)
    for index, (weights, bias) in enumerate(layers(widths, kind)):
        last = index == len(widths) - 2
        x = node("Gemm", [x, constant(f"W{index}", weights), constant(f"b{index}", bias)],
                 "logits" if last else f"s{index}")
        if not last:
            x = node("Relu", [x], f"x{index}")
    graph = helper.make_graph(
        nodes, "network", [helper.make_tensor_value_info("inputs", KINDS[kind], ["n", PIXELS])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", CLASSES])], constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10).SerializeToString()


def bound(threads, inputs):
    """A call that predicts `inputs`, which lie where the session reads them."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    runner = onnxruntime.InferenceSession(
        model(WORKLOADS["w3"].widths, inputs.dtype.type), options,
        providers=["CPUExecutionProvider"])
    binding = runner.io_binding()
    binding.bind_ortvalue_input("inputs", onnxruntime.OrtValue.ortvalue_from_numpy(inputs))
    outputs = onnxruntime.OrtValue.ortvalue_from_shape_and_type(
        [len(inputs), CLASSES], np.float32, "cpu")
    binding.bind_ortvalue_output("logits", outputs)
    return lambda: runner.run_with_iobinding(binding)


if __name__ == "__main__":
    predict(single=lambda inputs: bound(1, inputs),
            batches=lambda inputs: bound(THREADS, inputs), kinds=KINDS)
