"""Writes a run with clu, the writer of JAX programs."""

import time

import peer

peer.stop_the_clock(time.time())  # clu leaves the file to TensorFlow, which has the real time.

import numpy
from clu import metric_writers

path = peer.run_directory("clu")
writer = metric_writers.SummaryWriter(str(path))
writer.write_hparams({"rate": 0.1, "units": 16, "name": "adam", "bias": True})
for step, value in enumerate(peer.LOSSES):
    writer.write_scalars(step, {"layer1/loss": value})
for step, values in enumerate(peer.WEIGHTS):
    writer.write_histograms(step, {"weights": numpy.array(values)}, num_buckets={"weights": 3})
writer.write_images(0, {"image": numpy.array([peer.PIXELS], numpy.uint8)})
writer.write_audios(0, {"sound": numpy.array(peer.SAMPLES, numpy.float32)[None, :, None]}, sample_rate=peer.SAMPLE_RATE)
writer.write_texts(0, {"note": peer.NOTE})
writer.close()
peer.name_files(path)
