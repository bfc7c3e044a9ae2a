"""PyTorch without autograd: backward pass by hand, the products' arrays made once, images as bytes.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python pytorch_manual.py w3
"""

import torch

from common import CLASSES, DECAY, EPSILON, LAMBDA, THREADS, he, train

aten = torch.ops.aten


class Network:
    def __init__(self, workload, data):
        torch.set_num_threads(THREADS)
        self.labels = {part: torch.from_numpy(labels) for part, labels in data.labels.items()}
        self.images = {part: torch.from_numpy(images) for part, images in data.images.items()}
        self.scale, self.shift = torch.from_numpy(data.scale), torch.from_numpy(data.shift)
        self.weights = [torch.from_numpy(w).t().contiguous() for w in he(workload.widths)]
        self.bias = torch.zeros(CLASSES)
        self.norms = [
            (torch.ones(units), torch.zeros(units), torch.zeros(units), torch.ones(units))
            for units in workload.hidden]
        batch = workload.batch
        self.bytes = torch.empty(batch, workload.widths[0], dtype=torch.uint8)
        self.products = [torch.empty(batch, units) for units in workload.widths[1:]]
        self.inputs = torch.empty(batch, workload.widths[0])
        self.minus = torch.full((batch, 1), -1.0)

    @torch.inference_mode()
    def train(self, order, etas):
        order = torch.from_numpy(order)
        labels = self.labels["train"][order].unsqueeze(2)
        for rows, targets, eta in zip(order, labels, etas.tolist()):
            self.step(rows, targets, eta)

    def step(self, rows, labels, eta):
        torch.index_select(self.images["train"], 0, rows, out=self.bytes)
        x = self.inputs.copy_(self.bytes)
        torch.addcmul(self.shift, x, self.scale, out=x)
        saved = []
        for weights, norm, product in zip(self.weights, self.norms, self.products):
            torch.mm(x, weights.t(), out=product)
            hat, mean, inverse = aten.native_batch_norm(product, *norm, True, 1 - DECAY, EPSILON)
            saved.append((x, product, mean, inverse))
            x = hat.relu_()
        logits = torch.addmm(self.bias, x, self.weights[-1].t())
        delta = torch.softmax(logits, 1)
        delta.scatter_add_(1, labels, self.minus)
        delta *= 1 / len(rows)
        kept = 1 - 2 * eta * LAMBDA
        below = torch.mm(delta, self.weights[-1])
        self.weights[-1].addmm_(delta.t(), x, beta=kept, alpha=-eta)
        self.bias.sub_(delta.sum(0), alpha=eta)
        for index in reversed(range(len(self.norms))):
            (gamma, beta, m, v), (inputs, product, mean, inverse) = self.norms[index], saved[index]
            below = aten.threshold_backward(below, x, 0)
            delta, dgamma, dbeta = aten.native_batch_norm_backward(
                below, product, gamma, m, v, mean, inverse, True, EPSILON, [True, True, True])
            x = inputs
            if index:
                below = torch.mm(delta, self.weights[index])
            self.weights[index].addmm_(delta.t(), x, beta=kept, alpha=-eta)
            gamma.sub_(dgamma, alpha=eta)
            beta.sub_(dbeta, alpha=eta)

    @torch.inference_mode()
    def evaluate(self, part):
        layers = self.folded()
        size = 1000
        x = torch.empty(size, self.inputs.shape[1])
        loss = correct = 0.0
        for images, labels in zip(self.images[part].split(size), self.labels[part].split(size)):
            s = x.copy_(images)
            for weights, bias in layers[:-1]:
                s = torch.addmm(bias, s, weights.t()).relu_()
            logits = torch.addmm(layers[-1][1], s, layers[-1][0].t())
            loss += torch.nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            correct += (logits.argmax(1) == labels).sum().item()
        return loss / len(self.labels[part]), correct / len(self.labels[part])

    def folded(self):
        """Weights and biases that hold the normalizations and take bytes."""
        layers = []
        for weights, (gamma, beta, mean, variance) in zip(self.weights, self.norms):
            scale = gamma * torch.rsqrt(variance + EPSILON)
            layers.append([weights * scale[:, None], beta - mean * scale])
        layers.append([self.weights[-1], self.bias])
        layers[0][1] = layers[0][1] + layers[0][0] @ self.shift
        layers[0][0] = layers[0][0] * self.scale
        return layers


train(Network)
