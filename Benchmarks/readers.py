"""Times TensorBoard's own readers on runs of `bench`: the seconds to read one, median of five, one JSON object a line.

usage: readers.py LARGE_RUN SMALL_RUN

The large run is for TensorBoard's data server, which says in its log how long it took; the small one for
EventAccumulator, which would take minutes for the other.
"""

import json
import re
import statistics
import subprocess
import sys
import time

import tensorboard_data_server
from tensorboard.backend.event_processing import event_accumulator


def data_server_seconds(run):
    command = [tensorboard_data_server.server_binary(), "--logdir", run, "--reload", "once", "--port", "0", "--verbose"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        for line in server.stderr:
            found = re.search(r"Finished load cycle \(([0-9.]+)(ms|s)\)", line)
            if found:
                server.terminate()
                return float(found[1]) / (1000 if found[2] == "ms" else 1)
    raise SystemExit("readers.py: the data server ended without having read the run")


def event_accumulator_seconds(run):
    # Zero keeps every point; the default is a sample.
    accumulator = event_accumulator.EventAccumulator(run, size_guidance={event_accumulator.SCALARS: 0})
    start = time.perf_counter()
    accumulator.Reload()
    return time.perf_counter() - start


for reader, seconds, run in [
    ("data server", data_server_seconds, sys.argv[1]),
    ("EventAccumulator", event_accumulator_seconds, sys.argv[2]),
]:
    print(json.dumps({"reader": reader, "seconds": statistics.median(seconds(run) for _ in range(5))}), flush=True)
