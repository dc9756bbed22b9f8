"""Writes two runs with TensorBoard's own writer, to check the checks themselves.

usage: sample.py LOG_DIRECTORY
"""

import math
import os
import sys

from tensorboard.compat.proto import event_pb2, graph_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter

STEPS = 1500


def cost(run, step):
    return {5: math.nan, 6: math.inf, 7: -math.inf}.get(step, step / 2 + run)


def graph():
    definition = graph_pb2.GraphDef()
    x = definition.node.add(name="x", op="Placeholder")
    shape = x.attr["_output_shapes"].list.shape.add()
    shape.dim.add(size=-1)
    shape.dim.add(size=2)
    y = definition.node.add(name="layer1/y", op="Sigmoid", input=["x", "^init"])
    y.attr["_output_shapes"].list.shape.add().unknown_rank = True
    definition.node.add(name="init", op="NoOp")
    return definition


for run in (1, 2):
    writer = EventFileWriter(os.path.join(sys.argv[1], f"run{run}"))
    writer.add_event(event_pb2.Event(wall_time=1.5e9 + run, graph_def=graph().SerializeToString()))
    for step in range(STEPS):
        event = event_pb2.Event(wall_time=1.5e9 + run + step / 8, step=step)
        event.summary.value.add(tag="a & b+c/100%/cost", simple_value=cost(run, step))
        histogram = event.summary.value.add(tag="layer1/weights").histo
        histogram.min, histogram.max, histogram.num = -1, 2, 4
        histogram.sum, histogram.sum_squares = 2, 6
        histogram.bucket_limit.extend([-0.5, 0.5, 2])
        histogram.bucket.extend([1, 1, 2])
        writer.add_event(event)
    writer.close()
