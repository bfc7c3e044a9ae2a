"""JAX: an epoch is one compiled lax.scan over its update steps; the state is donated.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python jax_scan.py w3
"""

from functools import partial
import sys

import jax
import jax.numpy as jnp
import numpy as np

from common import CLASSES, DECAY, EPSILON, LAMBDA, he, train


def logits(parameters, statistics, x):
    """Logits, and the statistics with which the hidden layers were normalized.

    Without `statistics`, those of the batch are taken.
    """
    used = []
    for index, (gamma, beta) in enumerate(parameters["norms"]):
        s = x @ parameters["weights"][index].T
        if statistics:
            mean, variance = statistics[index]
        else:
            mean = s.mean(0)
            variance = jnp.square(s - mean).mean(0)
        used.append((mean, variance))
        x = jax.nn.relu((s - mean) * jax.lax.rsqrt(variance + EPSILON) * gamma + beta)
    return x @ parameters["weights"][-1].T + parameters["bias"], used


def loss(parameters, statistics, x, labels):
    scores, used = logits(parameters, statistics, x)
    target = jnp.take_along_axis(scores, labels[:, None], 1)[:, 0]
    return (jax.nn.logsumexp(scores, axis=1) - target).mean(), (scores, used)


@partial(jax.jit, donate_argnums=0)
def epoch(state, images, labels, order, etas):
    def step(state, batch):
        rows, eta = batch
        parameters, statistics = state
        (_, (_, used)), gradient = jax.value_and_grad(loss, has_aux=True)(
            parameters, None, images[rows], labels[rows])
        gradient["weights"] = [
            g + 2 * LAMBDA * w for g, w in zip(gradient["weights"], parameters["weights"])]
        parameters = jax.tree.map(lambda p, g: p - eta * g, parameters, gradient)
        statistics = jax.tree.map(
            lambda old, new: DECAY * old + (1 - DECAY) * new, statistics, used)
        return (parameters, statistics), None

    return jax.lax.scan(step, state, (order, etas))[0]


@jax.jit
def evaluation(state, images, labels):
    mean, (scores, _) = loss(*state, images, labels)
    return mean, (scores.argmax(1) == labels).mean()


class Network:
    warm_up = sys.maxsize  # compiled for a number of steps

    def __init__(self, workload, data):
        self.images, self.labels = jax.device_put((dict(data.inputs()), data.labels))
        parameters = {
            # [out, in]: XLA is slow at the weight gradient of [in, out].
            "weights": [weights.T.copy() for weights in he(workload.widths)],
            "bias": np.zeros(CLASSES, np.float32),
            "norms": [(np.ones(n, np.float32), np.zeros(n, np.float32)) for n in workload.hidden]}
        statistics = [(np.zeros(n, np.float32), np.ones(n, np.float32)) for n in workload.hidden]
        self.state = jax.device_put((parameters, statistics))

    def train(self, order, etas):
        self.state = epoch(
            self.state, self.images["train"], self.labels["train"], order.astype(np.int32), etas)
        jax.block_until_ready(self.state)

    def evaluate(self, part):
        mean, accuracy = evaluation(self.state, self.images[part], self.labels[part])
        return float(mean), float(accuracy)


train(Network)
