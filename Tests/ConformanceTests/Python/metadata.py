"""Reads the metadata that stands with each value of an event file, as other tools than TensorBoard see it.

usage: metadata.py FILE

Prints one JSON array: tag, step, kind of value, plugin, data class and title of each value, in the order of the file.
Nothing is filled in from values before.
"""

import json
import sys

from tensorboard.backend.event_processing import event_file_loader
from tensorboard.compat.proto import event_pb2


def values(path):
    for record in event_file_loader.RawEventFileLoader(path).Load():
        event = event_pb2.Event.FromString(record)
        for value in event.summary.value:
            yield {
                "tag": value.tag,
                "step": event.step,
                "kind": value.WhichOneof("value") or "",
                "plugin": value.metadata.plugin_data.plugin_name,
                "dataClass": value.metadata.data_class,
                "title": value.metadata.display_name,
            }


if __name__ == "__main__":
    json.dump(list(values(sys.argv[1])), sys.stdout)
