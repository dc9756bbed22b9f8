"""Times data servers for TensorBoard, this package's and TensorBoard's own, and its Python loader.

usage: dataserver.py OUR_SERVER TENSORBOARD

Prints, for each log, the seconds until the first series is listed and until the last point is, the processor time, and the
peak of memory, asked of the server itself; then the seconds until TensorBoard shows the first and the last point, from its
own start on; then the processor time of an idle minute. All points of scalars are kept; of the others as many as by default.
"""

import json
import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import grpc
import numpy as np
import tensorboard_data_server
from tensorboard.data.proto import data_provider_pb2 as messages
from tensorboard.data.proto import data_provider_pb2_grpc as service

LONGEST_WAIT = 120


def checksums(rows):
    """The masked CRC-32C of each row of bytes."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ 0x82F63B78, table >> 1).astype(np.uint32)
    crc = np.full(len(rows), 0xFFFFFFFF, dtype=np.uint32)
    for column in rows.T:
        crc = table[(crc ^ column) & 0xFF] ^ crc >> 8
    crc ^= np.uint32(0xFFFFFFFF)
    return (crc >> 15 | crc << 17) + np.uint32(0xA282EAD8)


def records(rows):
    """Records of payloads of one size, as they stand in a file."""
    length = np.frombuffer(struct.pack("<Q", rows.shape[1]), np.uint8)
    head = np.concatenate([length, checksums(length[None]).view(np.uint8)])
    tail = checksums(rows).astype("<u4").view(np.uint8).reshape(-1, 4)
    return np.concatenate([np.broadcast_to(head, (len(rows), 12)), rows, tail], axis=1).tobytes()


def varint(number):
    return bytes([number & 0x7F | 0x80]) + varint(number >> 7) if number > 0x7F else bytes([number])


def field(number, content):
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def series(steps, value):
    """Events of one tag at steps whose varints have one size; `value` packs the rest of the summary's value."""
    size = len(varint(int(steps[0])))
    summary = field(5, field(1, field(1, b"tag") + value))
    event = np.frombuffer(b"\x09" + bytes(8) + b"\x10" + bytes(size) + summary, np.uint8)
    rows = np.tile(event, (len(steps), 1))
    rows[:, 1:9] = (1.7e9 + steps * 0.01).astype("<f8").view(np.uint8).reshape(-1, 8)
    for place in range(size):
        rows[:, 10 + place] = steps >> 7 * place & 0x7F | (0x80 if place < size - 1 else 0)
    return records(rows)


def write_run(directory, count, value):
    os.makedirs(directory)
    with open(os.path.join(directory, "events.out.tfevents.1700000000.bench"), "wb") as file:
        start = 1
        while start <= count:
            end = min(count + 1, 1 << 7 * len(varint(start)), start + 100_000)
            file.write(series(np.arange(start, end), value))
            start = end


def write_runs(directory, runs, count, value):
    """Runs that are alike; their files are one, for 5 GB of them would be read from a disk that others use too."""
    write_run(os.path.join(directory, "run0"), count, value)
    for run in range(1, runs):
        os.makedirs(os.path.join(directory, f"run{run}"))
        name = "events.out.tfevents.1700000000.bench"
        os.link(os.path.join(directory, "run0", name), os.path.join(directory, f"run{run}", name))


def scalars(directory, runs, count):
    write_runs(directory, runs, count, b"\x15" + struct.pack("<f", 0.5))


def plugin(name):
    return field(9, field(1, field(1, name)))


def histograms(directory, runs, count):
    shape = field(2, field(2, b"\x08\x1e") + field(2, b"\x08\x03"))
    tensor = b"\x08\x02" + shape + field(4, np.arange(90, dtype="<f8").tobytes())
    write_runs(directory, runs, count, field(8, tensor) + plugin(b"histograms"))


def images(directory, runs, count):
    tensor = b"\x08\x07" + field(2, field(2, b"\x08\x03")) + 2 * field(8, b"8") + field(8, os.urandom(100_000))
    write_runs(directory, runs, count, field(8, tensor) + plugin(b"images"))


def start_server(server, directory, descriptors=None):
    """A server's process and, once it listens, a stub to ask it by."""
    port_file = os.path.join(tempfile.mkdtemp(), "port")
    options = ["--logdir=" + directory, "--port=0", "--port-file=" + port_file, "--samples-per-plugin=scalars=all"]
    limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))) if descriptors else None
    process = subprocess.Popen([server] + options, stderr=subprocess.DEVNULL, preexec_fn=limit)
    while not (os.path.exists(port_file) and open(port_file).read().endswith("\n")):
        time.sleep(0.001)
    address = "localhost:" + open(port_file).read().strip()
    channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 1 << 28)])
    return process, service.TensorBoardDataProviderStub(channel)


