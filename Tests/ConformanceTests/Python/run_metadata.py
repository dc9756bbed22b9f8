"""Turns a RunMetadata in protobuf's text format, as TensorBoard serves it, into JSON.

usage: run_metadata.py < TEXT

Prints the list of nodes that ran, with the fields that the Graphs dashboard reads.
"""

import json
import sys

from google.protobuf import text_format
from tensorboard.compat.proto import config_pb2


def node(device, stats):
    return {
        "device": device.device,
        "name": stats.node_name,
        "startMicroseconds": stats.all_start_micros,
        "microseconds": stats.all_end_rel_micros,
        "bytes": sum(memory.total_bytes for memory in stats.memory),
        "outputShapes": [
            [dimension.size for dimension in output.tensor_description.shape.dim] for output in stats.output
        ],
    }


metadata = text_format.Parse(sys.stdin.read(), config_pb2.RunMetadata())
json.dump([node(each, stats) for each in metadata.step_stats.dev_stats for stats in each.node_stats], sys.stdout)
