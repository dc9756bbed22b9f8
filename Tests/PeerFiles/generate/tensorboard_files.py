"""Writes a run with TensorBoard's own writer, which needs no TensorFlow."""

import peer

peer.stop_the_clock()

import time

import numpy
from tensorboard.compat.proto import event_pb2
from tensorboard.plugins.histogram.summary_v2 import histogram_pb
from tensorboard.plugins.scalar.summary_v2 import scalar_pb
from tensorboard.plugins.text.summary_v2 import text_pb
from tensorboard.summary.writer.event_file_writer import EventFileWriter


def log_dashboards(path):
    writer = EventFileWriter(str(path))

    def add(summary, step):
        writer.add_event(event_pb2.Event(wall_time=time.time(), step=step, summary=summary))

    for step, value in enumerate(peer.LOSSES):
        add(scalar_pb("layer1/loss", value, description="Of the *batch*."), step)
    for step, values in enumerate(peer.WEIGHTS):
        add(histogram_pb("weights", numpy.array(values), buckets=3), step)
    add(text_pb("note", peer.NOTE), 0)
    writer.close()


path = peer.run_directory("tensorboard")
log_dashboards(path)
peer.name_files(path)
