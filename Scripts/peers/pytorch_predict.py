"""PyTorch in inference mode: batch normalization folded, one addmm a layer.

Run by compare.py, or alone: OMP_NUM_THREADS=2 python pytorch_predict.py predict
"""

import torch
from torch import nn

from common import EPSILON, THREADS, WORKLOADS, predict


def layers(widths):
    """Weights and bias of each layer, its normalization folded in."""
    linears = [nn.Linear(*sizes) for sizes in zip(widths, widths[1:])]
    norms = [nn.BatchNorm1d(units, eps=EPSILON).eval() for units in widths[1:-1]]
    folded = [nn.utils.fusion.fuse_linear_bn_eval(l.eval(), n) for l, n in zip(linears, norms)]
    return [(linear.weight.detach().t(), linear.bias.detach()) for linear in [*folded, linears[-1]]]


def prepared(threads):
    def prepare(inputs):
        torch.set_num_threads(threads)
        *hidden, (last, bias) = layers(WORKLOADS["w3"].widths)
        inputs = torch.from_numpy(inputs)

        def call():
            x = inputs
            for weights, shift in hidden:
                x = torch.addmm(shift, x, weights).relu_()
            return torch.addmm(bias, x, last)

        return call

    return prepare


with torch.inference_mode():
    predict(single=prepared(1), batches=prepared(THREADS))
