"""Reads every run below a directory with both EventAccumulator classes of TensorBoard.

usage: peers.py DIRECTORY

Prints one JSON object by run: `documented` is what event_accumulator gives, the class that TensorBoard documents for
reading files; `server` is what plugin_event_accumulator gives, the class that the server uses. Elements of tensors are
given bit by bit, as tensors.py has them; a tensor without any is one that TensorBoard cannot read.
"""

import json
import os
import sys

from accumulate import KEEP_ALL, raw
from json_number import number
from tensorboard.backend.event_processing import event_accumulator, plugin_event_accumulator
from tensorboard.util import tensor_util
from tensors import element_bytes


def tensor(event):
    point = {"wallTime": number(event.wall_time), "step": event.step}
    try:
        array = tensor_util.make_ndarray(event.tensor_proto)
    except (TypeError, ValueError):
        return point
    return {**point, "type": array.dtype.name, "shape": list(array.shape), "elements": element_bytes(array)}


def tensors(run):
    return {tag: [tensor(event) for event in run.Tensors(tag)] for tag in run.Tags()["tensors"]}


def media(event, file, *sizes):
    return {"wallTime": number(event.wall_time), "step": event.step, "sizes": sizes, "file": file.hex()}


def documented(directory):
    run = event_accumulator.EventAccumulator(directory, size_guidance=KEEP_ALL)
    run.Reload()
    images = {tag: run.Images(tag) for tag in run.Tags()["images"]}
    clips = {tag: run.Audio(tag) for tag in run.Tags()["audio"]}
    return {
        "raw": raw(directory),
        "tensors": tensors(run),
        "images": {t: [media(e, e.encoded_image_string, e.width, e.height) for e in images[t]] for t in images},
        "clips": {t: [media(e, e.encoded_audio_string, e.length_frames) for e in clips[t]] for t in clips},
    }


def server(directory):
    run = plugin_event_accumulator.EventAccumulator(directory, size_guidance={}, tensor_size_guidance=None)
    run.Reload()
    return {
        "tensors": tensors(run),
        "plugins": {tag: data.plugin_data.plugin_name for tag, data in run.AllSummaryMetadata().items()},
    }


def runs(root):
    for directory, _, files in os.walk(root):
        if any("tfevents" in file for file in files):
            yield os.path.relpath(directory, root), directory


if __name__ == "__main__":
    json.dump(
        {name: {"documented": documented(path), "server": server(path)} for name, path in runs(sys.argv[1])},
        sys.stdout,
        allow_nan=False,
    )
