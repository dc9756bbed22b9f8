"""Times other writers on the work of `bench`: seconds per event, flushed, median of five, one JSON object a line."""

import importlib.util
import json
import statistics
import tempfile
import time

import numpy
import tensorboardX
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.plugins.histogram import summary_v2
from tensorboard.summary.writer.event_file_writer import EventFileWriter

generator = numpy.random.default_rng(1)
values = (generator.uniform(-1, 1, 100_000) * generator.uniform(-1, 1, 100_000)).astype(numpy.float32)
few = values[:64]


class TensorBoard:
    """The writer that comes with TensorBoard itself, without TensorFlow."""

    def __init__(self, directory):
        self.writer = EventFileWriter(directory)

    def add(self, summary, step):
        self.writer.add_event(event_pb2.Event(wall_time=time.time(), step=step, summary=summary))

    def scalar(self, step):
        self.add(summary_pb2.Summary(value=[summary_pb2.Summary.Value(tag="cost", simple_value=0.5)]), step)

    def histogram(self, data, step):
        self.add(summary_v2.histogram_pb("weights", data), step)

    def finish(self):
        self.writer.flush()

    def close(self):
        self.writer.close()


class TensorBoardX:
    def __init__(self, directory):
        self.writer = tensorboardX.SummaryWriter(directory)

    def scalar(self, step):
        self.writer.add_scalar("cost", 0.5, step)

    def histogram(self, data, step):
        self.writer.add_histogram("weights", data, step)

    def finish(self):
        self.writer.flush()

    def close(self):
        self.writer.close()


class PyTorch(TensorBoardX):
    def __init__(self, directory):
        self.writer = torch.utils.tensorboard.SummaryWriter(directory)


class TensorFlow:
    def __init__(self, directory):
        self.writer = tensorflow.summary.create_file_writer(directory)

    def scalar(self, step):
        with self.writer.as_default():
            tensorflow.summary.scalar("cost", 0.5, step)

    def histogram(self, data, step):
        with self.writer.as_default():
            tensorflow.summary.histogram("weights", data, step)

    def finish(self):
        self.writer.flush()

    def close(self):
        self.writer.close()


peers = [("tensorboard", TensorBoard), ("tensorboardX", TensorBoardX)]
# Large: measured only where they are installed already.
if importlib.util.find_spec("torch"):
    import torch.utils.tensorboard

    peers.append(("torch", PyTorch))
if importlib.util.find_spec("tensorflow"):
    import tensorflow

    peers.append(("tensorflow", TensorFlow))


def seconds_per_event(writer_class, count, work):
    times = []
    for _ in range(6):
        with tempfile.TemporaryDirectory() as directory:
            writer = writer_class(directory)
            start = time.perf_counter()
            for step in range(count):
                work(writer, step)
            writer.finish()
            times.append((time.perf_counter() - start) / count)
            writer.close()
    return statistics.median(times[1:])  # The first warms up.


for name, writer_class in peers:
    for work, count, body in [
        ("scalar", 10_000, lambda writer, step: writer.scalar(step)),
        ("histogram of 64", 1_000, lambda writer, step: writer.histogram(few, step)),
        ("histogram of 100,000", 20, lambda writer, step: writer.histogram(values, step)),
    ]:
        print(json.dumps({"writer": name, "work": work, "seconds": seconds_per_event(writer_class, count, body)}))
