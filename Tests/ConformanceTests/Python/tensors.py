"""Reads the tensors of a run, bit by bit, with the EventAccumulator class that the server uses.

usage: tensors.py RUN_DIRECTORY

Prints one JSON object by tag: what the metadata says, and for each step type, shape and elements. Numbers are given as
their bytes in hexadecimal, little-endian, one text an element; strings as their bytes.
"""

import json
import sys

from tensorboard.backend.event_processing import plugin_event_accumulator
from tensorboard.util import tensor_util


def element_bytes(array):
    if array.dtype == object:
        return [bytes(element).hex() for element in array.flatten()]
    size = array.dtype.itemsize
    raw = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    return [raw[start : start + size].hex() for start in range(0, len(raw), size)]


def tensor(event):
    array = tensor_util.make_ndarray(event.tensor_proto)
    return {"step": event.step, "type": array.dtype.name, "shape": list(array.shape), "elements": element_bytes(array)}


def series(directory):
    run = plugin_event_accumulator.EventAccumulator(directory, size_guidance={}, tensor_size_guidance=None)
    run.Reload()
    tags = {}
    for tag in run.Tags()["tensors"]:
        metadata = run.SummaryMetadata(tag)
        tags[tag] = {
            "plugin": metadata.plugin_data.plugin_name,
            "content": metadata.plugin_data.content.hex(),
            "dataClass": metadata.data_class,
            "tensors": [tensor(event) for event in run.Tensors(tag)],
        }
    return tags


if __name__ == "__main__":
    json.dump(series(sys.argv[1]), sys.stdout)
