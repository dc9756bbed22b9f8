"""Does the work of TrainingWork.swift with NumPy and torch, on one thread, as far as they are installed.

One JSON object a line: the peer, the work, and the seconds of one step (median of 15 after a warm-up).
"""

import importlib.util
import json
import os
import statistics
import time

for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"


def report(peer, work, calls, step):
    times = []
    for _ in range(16):
        start = time.perf_counter()
        for _ in range(calls):
            step()
        times.append((time.perf_counter() - start) / calls)
    print(json.dumps({"peer": peer, "work": work, "seconds": statistics.median(times[1:])}), flush=True)


NETWORKS = [("784-256-10, batch 128", [784, 256, 10], 128, 10), ("64-128-64-10, batch 32", [64, 128, 64, 10], 32, 100)]


def measure_numpy():
    import numpy as np

    random = np.random.default_rng(1)

    def normal(*shape):
        return random.standard_normal(shape, dtype=np.float32)

    def network(sizes, batch):
        weights = [normal(a, b) * np.float32(a**-0.5) for a, b in zip(sizes, sizes[1:])]
        biases = [np.zeros(b, np.float32) for b in sizes[1:]]
        x = normal(batch, sizes[0])
        labels = np.eye(sizes[-1], dtype=np.float32)[np.arange(batch) % sizes[-1]]

        def step():
            values = [x]
            for w, b in zip(weights[:-1], biases[:-1]):
                values.append(np.maximum(values[-1] @ w + b, 0))
            logits = values[-1] @ weights[-1] + biases[-1]
            powers = np.exp(logits - logits.max(1, keepdims=True))
            outer = (powers / powers.sum(1, keepdims=True) - labels) / np.float32(batch)
            for layer in reversed(range(len(weights))):
                w_gradient, b_gradient = values[layer].T @ outer, outer.sum(0)
                if layer:
                    outer = (outer @ weights[layer].T) * (values[layer] > 0)
                weights[layer] -= np.float32(0.01) * w_gradient
                biases[layer] -= np.float32(0.01) * b_gradient

        return step

    for name, sizes, batch, calls in NETWORKS:
        report("NumPy", name, calls, network(sizes, batch))

    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    y = np.array([[0], [1], [1], [0]], np.float32)
    parts = [normal(2, 2), np.zeros(2, np.float32), normal(2, 1), np.zeros(1, np.float32)]

    def xor():
        w1, b1, w2, b2 = parts
        hidden = 1 / (1 + np.exp(-(x @ w1 + b1)))
        result = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
        outer = (result - y) / np.float32(4)
        inner = outer @ w2.T * hidden * (1 - hidden)
        for part, gradient in zip(parts, [x.T @ inner, inner.sum(0), hidden.T @ outer, outer.sum(0)]):
            part -= np.float32(0.1) * gradient

    report("NumPy", "XOR, 2-2-1", 500, xor)
    for size in [64, 256, 512]:
        a, b = normal(size, size), normal(size, size)
        report("NumPy", f"product of {size} x {size}", 500 if size < 256 else 10, lambda: a @ b)
    a = normal(1000, 1000)
    for columns in [10, 1]:
        b = normal(1000, columns)
        report("NumPy", f"product with {columns} columns", 20, lambda: a @ b)
    report("NumPy", "column sums", 20, lambda: a.sum(0))
    rows, many = normal(10_000, 100), normal(1_000_000)
    positive = np.abs(many) + np.float32(0.01)

    def softmax():
        powers = np.exp(rows - rows.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)

    report("NumPy", "softmax", 5, softmax)
    report("NumPy", "tanh", 5, lambda: np.tanh(many))
    report("NumPy", "exp", 5, lambda: np.exp(many))
    report("NumPy", "log", 5, lambda: np.log(positive))


def measure_torch():
    import torch
    from torch import nn

    torch.set_num_threads(1)

    def training(model, loss, x, y, rate):
        optimizer = torch.optim.SGD(model.parameters(), rate)

        def step():
            optimizer.zero_grad()
            loss(model(x), y).backward()
            optimizer.step()

        return step

    for name, sizes, batch, calls in NETWORKS:
        layers = [part for a, b in zip(sizes, sizes[1:]) for part in (nn.Linear(a, b), nn.ReLU())][:-1]
        y = torch.arange(batch) % sizes[-1]
        step = training(nn.Sequential(*layers), nn.CrossEntropyLoss(), torch.randn(batch, sizes[0]), y, 0.01)
        report("torch", name, calls, step)
    model = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 1), nn.Sigmoid())
    x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([[0.0], [1], [1], [0]])
    report("torch", "XOR, 2-2-1", 100, training(model, nn.BCELoss(), x, y, 0.1))
    for size in [64, 256, 512]:
        a, b = torch.randn(size, size), torch.randn(size, size)
        report("torch", f"product of {size} x {size}", 500 if size < 256 else 10, lambda: a @ b)
    a = torch.randn(1000, 1000)
    for columns in [10, 1]:
        b = torch.randn(1000, columns)
        report("torch", f"product with {columns} columns", 20, lambda: a @ b)
    report("torch", "column sums", 20, lambda: a.sum(0))
    rows, many = torch.randn(10_000, 100), torch.randn(1_000_000)
    positive = many.abs() + 0.01
    report("torch", "softmax", 5, lambda: rows.softmax(1))
    report("torch", "tanh", 5, lambda: many.tanh())
    report("torch", "exp", 5, lambda: many.exp())
    report("torch", "log", 5, lambda: positive.log())


for module, measure in [("numpy", measure_numpy), ("torch", measure_torch)]:
    if importlib.util.find_spec(module):
        measure()
