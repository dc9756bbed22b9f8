"""Prints the six rows of TensorBoard's own precision-recall summary for the samples on standard input."""

import json
import sys
import types

import numpy as np
from tensorboard.compat.proto import summary_pb2
from tensorboard.util import tensor_util

# TensorBoard's summary asks TensorFlow for messages that it has itself.
stand_in = types.ModuleType("tensorflow.compat.v1")
stand_in.Summary = summary_pb2.Summary
stand_in.SummaryMetadata = summary_pb2.SummaryMetadata
stand_in.make_tensor_proto = tensor_util.make_tensor_proto
stand_in.float32 = np.float32
compat = types.ModuleType("tensorflow.compat")
compat.v1 = stand_in
tensorflow = types.ModuleType("tensorflow")
tensorflow.compat = compat
sys.modules.update(
    {"tensorflow": tensorflow, "tensorflow.compat": compat, "tensorflow.compat.v1": stand_in}
)

from tensorboard.plugins.pr_curve import summary  # noqa: E402

samples = json.load(sys.stdin)
made = summary.pb(
    name="curve",
    labels=np.array(samples["labels"], dtype=bool),
    predictions=np.array(samples["predictions"], dtype=samples["type"]),
    weights=None if samples.get("weights") is None else np.array(samples["weights"]),
    num_thresholds=samples["thresholdCount"],
)
rows = tensor_util.make_ndarray(made.value[0].tensor)
json.dump([[float(cell) for cell in row] for row in rows], sys.stdout)
