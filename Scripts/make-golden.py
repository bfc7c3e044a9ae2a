#!/usr/bin/env python3
"""Makes the golden numbers of Tests/StrataTests/Fixtures: PyTorch autograd in float64.

    python3 -m venv venv && venv/bin/pip install torch
    venv/bin/python Scripts/make-golden.py

One file a network of k = 1..9 layers of weights and a placement of batch normalization, named
golden-k3-before.safetensors, of ReLUs trained by gradient descent; golden-k3-before-adam.safetensors
and the like for the other optimizers, golden-k3-before-gelu.safetensors for the other activations,
and golden-k3-before-clip.safetensors with a gradient that is clipped at every step. Everything that
goes in (parameters, inputs, alpha, epsilon, lambda, eta) is a number that float32 holds exactly, so a
program in float32 starts from the same point.

What a file holds: `inputs` [24, 11] and `labels` [24]; `initial`, `gradient`, `step1`, `step20`:
parameters, or their gradient at the first batch, as one vector: W [out, in], b, gamma, beta of the
first layer, then of the next; `step1.means`, `step1.variances`, `step20.means`,
`step20.variances`: running statistics, layer after layer; `logits`, `probabilities`, `loss` and
`cost` of the first batch at the initial parameters; `test_logits` of all rows after 20 steps, with
the running statistics. Batches are taken in the order of the rows, round and round.

golden-activations.safetensors holds `points` z and, for each activation, `gelu.value` f(z) and
`gelu.slope` f'(z).
"""

import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/StrataTests/Fixtures"
INPUTS, CLASSES, ROWS, BATCH, STEPS = 11, 5, 24, 8, 20
LAMBDA = 1 / 128
WEIGHT_DECAY = 1 / 4  # of weights alone
CLIP_NORM = 1 / 2
OPTIMIZERS = {  # name: eta, what PyTorch calls it
    "sgd": (1 / 32, lambda p, eta: torch.optim.SGD(p, lr=eta)),
    "momentum": (1 / 128, lambda p, eta: torch.optim.SGD(p, lr=eta, momentum=0.9)),
    "nesterov": (1 / 128, lambda p, eta: torch.optim.SGD(p, lr=eta, momentum=0.9, nesterov=True)),
    "adam": (1 / 256, lambda p, eta: torch.optim.Adam(p, lr=eta)),
    "adamw": (1 / 256, lambda p, eta: torch.optim.AdamW([
        {"params": [w for w in p if w.dim() == 2], "weight_decay": WEIGHT_DECAY},
        {"params": [v for v in p if v.dim() == 1], "weight_decay": 0}], lr=eta)),
}
ACTIVATIONS = {
    "relu": F.relu, "leaky-relu": F.leaky_relu, "gelu": F.gelu, "silu": F.silu,
    "tanh": torch.tanh,
}
EPSILON = torch.tensor(1e-5, dtype=torch.float32).item()
HIDDEN = [
    [], [17], [16, 13], [7, 17, 5], [13, 7, 16, 3], [5, 7, 6, 9, 4], [8, 7, 5, 6, 7, 5],
    [6, 9, 7, 5, 8, 7, 6], [13, 7, 5, 8, 6, 7, 5, 6],
]
# A seed is taken only if the same 20 steps in float32 end this close (relative to the largest
# number of each vector): a network near the kink of a ReLU, or with a unit whose variance is almost
# zero, would measure luck instead of the program that is tested.
FLOAT32_TOLERANCE = 2e-5


def draw(hidden, placement, seed):
    """The initial layers, each [W, b] or [W, b, gamma, beta], the inputs and the labels."""
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float32)

    widths = [INPUTS, *hidden, CLASSES]
    layers = []
    for index, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
        layer = [normal(fan_out, fan_in) * math.sqrt(2 / fan_in), normal(fan_out) / 8]
        if placement != "none" and index < len(hidden):
            layer += [1 + normal(fan_out) / 8, normal(fan_out) / 8]
        layers.append(layer)
    inputs = normal(ROWS, INPUTS)
    labels = torch.randint(CLASSES, (ROWS,), generator=generator)
    return layers, inputs, labels


