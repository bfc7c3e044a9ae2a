"""Keras on TensorFlow as most would use it: layers, compile, fit with arrays in memory.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python keras_fit.py w3
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import tensorflow as tf

from common import CLASSES, DECAY, EPSILON, LAMBDA, PIXELS, THREADS, train


class Given(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rates that `train` is given for an epoch."""

    def __init__(self, steps):
        self.etas = tf.Variable(tf.zeros(steps))

    def __call__(self, step):
        return tf.gather(self.etas, tf.cast(step, tf.int32))


def network(widths):
    def dense(units):
        return keras.layers.Dense(
            units, kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L2(LAMBDA))

    layers = [keras.Input([PIXELS])]
    for units in widths[1:-1]:
        layers += [dense(units), keras.layers.BatchNormalization(momentum=DECAY, epsilon=EPSILON),
                   keras.layers.ReLU()]
    return keras.Sequential([*layers, dense(CLASSES)])


class Network:
    warm_up = 45  # a call of steps_per_execution

    def __init__(self, workload, data):
        tf.config.threading.set_intra_op_parallelism_threads(THREADS)
        tf.config.threading.set_inter_op_parallelism_threads(THREADS)
        keras.utils.set_random_seed(1)
        # As tensors: fit and evaluate would copy NumPy's arrays at every call.
        self.inputs = {part: tf.constant(inputs) for part, inputs in data.inputs()}
        self.labels = {part: tf.constant(labels) for part, labels in data.labels.items()}
        self.batch = workload.batch
        self.model = network(workload.widths)
        self.schedule = Given(workload.epoch)
        self.model.compile(
            keras.optimizers.SGD(self.schedule),
            keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"],
            steps_per_execution=workload.epoch // 10)

    def train(self, order, etas):
        """As many images as `order` names; fit draws an order of its own."""
        self.schedule.etas[:len(etas)].assign(etas)
        self.model.optimizer.iterations.assign(0)
        inputs, labels = self.inputs["train"], self.labels["train"]
        if order.size < len(labels):  # a slice of all would be a copy
            inputs, labels = inputs[:order.size], labels[:order.size]
        self.model.fit(inputs, labels, batch_size=self.batch, verbose=0)

    def evaluate(self, part):
        return self.model.evaluate(
            self.inputs[part], self.labels[part], batch_size=1000, verbose=0)


train(Network)
