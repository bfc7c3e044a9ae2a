"""scikit-learn's MLPClassifier: the nearest it has, which is less work: no batch normalization.

The learning rate is constant. Run by compare.py, or alone:
STRATA_DATA=... OMP_NUM_THREADS=2 python sklearn_mlp.py w3
"""

import numpy as np
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

from common import CLASSES, LAMBDA, train


class Network:
    def __init__(self, workload, data):
        self.labels, self.inputs = data.labels, dict(data.inputs())
        self.classes = np.arange(CLASSES)
        # The term of the cost is alpha / 2 ||W||^2 / batch size.
        self.model = MLPClassifier(
            workload.hidden, solver="sgd", batch_size=workload.batch, momentum=0,
            alpha=2 * LAMBDA * workload.batch, learning_rate_init=0.02, random_state=1)
        # Draws the weights, so that there is something to evaluate before the first epoch.
        self.model.partial_fit(
            self.inputs["train"][:workload.batch], self.labels["train"][:workload.batch],
            classes=self.classes)

    def train(self, order, etas):
        """An epoch; the model draws the order of its own."""
        self.model.partial_fit(self.inputs["train"], self.labels["train"])

    def evaluate(self, part):
        probabilities = self.model.predict_proba(self.inputs[part])
        accuracy = (probabilities.argmax(1) == self.labels[part]).mean()
        return log_loss(self.labels[part], probabilities, labels=self.classes), accuracy


train(Network)
