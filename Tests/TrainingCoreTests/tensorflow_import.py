"""Imports graphs, one GraphDef in JSON a line, and prints what TensorFlow says of each."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
from google.protobuf import json_format

for line in sys.stdin:
    graph = json_format.Parse(line, tf.compat.v1.GraphDef())
    try:
        with tf.Graph().as_default() as imported:
            tf.import_graph_def(graph, name="")
        print("imported", len(imported.get_operations()), "of", len(graph.node))
    except ValueError as error:
        print("refused", str(error).replace("\n", " "))
