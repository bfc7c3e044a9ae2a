"""NumPy in float32: every array made once, forward and backward pass by hand.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python numpy_float32.py w3
"""

import numpy as np

from common import CLASSES, DECAY, EPSILON, LAMBDA, chunks, he, train

PIECE = 1 << 19


class Normalized:
    """Batch normalization and ReLU of a hidden layer; arrays are [batch, units]."""

    def __init__(self, batch, units):
        self.gamma, self.beta = np.ones(units, np.float32), np.zeros(units, np.float32)
        self.mean, self.variance = np.zeros(units, np.float32), np.ones(units, np.float32)
        self.hat, self.scratch = np.empty((2, batch, units), np.float32)
        self.average = np.full(batch, 1 / batch, np.float32)

    def forward(self, s, out):
        hat, average = self.hat, self.average
        mean = average @ s
        np.subtract(s, mean, out=hat)
        np.square(hat, out=self.scratch)
        variance = average @ self.scratch
        self.inverse = 1 / np.sqrt(variance + EPSILON)
        hat *= self.inverse
        np.multiply(hat, self.gamma, out=out)
        out += self.beta
        np.maximum(out, 0, out=out)
        self.mean += (1 - DECAY) * (mean - self.mean)
        self.variance += (1 - DECAY) * (variance - self.variance)

    def backward(self, gradient, out):
        """Turns eta times the gradient at `out` into the one at s, in place, and updates."""
        gradient *= out > 0
        beta = self.average @ gradient
        np.multiply(gradient, self.hat, out=self.scratch)
        gamma = self.average @ self.scratch
        np.multiply(self.hat, gamma, out=self.scratch)
        gradient -= beta
        gradient -= self.scratch
        gradient *= self.gamma * self.inverse
        self.gamma -= len(gradient) * gamma
        self.beta -= len(gradient) * beta

    def inference(self, s):
        scale = self.gamma / np.sqrt(self.variance + EPSILON)
        s *= scale
        s += self.beta - self.mean * scale
        np.maximum(s, 0, out=s)


class Network:
    def __init__(self, workload, data):
        self.labels, self.inputs = data.labels, dict(data.inputs())
        widths, batch = workload.widths, workload.batch
        self.weights = he(widths)
        self.bias = np.zeros(CLASSES, np.float32)
        self.norms = [Normalized(batch, units) for units in workload.hidden]
        self.outputs = [np.empty((batch, units), np.float32) for units in widths]
        self.gradient = np.empty(PIECE, np.float32)
        self.deltas = [np.empty((batch, units), np.float32) for units in widths[1:]]
        self.rows = np.arange(batch)

    def train(self, order, etas):
        for rows, eta in zip(order, etas):
            self.step(rows, eta)

    def step(self, rows, eta):
        outputs, deltas = self.outputs, self.deltas
        np.take(self.inputs["train"], rows, axis=0, out=outputs[0], mode="clip")
        for index, norm in enumerate(self.norms):
            np.matmul(outputs[index], self.weights[index], out=deltas[index])
            norm.forward(deltas[index], outputs[index + 1])
        np.matmul(outputs[-2], self.weights[-1], out=deltas[-1])
        deltas[-1] += self.bias
        self.softmax_gradient(deltas[-1], self.labels["train"][rows], eta)
        self.bias -= deltas[-1].sum(0)
        for index in reversed(range(len(self.weights))):
            if index < len(self.norms):
                self.norms[index].backward(deltas[index], outputs[index + 1])
            if index:
                np.matmul(deltas[index], self.weights[index].T, out=deltas[index - 1])
            self.update(self.weights[index], outputs[index].T, deltas[index], eta)

    def softmax_gradient(self, logits, labels, eta):
        """Turns logits into eta times their gradient, so that all gradients below hold eta."""
        logits -= logits.max(1, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(1, keepdims=True)
        logits[self.rows, labels] -= 1
        logits *= eta / len(logits)

    def update(self, weights, inputs, delta, eta):
        """A step of the weights, in pieces whose gradient stays in a cache."""
        size = max(1, PIECE // weights.shape[1])
        for piece, rows in zip(chunks(weights, size), chunks(inputs, size)):
            gradient = self.gradient[:piece.size].reshape(piece.shape)
            np.matmul(rows, delta, out=gradient)
            piece *= 1 - 2 * eta * LAMBDA
            piece -= gradient

    def evaluate(self, part):
        loss = correct = 0.0
        for inputs, labels in zip(chunks(self.inputs[part]), chunks(self.labels[part])):
            logits = self.logits(inputs)
            logits -= logits.max(1, keepdims=True)
            target = logits[np.arange(len(labels)), labels]
            loss += (np.log(np.exp(logits).sum(1)) - target).sum()
            correct += (logits.argmax(1) == labels).sum()
        return loss / len(self.labels[part]), correct / len(self.labels[part])

    def logits(self, x):
        for weights, norm in zip(self.weights, self.norms):
            x = x @ weights
            norm.inference(x)
        return x @ self.weights[-1] + self.bias


train(Network)