class Model:
    """A network whose arithmetic is PyTorch's own, in one floating-point type."""

    def __init__(self, layers, placement, alpha, optimizer, activation, clips, dtype):
        self.layers = [
            [p.to(dtype, copy=True).requires_grad_() for p in layer] for layer in layers]
        self.placement, self.alpha = placement, alpha
        self.activation, self.clips = ACTIVATIONS[activation], clips
        self.means, self.variances = [], []
        eta, make = OPTIMIZERS[optimizer]
        self.optimizer = make(self.parameters(), eta)

    def parameters(self):
        return [p for layer in self.layers for p in layer]

    def forward(self, x, training):
        """Logits; in training also the batch means and population variances of every layer."""
        statistics = []

        def normalize(s, index, gamma, beta):
            if training:
                statistics.append((s.detach().mean(0), s.detach().var(0, unbiased=False)))
                return F.batch_norm(s, None, None, gamma, beta, training=True, eps=EPSILON)
            return F.batch_norm(
                s, self.means[index], self.variances[index], gamma, beta, eps=EPSILON)

        for index, layer in enumerate(self.layers[:-1]):
            x = F.linear(x, layer[0], layer[1])
            if self.placement == "before":
                x = self.activation(normalize(x, index, layer[2], layer[3]))
            elif self.placement == "after":
                x = normalize(self.activation(x), index, layer[2], layer[3])
            else:
                x = self.activation(x)
        return F.linear(x, *self.layers[-1][:2]), statistics

    def backward(self, inputs, labels):
        """Logits, loss, cost and batch statistics; leaves the gradient in the parameters."""
        logits, statistics = self.forward(inputs, training=True)
        loss = F.cross_entropy(logits, labels)
        cost = loss + LAMBDA * sum((layer[0] ** 2).sum() for layer in self.layers)
        for p in self.parameters():
            p.grad = None
        cost.backward()
        if self.placement == "before":
            # The mean takes a bias away again: its gradient is 0, and Adam would magnify the rounding.
            for layer in self.layers[:-1]:
                layer[1].grad.zero_()
        return logits.detach(), loss.detach(), cost.detach(), statistics

    def step(self, inputs, labels):
        *_, statistics = self.backward(inputs, labels)
        if self.clips:  # torch.nn.utils.clip_grad_norm_ without the 1e-6 that it adds to the norm
            norm = flat([p.grad for p in self.parameters()]).norm()
            for p in self.parameters():
                p.grad *= min(1, (CLIP_NORM / norm).item())
        self.optimizer.step()
        means, variances = [m for m, _ in statistics], [v for _, v in statistics]
        first = not self.means
        for name, batch in (("means", means), ("variances", variances)):
            old = getattr(self, name)
            setattr(self, name, batch if first else [
                self.alpha * o + (1 - self.alpha) * b for o, b in zip(old, batch)])


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors]).clone() if tensors else torch.zeros(0)


