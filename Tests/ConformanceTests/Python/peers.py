"""Reads every run below a directory with both EventAccumulator classes of TensorBoard.

usage: peers.py DIRECTORY

Prints one JSON object by run: `raw` has the values as event_accumulator gives them, `series` those of
plugin_event_accumulator, bit by bit.
"""

import json
import os
import sys

from accumulate import KEEP_ALL, raw
from tensorboard.backend.event_processing import event_accumulator
from tensors import series


def media(directory):
    """Images and clips in the form that was in use before tensors."""
    run = event_accumulator.EventAccumulator(directory, size_guidance=KEEP_ALL)
    run.Reload()
    return {
        "images": {
            tag: [[e.step, e.width, e.height, e.encoded_image_string.hex()] for e in run.Images(tag)]
            for tag in run.Tags()["images"]
        },
        "audio": {
            tag: [[e.step, e.length_frames, e.content_type, e.encoded_audio_string.hex()] for e in run.Audio(tag)]
            for tag in run.Tags()["audio"]
        },
    }


def runs(root):
    for directory, _, files in os.walk(root):
        if any("tfevents" in file for file in files):
            yield directory


json.dump(
    {
        os.path.relpath(directory, sys.argv[1]): {"raw": raw(directory), "series": series(directory)}
        for directory in runs(sys.argv[1])
    },
    sys.stdout,
    allow_nan=False,
)
