"""TensorFlow: an epoch is one tf.function, compiled by XLA, whose loop runs over its steps.

Run by compare.py, or alone: STRATA_DATA=... OMP_NUM_THREADS=2 python tensorflow_loop.py w3
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf

from common import CLASSES, DECAY, EPSILON, LAMBDA, THREADS, he, train


class Network:
    warm_up = sys.maxsize  # XLA compiles for a number of steps

    def __init__(self, workload, data):
        tf.config.threading.set_intra_op_parallelism_threads(THREADS)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        self.inputs = {part: tf.constant(inputs) for part, inputs in data.inputs()}
        self.labels = {part: tf.constant(labels) for part, labels in data.labels.items()}
        self.weights = [tf.Variable(weights.T) for weights in he(workload.widths)]  # [out, in]
        self.bias = tf.Variable(tf.zeros(CLASSES))
        self.norms = [
            [tf.Variable(start([units])) for start in (tf.ones, tf.zeros, tf.zeros, tf.ones)]
            for units in workload.hidden]

    def logits(self, x, training):
        for weights, (gamma, beta, mean, variance) in zip(self.weights, self.norms):
            s = tf.matmul(x, weights, transpose_b=True)
            if training:
                average, spread = mean, variance
                mean = tf.reduce_mean(s, 0)
                variance = tf.reduce_mean(tf.square(s - mean), 0)
                average.assign_sub((1 - DECAY) * (average - mean))
                spread.assign_sub((1 - DECAY) * (spread - variance))
            x = tf.nn.relu((s - mean) * (tf.math.rsqrt(variance + EPSILON) * gamma) + beta)
        return tf.matmul(x, self.weights[-1], transpose_b=True) + self.bias

    @tf.function(jit_compile=True)
    def steps(self, order, etas):
        variables = [self.bias, *(p for norm in self.norms for p in norm[:2])]
        for index in tf.range(tf.shape(order)[0]):
            rows, eta = order[index], etas[index]
            with tf.GradientTape() as tape:
                logits = self.logits(tf.gather(self.inputs["train"], rows), training=True)
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                    tf.gather(self.labels["train"], rows), logits))
            weights, others = tape.gradient(loss, (self.weights, variables))
            for variable, gradient in zip(self.weights, weights):
                variable.assign((1 - 2 * eta * LAMBDA) * variable - eta * gradient)
            for variable, gradient in zip(variables, others):
                variable.assign_sub(eta * gradient)

    def train(self, order, etas):
        self.steps(tf.constant(order, tf.int32), tf.constant(etas))

    @tf.function
    def score(self, inputs, labels):
        logits = self.logits(inputs, training=False)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        correct = tf.equal(tf.argmax(logits, 1), labels)
        return tf.reduce_mean(losses), tf.reduce_mean(tf.cast(correct, tf.float32))

    def evaluate(self, part):
        loss, accuracy = self.score(self.inputs[part], self.labels[part])
        return float(loss), float(accuracy)


train(Network)
