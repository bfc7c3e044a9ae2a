"""PyTorch as most would write it: nn.Module, autograd, optim.SGD; the data are in memory.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python pytorch_eager.py w3
"""

import torch
from torch import nn

from common import DECAY, EPSILON, LAMBDA, THREADS, train


def network(widths):
    layers = []
    for fan_in, units in zip(widths, widths[1:-1]):
        layers += [nn.Linear(fan_in, units),
                   nn.BatchNorm1d(units, eps=EPSILON, momentum=1 - DECAY), nn.ReLU()]
    layers.append(nn.Linear(*widths[-2:]))
    for layer in layers:
        if isinstance(layer, nn.Linear):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
    return nn.Sequential(*layers)


class Network:
    def __init__(self, workload, data):
        torch.set_num_threads(THREADS)
        torch.manual_seed(1)
        self.labels = {part: torch.from_numpy(labels) for part, labels in data.labels.items()}
        self.inputs = {part: torch.from_numpy(inputs) for part, inputs in data.inputs()}
        self.model = network(workload.widths)
        weights = [p for p in self.model.parameters() if p.dim() == 2]
        others = [p for p in self.model.parameters() if p.dim() == 1]
        # weight_decay adds weight_decay * W to the gradient.
        self.optimizer = torch.optim.SGD(
            [{"params": weights, "weight_decay": 2 * LAMBDA}, {"params": others}], lr=0.1)
        self.cost = nn.CrossEntropyLoss()

    def train(self, order, etas):
        self.model.train()
        for rows, eta in zip(torch.from_numpy(order), etas.tolist()):
            for group in self.optimizer.param_groups:
                group["lr"] = eta
            logits = self.model(self.inputs["train"][rows])
            loss = self.cost(logits, self.labels["train"][rows])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()

    @torch.inference_mode()
    def evaluate(self, part):
        self.model.eval()
        logits = self.model(self.inputs[part])
        correct = (logits.argmax(1) == self.labels[part]).float().mean()
        return self.cost(logits, self.labels[part]).item(), correct.item()


train(Network)
