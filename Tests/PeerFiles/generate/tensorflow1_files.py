"""Writes runs with TensorFlow's `FileWriter` and the operations of its graph mode."""

import time

import peer

peer.stop_the_clock(time.time())  # What TensorFlow writes by itself has the real time.

import numpy
import tensorflow as tf
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.custom_scalar import summary as custom_scalar
from tensorboard.plugins.pr_curve import summary as pr_curve
from tensorflow.core.framework import tensor_pb2

v1 = tf.compat.v1
v1.disable_eager_execution()


def log_graph_mode(path):
    with tf.Graph().as_default() as graph, v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, 2], name="x")
        with v1.name_scope("layer1"):
            weights = v1.get_variable("weights", initializer=[[1.0, -1.0], [0.5, 2.0]], use_resource=False)
            output = tf.sigmoid(tf.matmul(x, weights), name="output")
        loss = v1.placeholder(tf.float32, [], name="loss_value")
        v1.summary.scalar("loss", loss)
        histogram = v1.placeholder(tf.float32, [None], name="histogram_values")
        v1.summary.histogram("weights", histogram)
        v1.summary.image("image", tf.constant([peer.PIXELS], tf.uint8))
        v1.summary.audio("sound", tf.constant([peer.SAMPLES]), peer.SAMPLE_RATE)
        v1.summary.text("note", tf.constant(peer.NOTE))
        v1.summary.tensor_summary("tensor", tf.constant([[1, 2], [3, 4]], tf.int64))
        merged = v1.summary.merge_all()
        session.run(v1.global_variables_initializer())
        writer = v1.summary.FileWriter(str(path), graph)
        writer.add_session_log(v1.SessionLog(status=v1.SessionLog.START), 0)
        for step, value in enumerate(peer.LOSSES):
            feeds = {x: [[1, 0]], loss: value, histogram: peer.WEIGHTS[min(step, 1)]}
            options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE) if step == 2 else None
            metadata = v1.RunMetadata() if step == 2 else None
            summary, _ = session.run([merged, output], feeds, options=options, run_metadata=metadata)
            if metadata:
                writer.add_run_metadata(metadata, "step2", step)
            writer.add_summary(summary, step)
        writer.add_session_log(v1.SessionLog(status=v1.SessionLog.CHECKPOINT, checkpoint_path="model-4"), 4)
        writer.add_session_log(v1.SessionLog(status=v1.SessionLog.STOP, msg="done"), 4)
        writer.close()


def log_plugins(path):
    writer = v1.summary.FileWriter(str(path))
    curve = pr_curve.pb("curve", numpy.array(peer.LABELS), numpy.array(peer.PREDICTIONS), num_thresholds=5)
    writer.add_summary(curve.SerializeToString(), 0)
    chart = layout_pb2.Chart(title="loss", multiline=layout_pb2.MultilineChartContent(tag=["loss.*"]))
    series = layout_pb2.MarginChartContent.Series(value="mean", lower="low", upper="high")
    margin = layout_pb2.Chart(title="spread", margin=layout_pb2.MarginChartContent(series=[series]))
    category = layout_pb2.Category(title="charts", chart=[chart, margin], closed=True)
    writer.add_summary(custom_scalar.pb(layout_pb2.Layout(category=[category])).SerializeToString(), 0)
    writer.close()


def log_listed_tensors(path):
    """Tensors as TensorFlow lists the elements of small ones: each type in a field of its own."""
    writer = v1.summary.FileWriter(str(path))
    metadata = v1.SummaryMetadata(plugin_data=v1.SummaryMetadata.PluginData(plugin_name="peer", content=b"\x08\x01"))
    metadata.data_class = 2  # TENSOR
    for name, values in peer.TENSORS.items():
        for form, shape in [("listed", [2]), ("filled", [2, 3])]:
            dtype = tf.dtypes.as_dtype(name)
            proto = tensor_pb2.TensorProto(
                dtype=dtype.as_datatype_enum, tensor_shape=tf.TensorShape(shape).as_proto()
            )
            elements = values if form == "listed" else values[:1]
            append(proto, dtype, elements)
            value = v1.Summary.Value(tag=f"{name}/{form}", tensor=proto, metadata=metadata)
            writer.add_summary(v1.Summary(value=[value]), 1)
    writer.close()


def append(proto, dtype, elements):
    """Adds elements to the field of their type."""
    array = numpy.array(elements, dtype.as_numpy_dtype)
    if dtype in (tf.float16, tf.bfloat16):
        proto.half_val.extend(array.view(numpy.uint16).tolist())
    elif dtype.is_complex:
        field = proto.scomplex_val if dtype == tf.complex64 else proto.dcomplex_val
        field.extend(part for element in array.tolist() for part in (element.real, element.imag))
    elif dtype == tf.string:
        proto.string_val.extend(element.encode() for element in elements)
    else:
        fields = {
            tf.float32: proto.float_val,
            tf.float64: proto.double_val,
            tf.int64: proto.int64_val,
            tf.bool: proto.bool_val,
            tf.uint32: proto.uint32_val,
            tf.uint64: proto.uint64_val,
        }
        fields.get(dtype, proto.int_val).extend(array.tolist())


def log_restart(path):
    """Two sessions, each with its start: the second begins again at step 2."""
    for start, steps, offset in [(0, range(5), 0), (2, range(2, 4), 10)]:
        writer = v1.summary.FileWriter(str(path), filename_suffix=f".{start}")
        writer.add_session_log(v1.SessionLog(status=v1.SessionLog.START), start)
        for step in steps:
            for tag in ["again", "once"][: 1 if offset else 2]:
                value = v1.Summary.Value(tag=tag, simple_value=step + offset)
                writer.add_summary(v1.Summary(value=[value]), step)
        writer.close()


for name, log in [
    ("tensorflow1", log_graph_mode),
    ("tensorflow1-plugins", log_plugins),
    ("tensorflow1-tensors", log_listed_tensors),
    ("tensorflow1-restart", log_restart),
]:
    path = peer.run_directory(name)
    log(path)
    peer.name_files(path)
