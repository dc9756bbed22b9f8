"""Writes runs with TensorFlow's `create_file_writer` and TensorBoard's plugins for it."""

import time

import peer

peer.stop_the_clock(time.time())  # What TensorFlow writes by itself has the real time.

import numpy
import tensorflow as tf
from tensorboard.plugins.hparams import api as hparams
from tensorboard.plugins.mesh import summary_v2 as mesh


def log_dashboards(path):
    with tf.summary.create_file_writer(str(path)).as_default():
        for step, value in enumerate(peer.LOSSES):
            with tf.name_scope("layer1"):
                tf.summary.scalar("loss", value, step, description="Of the *batch*.")
        for step, values in enumerate(peer.WEIGHTS):
            tf.summary.histogram("weights", tf.constant(values), step, buckets=3)
        tf.summary.image("image", tf.constant([peer.PIXELS, peer.PIXELS], tf.uint8), 0)
        sound = tf.reshape(tf.constant(peer.SAMPLES), [1, -1, 1])
        tf.summary.audio("sound", sound, peer.SAMPLE_RATE, 0)
        tf.summary.text("note", peer.NOTE, 0)
        tf.summary.text("table", [["a", "b"], ["c", "d"]], 0)
        mesh.mesh("shape", [peer.VERTICES], colors=[peer.COLORS], faces=[peer.FACES], step=0)
        hparams.hparams({"rate": 0.1, "units": 16, "name": "adam", "bias": True}, trial_id="trial")


def log_experiment(path):
    with tf.summary.create_file_writer(str(path)).as_default():
        columns = [
            hparams.HParam("rate", hparams.RealInterval(0.0, 1.0), display_name="Rate", description="How fast."),
            hparams.HParam("name", hparams.Discrete(["adam", "sgd"])),
        ]
        metrics = [hparams.Metric("loss", group="train", display_name="Loss", dataset_type=hparams.Metric.TRAINING)]
        hparams.hparams_config(columns, metrics)


def log_graph(path):
    @tf.function
    def layer(x):
        return tf.sigmoid(tf.matmul(x, tf.constant([[1.0], [2.0]], name="weights")), name="output")

    with tf.summary.create_file_writer(str(path)).as_default():
        tf.summary.trace_on(graph=True)
        layer(tf.constant([[1.0, 0.0]]))
        tf.summary.trace_export("traced", step=0)
        tf.summary.graph(layer.get_concrete_function(tf.constant([[1.0, 0.0]])).graph)


# Integers to the machine, of the type that stands first.
QUANTIZED = {
    "qint8": (tf.int8, [-1, 2]),
    "qint16": (tf.int16, [-1, 2]),
    "qint32": (tf.int32, [-1, 2]),
    "quint8": (tf.uint8, [255, 2]),
    "quint16": (tf.uint16, [65535, 2]),
}


def log_tensors(path):
    """Tensors as TensorFlow writes them itself: as raw bytes."""
    metadata = tf.compat.v1.SummaryMetadata()
    metadata.plugin_data.plugin_name = "peer"
    metadata.plugin_data.content = b"\x08\x01"
    metadata.data_class = 2  # TENSOR
    with tf.summary.create_file_writer(str(path)).as_default():
        for name, values in peer.TENSORS.items():
            tf.summary.write(f"{name}/raw", tf.constant(values, tf.dtypes.as_dtype(name)), 1, metadata)
        for name, (plain, values) in QUANTIZED.items():
            tensor = tf.bitcast(tf.constant(values, plain), tf.dtypes.as_dtype(name))
            tf.summary.write(f"{name}/raw", tensor, 1, metadata)
        tf.summary.write("scalar/raw", tf.constant(7.0), 1, metadata)
        tf.summary.write("empty/raw", tf.zeros([0, 3]), 1, metadata)
        tf.summary.write("unshown", tf.constant([1.0]), 1)


for name, log in [
    ("tensorflow2", log_dashboards),
    ("tensorflow2-experiment", log_experiment),
    ("tensorflow2-graph", log_graph),
    ("tensorflow2-tensors", log_tensors),
]:
    path = peer.run_directory(name)
    log(path)
    peer.name_files(path)
