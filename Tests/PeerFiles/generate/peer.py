"""What every peer logs, and where: one expectation serves for all."""

import itertools
import math
import pathlib
import shutil
import socket
import time

OUTPUT = pathlib.Path(__file__).parent.parent / "files"

LOSSES = [1 / (step + 1) for step in range(5)]
WEIGHTS = [[-1.0, -0.5, 0.0, 0.5, 1.0, 2.0], [0.25] * 4]
# Two rows of three pixels, red, green and blue.
PIXELS = [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[0, 0, 0], [128, 128, 128], [255, 255, 255]]]
SAMPLE_RATE = 8000
SAMPLES = [math.sin(2 * math.pi * 1000 * index / SAMPLE_RATE) for index in range(16)]
NOTE = "**bold** é"
LABELS = [False, True, True, False]
PREDICTIONS = [0.1, 0.9, 0.6, 0.4]
VERTICES = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
FACES = [[0, 1, 2]]
COLORS = [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
# Two elements of each type of TensorFlow.
TENSORS = {
    "float32": [1.5, -2],
    "float64": [0.1, -2],
    "float16": [1, -2],
    "bfloat16": [1, -2],
    "int8": [-1, 2],
    "int16": [-1, 2],
    "int32": [-1, 2],
    "int64": [-1, 2],
    "uint8": [255, 2],
    "uint16": [65535, 2],
    "uint32": [4294967295, 2],
    "uint64": [18446744073709551615, 2],
    "complex64": [1 + 2j, -0.5j],
    "complex128": [1 + 2j, -0.5j],
    "bool": [True, False],
    "string": ["a", "é"],
}


def stop_the_clock(start=1_700_000_000):
    """Lets each look at the clock of Python be a quarter of a second after the last, on a machine without a name."""
    ticks = itertools.count()
    time.time = lambda: start + next(ticks) / 4
    socket.gethostname = lambda: "peer"


def run_directory(name):
    """An empty directory for a run."""
    path = OUTPUT / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def name_files(path):
    """Gives the event files names without the machine's name and the time of day; their order stays.

    Files of other kinds are removed.
    """
    files = sorted(file for file in path.rglob("*") if file.is_file())
    counts = {}
    for file in files:
        if "tfevents" not in file.name:
            file.unlink()
            continue
        index = counts[file.parent] = counts.get(file.parent, -1) + 1
        suffix = ".v2" if file.name.endswith(".v2") else ""
        file.rename(file.parent / f"events.out.tfevents.{1_700_000_000 + index}.peer{suffix}")