def processor_time(process):
    with open(f"/proc/{process.pid}/stat") as file:
        return sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def measure(server, directory, runs, count, kind, descriptors):
    """The seconds to the first series and to the last point, the processor time, and the peak of memory in MB."""
    start = time.perf_counter()
    process, stub = start_server(server, directory, descriptors)
    try:
        request = messages.ListScalarsRequest(plugin_filter=messages.PluginFilter(plugin_name=kind))
        list_series = {"scalars": stub.ListScalars, "histograms": stub.ListTensors, "images": stub.ListBlobSequences}[kind]
        first = None
        while time.perf_counter() - start < LONGEST_WAIT:
            found = list_series(request).runs
            if found and first is None:
                first = time.perf_counter() - start
            if len(found) == runs and all(tag.metadata.max_step == count for run in found for tag in run.tags):
                break
            time.sleep(0.005)
        else:
            return None
        last = time.perf_counter() - start
        processor = processor_time(process)
        with open(f"/proc/{process.pid}/status") as file:
            peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024
        return first, last, processor, peak
    except grpc.RpcError:
        return None
    finally:
        process.kill()
        process.wait()


def shown(loader, directory, runs, count, kind):
    """The seconds from TensorBoard's start until it shows the first and the last point."""
    environment = dict(os.environ)
    if loader == "ours":
        environment["TENSORBOARD_DATA_SERVER_BINARY"] = sys.argv[1]
    with tempfile.TemporaryFile("w+") as log:
        start = time.perf_counter()
        fast = "--load_fast=" + ("false" if loader == "Python" else "true")
        samples = "--samples_per_plugin=scalars=100000000"
        command = [sys.argv[2], "--logdir", directory, "--port", "0", "--host", "localhost", fast, samples]
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            first = None
            while time.perf_counter() - start < LONGEST_WAIT:
                log.seek(0)
                # The log ends with "TensorBoard 2.21.0 at http://localhost:PORT/ (Press CTRL+C to quit)".
                found = [word for word in log.read().split() if word.startswith("http://localhost:")]
                try:
                    address = found[-1] + "data/plugin/" + kind
                    with urllib.request.urlopen(address + "/tags") as answer:
                        tags = json.load(answer)
                    if tags and first is None:
                        first = time.perf_counter() - start
                    # The run that is loaded last differs between loaders.
                    if len(tags) == runs and all(
                        last_step(f"{address}/{kind}?run={run}&tag=tag") == count for run in sample(sorted(tags))
                    ):
                        return first, time.perf_counter() - start
                except (IndexError, urllib.error.URLError, ConnectionError):
                    pass
                time.sleep(0.05)
            return None
        finally:
            process.terminate()
            process.wait()


def sample(runs):
    return runs if len(runs) < 20 else runs[:5] + runs[-5:]


def last_step(address):
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)[-1][1]


def idle_minute(server, directory, descriptors):
    """The processor time of a minute in which nothing changes."""
    process, stub = start_server(server, directory, descriptors)
    try:
        # Until the log is loaded.
        before, now = -1, 0
        while now != before:
            time.sleep(2)
            before, now = now, processor_time(process)
        time.sleep(60)
        return processor_time(process) - now
    finally:
        process.kill()
        process.wait()


servers = [("ours", sys.argv[1]), ("TensorBoard's", tensorboard_data_server.server_binary())]
print(f"{'log':34} {'server':14} {'first':>8} {'last':>8} {'processor':>10} {'peak':>8}")
logs = [
    ("1,000,000 scalars", scalars, "scalars", 1, 1_000_000, None),
    ("2 runs of 1,000,000 scalars", scalars, "scalars", 2, 1_000_000, None),
    ("10,000,000 scalars", scalars, "scalars", 1, 10_000_000, None),
    ("1,000 runs of 1,000 scalars", scalars, "scalars", 1000, 1000, None),
    ("10,000 runs, 1,024 descriptors", scalars, "scalars", 10_000, 100, 1024),
    ("50,000 histograms", histograms, "histograms", 1, 50_000, None),
    ("5 GB of images of 100 kB", images, "images", 25, 2000, None),
]
for name, write, kind, runs, count, descriptors in logs:
    with tempfile.TemporaryDirectory() as directory:
        write(directory, runs, count)
        for server, binary in servers:
            found = measure(binary, directory, runs, count, kind, descriptors) if binary else None
            if found is None:
                print(f"{name:34} {server:14} did not get to the last point within {LONGEST_WAIT} s")
                continue
            first, last, processor, peak = found
            print(f"{name:34} {server:14} {first:6.2f} s {last:6.2f} s {processor:8.2f} s {peak:5.0f} MB", flush=True)

print(f"\n{'through TensorBoard':34} {'loader':14} {'first':>8} {'last':>8}")
for name, write, kind, runs, count, _ in [logs[0], logs[3], logs[5]]:
    with tempfile.TemporaryDirectory() as directory:
        write(directory, runs, count)
        for loader in ["ours", "TensorBoard's", "Python"]:
            found = shown(loader, directory, runs, count, kind)
            text = f"{found[0]:6.2f} s {found[1]:6.2f} s" if found else f"not within {LONGEST_WAIT} s"
            print(f"{name:34} {loader:14} {text}", flush=True)

print(f"\n{'an idle minute':34} {'server':14} {'processor':>10}")
for name, write, kind, runs, count, descriptors in logs[3:5]:
    with tempfile.TemporaryDirectory() as directory:
        write(directory, runs, count)
        for server, binary in servers:
            print(f"{name:34} {server:14} {idle_minute(binary, directory, descriptors):8.2f} s", flush=True)
