"""Reads a run with both EventAccumulator classes of TensorBoard.

usage: accumulate.py RUN_DIRECTORY

Prints one JSON object: `raw` is what event_accumulator gives, the class that TensorBoard documents for reading files;
`upgraded` is what plugin_event_accumulator gives, the class that the server uses.
"""

import json
import sys

from json_number import number
from tensorboard.backend.event_processing import event_accumulator, plugin_event_accumulator
from tensorboard.util import tensor_util

# Zero keeps all; the defaults keep a sample.
KEEP_ALL = {kind: 0 for kind in event_accumulator.DEFAULT_SIZE_GUIDANCE}


def histogram(event):
    value = event.histogram_value
    return {
        "wallTime": number(event.wall_time),
        "step": event.step,
        "min": number(value.min),
        "max": number(value.max),
        "count": number(value.num),
        "sum": number(value.sum),
        "sumOfSquares": number(value.sum_squares),
        "limits": [number(limit) for limit in value.bucket_limit],
        "counts": [number(count) for count in value.bucket],
    }


def raw(directory):
    run = event_accumulator.EventAccumulator(directory, size_guidance=KEEP_ALL)
    run.Reload()
    tags = run.Tags()
    return {
        "fileVersion": run.file_version,
        "scalars": {t: [[number(e.wall_time), e.step, number(e.value)] for e in run.Scalars(t)] for t in tags["scalars"]},
        "histograms": {t: [histogram(e) for e in run.Histograms(t)] for t in tags["histograms"]},
        "graphNodes": [node.name for node in run.Graph().node] if tags["graph"] else [],
    }


def tensor(event):
    array = tensor_util.make_ndarray(event.tensor_proto)
    # Blobs, for example graphs, are compared elsewhere.
    values = None if array.dtype == object else [number(value) for value in array.flatten()]
    return {
        "wallTime": number(event.wall_time),
        "step": event.step,
        "shape": list(array.shape),
        "values": values,
    }


def upgraded(directory):
    run = plugin_event_accumulator.EventAccumulator(directory, size_guidance=KEEP_ALL, tensor_size_guidance=None)
    run.Reload()
    tags = run.Tags()["tensors"]
    return {
        "plugins": {tag: run.SummaryMetadata(tag).plugin_data.plugin_name for tag in tags},
        "tensors": {tag: [tensor(event) for event in run.Tensors(tag)] for tag in tags},
    }


if __name__ == "__main__":
    json.dump({"raw": raw(sys.argv[1]), "upgraded": upgraded(sys.argv[1])}, sys.stdout, allow_nan=False)
