"""Does the work of TrainingBenchmarks.swift with NumPy and torch, each on one thread, where they are installed.

One JSON object a line: the library, the work and its seconds, median of several.
"""

import json
import os
import statistics
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
# A kernel that somebody chose for an older OpenBLAS slows a current one.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch
    torch.set_num_threads(1)
except ImportError:
    torch = None

NETWORKS = {"784-256-10, batch 128": ([784, 256, 10], 128), "64-128-64-10, batch 32": ([64, 128, 64, 10], 32)}
PRODUCTS = [(64, 64, 64), (256, 256, 256), (512, 512, 512), (128, 256, 10), (1024, 256, 1)]
XOR_INPUTS, XOR_LABELS = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]


def measure(library, work, run):
    """Times about 20 ms of calls, eleven times."""
    run()
    start = time.perf_counter()
    run()
    calls = max(1, int(0.02 / max(time.perf_counter() - start, 1e-7)))
    times = []
    for _ in range(11):
        start = time.perf_counter()
        for _ in range(calls):
            run()
        times.append((time.perf_counter() - start) / calls)
    print(json.dumps({"library": library, "work": work, "seconds": statistics.median(times)}), flush=True)


def numpy_network(sizes, batch):
    generator = numpy.random.default_rng(1)
    x = generator.random((batch, sizes[0]), dtype=numpy.float32)
    y = numpy.eye(sizes[-1], dtype=numpy.float32)[numpy.arange(batch) % sizes[-1]]
    weights = [generator.standard_normal((a, b), dtype=numpy.float32) * 0.05 for a, b in zip(sizes, sizes[1:])]
    biases = [numpy.zeros(b, numpy.float32) for b in sizes[1:]]

    def step():
        outputs = [x]
        for layer, (weight, bias) in enumerate(zip(weights, biases)):
            output = outputs[-1] @ weight + bias
            outputs.append(output if layer == len(weights) - 1 else numpy.maximum(output, 0))
        shifted = outputs[-1] - outputs[-1].max(1, keepdims=True)
        exponentials = numpy.exp(shifted)
        sums = exponentials.sum(1, keepdims=True)
        loss = float((y * (numpy.log(sums) - shifted)).sum(1).mean())
        error = (exponentials / sums - y) / numpy.float32(batch)
        for layer in reversed(range(len(weights))):
            gradient, bias_gradient = outputs[layer].T @ error, error.sum(0)
            if layer:
                error = (error @ weights[layer].T) * (outputs[layer] > 0)
            weights[layer] -= numpy.float32(0.01) * gradient
            biases[layer] -= numpy.float32(0.01) * bias_gradient
        return loss

    return step


def numpy_xor():
    x, y = numpy.array(XOR_INPUTS, numpy.float32), numpy.array(XOR_LABELS, numpy.float32)
    generator = numpy.random.default_rng(1)
    w1, w2 = (generator.standard_normal(shape, dtype=numpy.float32) for shape in ((2, 2), (2, 1)))
    b1, b2 = numpy.zeros(2, numpy.float32), numpy.zeros(1, numpy.float32)

    def step():
        hidden = 1 / (1 + numpy.exp(-(x @ w1 + b1)))
        output = 1 / (1 + numpy.exp(-(hidden @ w2 + b2)))
        loss = float(-(y * numpy.log(output) + (1 - y) * numpy.log(1 - output)).mean())
        error = (output - y) / numpy.float32(4)
        hidden_error = (error @ w2.T) * hidden * (1 - hidden)
        w2[...] -= numpy.float32(0.1) * (hidden.T @ error)
        b2[...] -= numpy.float32(0.1) * error.sum(0)
        w1[...] -= numpy.float32(0.1) * (x.T @ hidden_error)
        b1[...] -= numpy.float32(0.1) * hidden_error.sum(0)
        return loss

    return step


def torch_training(model, x, y, loss_of, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)

    def step():
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def torch_network(sizes, batch):
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    x, y = torch.rand(batch, sizes[0]), torch.arange(batch) % sizes[-1]
    return torch_training(model, x, y, torch.nn.functional.cross_entropy, 0.01)


def torch_xor():
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 2), torch.nn.Sigmoid(), torch.nn.Linear(2, 1), torch.nn.Sigmoid())
    x, y = torch.tensor(XOR_INPUTS, dtype=torch.float32), torch.tensor(XOR_LABELS, dtype=torch.float32)
    return torch_training(model, x, y, torch.nn.functional.binary_cross_entropy, 0.1)


def main():
    if numpy:
        for name, (sizes, batch) in NETWORKS.items():
            measure("NumPy", name, numpy_network(sizes, batch))
        measure("NumPy", "XOR, 2-2-1", numpy_xor())
        generator = numpy.random.default_rng(1)
        for m, k, n in PRODUCTS:
            a, b = generator.random((m, k), dtype=numpy.float32), generator.random((k, n), dtype=numpy.float32)
            out = numpy.empty((m, n), numpy.float32)
            measure("NumPy", f"product {m}x{k}x{n}", lambda: numpy.matmul(a, b, out=out))
        matrix = generator.random((1000, 1000), dtype=numpy.float32)
        out = numpy.empty_like(matrix)
        measure("NumPy", "column sums of 1,000x1,000", lambda: matrix.sum(0))
        measure("NumPy", "tanh of 1,000,000", lambda: numpy.tanh(matrix, out=out))
        measure("NumPy", "exp of 1,000,000", lambda: numpy.exp(matrix, out=out))
        measure("NumPy", "log of 1,000,000", lambda: numpy.log(matrix, out=out))

        def softmax():
            numpy.subtract(matrix, matrix.max(1, keepdims=True), out=out)
            numpy.exp(out, out=out)
            numpy.divide(out, out.sum(1, keepdims=True), out=out)

        measure("NumPy", "softmax of 1,000x1,000", softmax)
    if torch:
        for name, (sizes, batch) in NETWORKS.items():
            measure("torch", name, torch_network(sizes, batch))
        measure("torch", "XOR, 2-2-1", torch_xor())
        for m, k, n in PRODUCTS:
            a, b, out = torch.rand(m, k), torch.rand(k, n), torch.empty(m, n)
            measure("torch", f"product {m}x{k}x{n}", lambda: torch.mm(a, b, out=out))
        matrix = torch.rand(1000, 1000)
        out, sums = torch.empty_like(matrix), torch.empty(1000)
        measure("torch", "column sums of 1,000x1,000", lambda: torch.sum(matrix, 0, out=sums))
        measure("torch", "tanh of 1,000,000", lambda: torch.tanh(matrix, out=out))
        measure("torch", "exp of 1,000,000", lambda: torch.exp(matrix, out=out))
        measure("torch", "log of 1,000,000", lambda: torch.log(matrix, out=out))
        measure("torch", "softmax of 1,000x1,000", lambda: torch.softmax(matrix, 1, out=out))


main()
