"""Turns a GraphDef in protobuf's text format, as TensorBoard serves it, into JSON.

usage: graph.py < TEXT

Prints the list of nodes; `outputShapes` is null where the attribute `_output_shapes` is missing, a shape of unknown
rank is null, an unknown dimension is -1.
"""

import json
import sys

from google.protobuf import text_format
from tensorboard.compat.proto import graph_pb2


def shape(proto):
    return None if proto.unknown_rank else [dimension.size for dimension in proto.dim]


def node(proto):
    shapes = proto.attr["_output_shapes"].list.shape if "_output_shapes" in proto.attr else None
    return {
        "name": proto.name,
        "operation": proto.op,
        "inputs": list(proto.input),
        "outputShapes": None if shapes is None else [shape(each) for each in shapes],
    }


graph = text_format.Parse(sys.stdin.read(), graph_pb2.GraphDef())
json.dump([node(each) for each in graph.node], sys.stdout)
