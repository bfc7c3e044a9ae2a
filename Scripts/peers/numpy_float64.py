"""NumPy in float64 as in a course report: the equations, a new array for each result.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python numpy_float64.py w3
"""

import numpy as np

from common import CLASSES, DECAY, EPSILON, LAMBDA, he, train


class Network:
    def __init__(self, workload, data):
        self.labels, self.inputs = data.labels, dict(data.inputs(np.float64))
        self.weights = he(workload.widths, dtype=np.float64)
        self.biases = [np.zeros(units) for units in workload.widths[1:]]
        self.gammas = [np.ones(units) for units in workload.hidden]
        self.betas = [np.zeros(units) for units in workload.hidden]
        self.means = [np.zeros(units) for units in workload.hidden]
        self.variances = [np.ones(units) for units in workload.hidden]

    def train(self, order, etas):
        one_hot = np.eye(CLASSES)
        for rows, eta in zip(order, etas.astype(float)):
            self.step(self.inputs["train"][rows], one_hot[self.labels["train"][rows]], eta)

    def step(self, x, targets, eta):
        n, saved = len(x), []
        for i, gamma in enumerate(self.gammas):
            s = x @ self.weights[i] + self.biases[i]
            mean, variance = s.mean(0), s.var(0)
            hat = (s - mean) / np.sqrt(variance + EPSILON)
            saved.append((x, hat, variance))
            x = np.maximum(0, gamma * hat + self.betas[i])
            self.means[i] = DECAY * self.means[i] + (1 - DECAY) * mean
            self.variances[i] = DECAY * self.variances[i] + (1 - DECAY) * variance
        delta = (softmax(x @ self.weights[-1] + self.biases[-1]) - targets) / n
        for i in reversed(range(len(self.weights))):
            if i < len(self.gammas):
                delta = delta * (x > 0)
                x, hat, variance = saved[i]
                gamma_gradient, beta_gradient = (delta * hat).sum(0), delta.sum(0)
                delta = (self.gammas[i] / np.sqrt(variance + EPSILON)
                         * (delta - beta_gradient / n - hat * gamma_gradient / n))
                self.gammas[i] -= eta * gamma_gradient
                self.betas[i] -= eta * beta_gradient
            gradient = x.T @ delta + 2 * LAMBDA * self.weights[i]
            bias_gradient = delta.sum(0)
            if i:
                delta = delta @ self.weights[i].T
            self.weights[i] -= eta * gradient
            self.biases[i] -= eta * bias_gradient

    def evaluate(self, part):
        x, labels = self.inputs[part], self.labels[part]
        for i, gamma in enumerate(self.gammas):
            s = x @ self.weights[i] + self.biases[i]
            hat = (s - self.means[i]) / np.sqrt(self.variances[i] + EPSILON)
            x = np.maximum(0, gamma * hat + self.betas[i])
        p = softmax(x @ self.weights[-1] + self.biases[-1])
        return -np.log(p[np.arange(len(labels)), labels]).mean(), (p.argmax(1) == labels).mean()


def softmax(s):
    e = np.exp(s - s.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


train(Network)