def record(layers, inputs, labels, *model, dtype):
    """Every number of a fixture but what goes in."""
    model = Model(layers, *model, dtype)
    inputs = inputs.to(dtype)
    result = {}
    logits, loss, cost, _ = model.backward(inputs[:BATCH], labels[:BATCH])
    result["logits"], result["probabilities"] = logits, torch.softmax(logits, 1)
    result["loss"], result["cost"] = loss.reshape(1), cost.reshape(1)
    result["gradient"] = flat([p.grad for p in model.parameters()])
    for step in range(STEPS):
        rows = slice(step % (ROWS // BATCH) * BATCH, (step % (ROWS // BATCH) + 1) * BATCH)
        model.step(inputs[rows], labels[rows])
        if step + 1 in (1, STEPS):
            name = f"step{step + 1}"
            result[name] = flat(model.parameters())
            result[f"{name}.means"] = flat(model.means)
            result[f"{name}.variances"] = flat(model.variances)
    result["test_logits"] = model.forward(inputs, training=False)[0].detach()
    return result


def distance(single, double):
    """The largest difference between two recordings, relative to each vector's largest number."""
    return max(
        ((single[name].double() - value).abs().max() / value.abs().max()).item()
        for name, value in double.items() if value.numel())


def write(path, tensors, metadata):
    """safetensors: length of the header, header in JSON, numbers."""
    kinds = {torch.float64: "F64", torch.float32: "F32", torch.uint8: "U8"}
    header, blobs, end = {"__metadata__": metadata}, [], 0
    # Wide types first, so that every tensor starts at a multiple of its size.
    for name, tensor in sorted(tensors.items(), key=lambda item: -item[1].element_size()):
        blob = tensor.contiguous().numpy().tobytes()
        header[name] = {
            "dtype": kinds[tensor.dtype], "shape": list(tensor.shape),
            "data_offsets": [end, end + len(blob)]}
        blobs.append(blob)
        end += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def make(hidden, placement, optimizer="sgd", activation="relu", clips=False, suffix=""):
    """Writes one fixture."""
    name = f"golden-k{len(hidden) + 1}-{placement}{suffix}"
    depth = len(hidden) + 1
    alpha = torch.tensor(0.9 if depth % 2 else 0.7, dtype=torch.float32).item()
    seed = 1000 * depth
    while True:
        layers, inputs, labels = draw(hidden, placement, seed)
        double, single = (
            record(layers, inputs, labels, placement, alpha, optimizer, activation, clips, dtype=t)
            for t in (torch.float64, torch.float32))
        error = distance(single, double)
        if error < FLOAT32_TOLERANCE:
            break
        seed += 1
    double["initial"] = flat([p for layer in layers for p in layer])
    double["inputs"], double["labels"] = inputs, labels.to(torch.uint8)
    metadata = {
        "made_by": "Scripts/make-golden.py", "torch": torch.__version__, "seed": str(seed),
        "inputs": str(INPUTS), "hidden": ",".join(map(str, hidden)),
        "classes": str(CLASSES), "batch_norm": placement, "epsilon": repr(EPSILON),
        "statistics_decay": repr(alpha), "lambda": repr(LAMBDA), "optimizer": optimizer,
        "eta": repr(OPTIMIZERS[optimizer][0]), "batch_size": str(BATCH)}
    if activation != "relu":
        metadata["activation"] = activation
    if optimizer == "adamw":
        metadata["weight_decay"] = repr(WEIGHT_DECAY)
    if clips:
        metadata["clip_norm"] = repr(CLIP_NORM)
    write(FOLDER / f"{name}.safetensors", double, metadata)
    print(f"{name}  seed {seed}  float32 differs by {error:.1e}")


def make_activations():
    """Writes f and f' of each activation, z from far below 0 to far above."""
    points = torch.cat([torch.arange(-640, 641) / 64, torch.tensor([-1e4, -30, 30, 1e4, 1e-20])])
    tensors = {"points": points.float()}
    for name, activation in ACTIVATIONS.items():
        z = points.float().double().requires_grad_()
        value = activation(z)
        value.sum().backward()
        tensors |= {f"{name}.value": value.detach(), f"{name}.slope": z.grad}
    write(FOLDER / "golden-activations.safetensors", tensors, {
        "made_by": "Scripts/make-golden.py", "torch": torch.__version__})


def main():
    torch.set_num_threads(1)
    make_activations()
    for hidden in HIDDEN:
        for placement in ["none", "before", "after"] if hidden else ["none"]:
            make(hidden, placement)
    for placement in ["none", "before", "after"]:
        for optimizer in ["momentum", "nesterov", "adam", "adamw"]:
            make(HIDDEN[2], placement, optimizer, suffix=f"-{optimizer}")
        for activation in ["leaky-relu", "gelu", "silu", "tanh"]:
            make(HIDDEN[2], placement, activation=activation, suffix=f"-{activation}")
        make(HIDDEN[2], placement, "momentum", clips=True, suffix="-clip")


if __name__ == "__main__":
    main()
