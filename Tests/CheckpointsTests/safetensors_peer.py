"""Reads a safetensors file and prints it as JSON, then writes what it read to a second file."""

import json
import sys

import numpy
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

source, copy = sys.argv[1:]
tensors = load_file(source)
with safe_open(source, framework="numpy") as file:
    metadata = file.metadata()
save_file({name: numpy.asarray(value * 2) for name, value in tensors.items()}, copy, metadata={"by": "Python"})
print(json.dumps({
    "metadata": metadata,
    "tensors": {name: {"shape": list(value.shape), "values": value.flatten().tolist()} for name, value in tensors.items()},
}))
