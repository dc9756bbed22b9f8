"""Writes a run with MXBoard, whose files have no version."""

import peer

peer.stop_the_clock()

import mxnet
import numpy

from mxboard import SummaryWriter

path = peer.run_directory("mxboard")
writer = SummaryWriter(str(path))
for step, value in enumerate(peer.LOSSES):
    writer.add_scalar("layer1/loss", value, step)
for step, values in enumerate(peer.WEIGHTS):
    writer.add_histogram("weights", numpy.array(values), step, bins=3)
writer.add_image("image", mxnet.nd.array(peer.PIXELS, dtype=numpy.uint8).transpose((2, 0, 1)), 0)
writer.add_audio("sound", mxnet.nd.array([peer.SAMPLES]), peer.SAMPLE_RATE, 0)
writer.add_text("note", peer.NOTE, 0)
writer.add_pr_curve("curve", numpy.array(peer.LABELS), numpy.array(peer.PREDICTIONS), 5, 0)
writer.close()
peer.name_files(path)
