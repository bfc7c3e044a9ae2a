"""PyTorch with torch.compile: some whole update steps, gradient and update included, are one call.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python pytorch_compiled.py w3
"""

import torch
import torch.nn.functional as F
from torch._inductor import config

from common import CLASSES, DECAY, EPSILON, LAMBDA, THREADS, he, train

config.cpp_wrapper = True


def logits(parameters, statistics, x):
    """Logits, and the statistics of the batch; `statistics`, where given, normalize instead."""
    used = []
    for index, (weights, (gamma, beta)) in enumerate(zip(*parameters[:2])):
        s = x @ weights.t()
        if statistics:
            mean, variance = statistics[index]
        else:
            mean = s.mean(0)
            variance = (s - mean).square().mean(0)
        used.append((mean.detach(), variance.detach()))
        x = torch.relu((s - mean) * torch.rsqrt(variance + EPSILON) * gamma + beta)
    weights, bias = parameters[2]
    return x @ weights.t() + bias, used


def loss(parameters, x, labels):
    scores, used = logits(parameters, None, x)
    return F.cross_entropy(scores, labels), used


@torch.compile(fullgraph=True, dynamic=False)
def steps(parameters, statistics, images, labels, scale, shift, order, etas):
    for rows, eta in zip(order.unbind(0), etas.unbind(0)):
        x = images[rows].float() * scale + shift
        gradients, used = torch.func.grad(loss, has_aux=True)(parameters, x, labels[rows])
        for parameter, gradient in zip(leaves(parameters), leaves(gradients)):
            kept = 1 - 2 * eta * LAMBDA if parameter.dim() == 2 else 1
            parameter.copy_(parameter * kept - eta * gradient)
        for old, new in zip(leaves(statistics), leaves(used)):
            old.copy_(DECAY * old + (1 - DECAY) * new)


@torch.compile(fullgraph=True, dynamic=False)
def score(parameters, statistics, images, labels, scale, shift):
    scores, _ = logits(parameters, statistics, images.float() * scale + shift)
    correct = (scores.argmax(1) == labels).sum()
    return F.cross_entropy(scores, labels, reduction="sum"), correct


def leaves(tree):
    return torch.utils._pytree.tree_leaves(tree)


class Network:
    warm_up = 10

    def __init__(self, workload, data):
        torch.set_num_threads(THREADS)
        self.labels = {part: torch.from_numpy(labels) for part, labels in data.labels.items()}
        self.images = {part: torch.from_numpy(images) for part, images in data.images.items()}
        self.standard = torch.from_numpy(data.scale), torch.from_numpy(data.shift)
        *weights, last = (torch.from_numpy(w).t().contiguous() for w in he(workload.widths))
        self.parameters = (
            weights, [(torch.ones(n), torch.zeros(n)) for n in workload.hidden],
            (last, torch.zeros(CLASSES)))
        self.statistics = [(torch.zeros(n), torch.ones(n)) for n in workload.hidden]
        # Small steps: several a call, because calls cost time too.
        self.unrolled = 5 if max(workload.hidden) < 1000 else 1

    @torch.no_grad()
    def train(self, order, etas):
        groups = torch.from_numpy(order).split(self.unrolled)
        for rows, group in zip(groups, torch.from_numpy(etas).split(self.unrolled)):
            steps(self.parameters, self.statistics, self.images["train"], self.labels["train"],
                  *self.standard, rows, group)

    @torch.no_grad()
    def evaluate(self, part):
        total = torch.zeros(2)
        for images, labels in zip(self.images[part].split(1000), self.labels[part].split(1000)):
            total += torch.stack(score(
                self.parameters, self.statistics, images, labels, *self.standard))
        return (total / len(self.labels[part])).tolist()


train(Network)
