"""Times the data server on runs in a store, from its start to the last point.

usage: reading.py OUR_SERVER WEED

OUR_SERVER is a release build with the trait ObjectStorage, WEED the S3 server that scripts/setup --with-readers installs.
Prints the seconds until the first series is listed and until the last point is, the processor time, the requests, and the
peak of memory: with an empty cache, and with what the process before has left there.
"""

import atexit
import io
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import grpc
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.data.proto import data_provider_pb2 as messages
from tensorboard.data.proto import data_provider_pb2_grpc as service
from tensorboard.summary.writer.record_writer import RecordWriter

LONGEST_WAIT = 120
POINTS = 100


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


def ask(method, url, body=None):
    request = urllib.request.Request(url, data=body, method=method)
    if body:
        request.add_header("Content-Type", "application/octet-stream")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


class Store:
    """A real S3 server."""

    def __init__(self, program, directory):
        names = ["master", "volume", "filer", "s3"]
        ports = dict(zip(names, free_ports(4)))
        calls = dict(zip(names, free_ports(4)))
        identity = {"name": "bench", "credentials": [{"accessKey": "K", "secretKey": "S"}]}
        identity["actions"] = ["Admin", "Read", "Write", "List"]
        with open(os.path.join(directory, "s3.json"), "w") as file:
            json.dump({"identities": [identity]}, file)
        options = [f"-{name}.port={ports[name]}" for name in names] + [f"-{name}.port.grpc={calls[name]}" for name in names]
        options += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-dir=" + directory, "-filer", "-s3"]
        options += [f"-s3.config={directory}/s3.json", "-s3.port.iceberg=0", "-s3.port.lance=0"]
        options += ["-master.volumeSizeLimitMB=64", "-volume.max=100", "-master.telemetry=false"]
        log = open(os.path.join(directory, "weed.log"), "w")
        self.process = subprocess.Popen([program, "-logtostderr=true", "server"] + options, stdout=log, stderr=log)
        atexit.register(self.process.kill)
        self.endpoint = f"http://127.0.0.1:{ports['s3']}"
        filer = f"http://127.0.0.1:{ports['filer']}/"
        while not self.is_ready(f"http://127.0.0.1:{ports['master']}/dir/assign", filer):
            time.sleep(0.1)
        self.bucket = filer + "buckets/bench/"
        ask("POST", self.bucket)

    def is_ready(self, assignment, filer):
        try:
            ask("GET", assignment)
            ask("GET", filer)
            ask("GET", self.endpoint)
        except urllib.error.HTTPError as error:
            return error.code == 403  # The last one wants a signature.
        except OSError:
            return False
        return True

    def fill(self, objects, runs):
        """Stores objects with a hundred points each."""
        for number in range(objects):
            file = io.BytesIO()
            writer = RecordWriter(file)
            writer.write(event_pb2.Event(wall_time=1.7e9, file_version="brain.Event:2").SerializeToString())
            begin = number // runs * POINTS + 1
            for step in range(begin, begin + POINTS):
                value = summary_pb2.Summary.Value(tag="cost", simple_value=step)
                event = event_pb2.Event(wall_time=1.7e9 + step, step=step, summary=summary_pb2.Summary(value=[value]))
                writer.write(event.SerializeToString())
            name = f"logs/run{number % runs}/events.out.tfevents.{1_700_000_000 + number}.bench"
            ask("PUT", self.bucket + name, file.getvalue())


def measure(server, store, cache, objects, runs):
    """The seconds to the first series and to the last point, the processor time, the requests, and the peak in MB."""
    port_file = os.path.join(tempfile.mkdtemp(), "port")
    environment = dict(os.environ, AWS_ENDPOINT_URL_S3=store.endpoint, AWS_ACCESS_KEY_ID="K", AWS_SECRET_ACCESS_KEY="S")
    start = time.perf_counter()
    options = ["--logdir=s3://bench/logs", "--port=0", "--port-file=" + port_file, "--samples-per-plugin=scalars=all"]
    log = tempfile.TemporaryFile("w+")
    process = subprocess.Popen([server, "--cache=" + cache, "--verbose"] + options, stderr=log, env=environment)
    try:
        while not (os.path.exists(port_file) and open(port_file).read().endswith("\n")):
            time.sleep(0.001)
        stub = service.TensorBoardDataProviderStub(grpc.insecure_channel("localhost:" + open(port_file).read().strip()))
        request = messages.ListScalarsRequest(plugin_filter=messages.PluginFilter(plugin_name="scalars"))
        first, steps = None, objects // runs * POINTS
        while time.perf_counter() - start < LONGEST_WAIT:
            found = stub.ListScalars(request).runs
            if found and first is None:
                first = time.perf_counter() - start
            if len(found) == runs and all(tag.metadata.max_step == steps for run in found for tag in run.tags):
                break
            time.sleep(0.005)
        else:
            return None
        last = time.perf_counter() - start
        with open(f"/proc/{process.pid}/stat") as file:
            processor = sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        with open(f"/proc/{process.pid}/status") as file:
            peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024
        time.sleep(1)
        log.seek(0)
        look = re.search(r"pageCount: (\d+).*fetchedObjectCount: (\d+)", log.read())
        return first, last, processor, sum(map(int, look.groups())), peak
    finally:
        process.kill()
        process.wait()


print(f"{'log':34} {'cache':8} {'first':>8} {'last':>8} {'processor':>10} {'requests':>9} {'peak':>8}")
for objects, runs in [(1000, 1), (1000, 100), (1000, 1000)]:
    with tempfile.TemporaryDirectory() as directory:
        store = Store(sys.argv[2], directory)
        try:
            store.fill(objects, runs)
            for state in ["empty", "filled"]:
                found = measure(sys.argv[1], store, os.path.join(directory, "cache"), objects, runs)
                name = f"{objects:,} objects of {POINTS} in {runs:,} run{'s' if runs > 1 else ''}"
                if found is None:
                    print(f"{name:34} {state:8} did not get to the last point within {LONGEST_WAIT} s")
                    continue
                first, last, processor, requests, peak = found
                times = f"{first:6.2f} s {last:6.2f} s {processor:8.2f} s"
                print(f"{name:34} {state:8} {times} {requests:9,} {peak:5.0f} MB", flush=True)
        finally:
            store.process.kill()
            store.process.wait()
