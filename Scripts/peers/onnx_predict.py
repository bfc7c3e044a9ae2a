"""ONNX Runtime: a graph of Gemm, BatchNormalization and Relu.

Run by compare.py, or alone: OMP_NUM_THREADS=2 python onnx_predict.py predict
"""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from common import CLASSES, EPSILON, PIXELS, THREADS, WORKLOADS, he, predict


def model(widths):
    """The network with drawn weights; a batch of any size."""
    nodes, constants, x = [], [], "inputs"

    def constant(name, value):
        constants.append(numpy_helper.from_array(value, name))
        return name

    def node(kind, inputs, name, **attributes):
        nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    for index, weights in enumerate(he(widths)):
        units = weights.shape[1]
        zeros, ones = np.zeros(units, np.float32), np.ones(units, np.float32)
        last = index == len(widths) - 2
        x = node("Gemm", [x, constant(f"W{index}", weights), constant(f"b{index}", zeros)],
                 "logits" if last else f"s{index}")
        if not last:
            parameters = [
                constant(f"{name}{index}", value) for name, value in
                (("gamma", ones), ("beta", zeros), ("mean", zeros), ("variance", ones))]
            x = node("BatchNormalization", [x, *parameters], f"normalized{index}", epsilon=EPSILON)
            x = node("Relu", [x], f"x{index}")
    graph = helper.make_graph(
        nodes, "network",
        [helper.make_tensor_value_info("inputs", TensorProto.FLOAT, ["n", PIXELS])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", CLASSES])], constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10).SerializeToString()


def session(threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    return onnxruntime.InferenceSession(
        model(WORKLOADS["w3"].widths), options, providers=["CPUExecutionProvider"])


def bound(threads, inputs):
    """A call that predicts `inputs`, which lie where the session reads them."""
    runner = session(threads)
    binding = runner.io_binding()
    binding.bind_ortvalue_input("inputs", onnxruntime.OrtValue.ortvalue_from_numpy(inputs))
    outputs = onnxruntime.OrtValue.ortvalue_from_shape_and_type(
        [len(inputs), CLASSES], np.float32, "cpu")
    binding.bind_ortvalue_output("logits", outputs)
    return lambda: runner.run_with_iobinding(binding)


predict(single=lambda inputs: bound(1, inputs), batches=lambda inputs: bound(THREADS, inputs))
