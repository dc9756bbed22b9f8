"""Times data servers for TensorBoard, this package's and TensorBoard's own, from their start to the last point.

usage: dataserver.py OUR_SERVER

Prints, for each log, the seconds until the first series is listed and until the last point is, the processor time, and the
peak of memory. All points of scalars are kept; of images as many as by default.
"""

import os
import resource
import struct
import subprocess
import sys
import tempfile
import time

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


def scalars(directory, runs, count):
    write_run(os.path.join(directory, "run0"), count, b"\x15" + struct.pack("<f", 0.5))
    for run in range(1, runs):
        os.makedirs(os.path.join(directory, f"run{run}"))
        name = "events.out.tfevents.1700000000.bench"
        with open(os.path.join(directory, "run0", name), "rb") as source:
            with open(os.path.join(directory, f"run{run}", name), "wb") as copy:
                copy.write(source.read())


def images(directory, runs, count):
    tensor = b"\x08\x07" + field(2, field(2, b"\x08\x03")) + 2 * field(8, b"8") + field(8, os.urandom(100_000))
    write_run(os.path.join(directory, "run0"), count, field(8, tensor) + field(9, field(1, field(1, b"images"))))


def measure(server, directory, runs, count, kind, descriptors):
    """The seconds to the first series and to the last point, the processor time, and the peak of memory in MB."""
    port_file = os.path.join(tempfile.mkdtemp(), "port")
    start = time.perf_counter()
    options = ["--logdir=" + directory, "--port=0", "--port-file=" + port_file, "--samples-per-plugin=scalars=all"]
    limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))) if descriptors else None
    process = subprocess.Popen([server] + options, stderr=subprocess.DEVNULL, preexec_fn=limit)
    try:
        while not (os.path.exists(port_file) and open(port_file).read().endswith("\n")):
            time.sleep(0.001)
        address = "localhost:" + open(port_file).read().strip()
        stub = service.TensorBoardDataProviderStub(
            grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 1 << 28)])
        )
        request = messages.ListScalarsRequest(plugin_filter=messages.PluginFilter(plugin_name=kind))
        list_series = stub.ListScalars if kind == "scalars" else stub.ListBlobSequences
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
        with open(f"/proc/{process.pid}/stat") as file:
            processor = sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        with open(f"/proc/{process.pid}/status") as file:
            peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024
        return first, last, processor, peak
    except grpc.RpcError:
        return None
    finally:
        process.kill()
        process.wait()


servers = [("ours", sys.argv[1]), ("TensorBoard's", tensorboard_data_server.server_binary())]
print(f"{'log':34} {'server':14} {'first':>8} {'last':>8} {'processor':>10} {'peak':>8}")
for name, write, kind, runs, count, descriptors in [
    ("1,000,000 scalars", scalars, "scalars", 1, 1_000_000, None),
    ("2 runs of 1,000,000 scalars", scalars, "scalars", 2, 1_000_000, None),
    ("10,000,000 scalars", scalars, "scalars", 1, 10_000_000, None),
    ("1,000 runs of 1,000 scalars", scalars, "scalars", 1000, 1000, None),
    ("10,000 runs, 1,024 descriptors", scalars, "scalars", 10_000, 100, 1024),
    ("2,000 images of 100 kB", images, "images", 1, 2000, None),
]:
    with tempfile.TemporaryDirectory() as directory:
        write(directory, runs, count)
        for server, binary in servers:
            found = measure(binary, directory, runs, count, kind, descriptors) if binary else None
            if found is None:
                print(f"{name:34} {server:14} did not get to the last point within {LONGEST_WAIT} s")
                continue
            first, last, processor, peak = found
            print(f"{name:34} {server:14} {first:6.2f} s {last:6.2f} s {processor:8.2f} s {peak:5.0f} MB", flush=True)
