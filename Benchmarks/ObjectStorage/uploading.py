"""Measures uploads to object storage, ours beside tensorboardX's, on one real S3 server on loopback.

usage: uploading.py WEED WORKERS_PROGRAM SECONDS

One worker of each kind logs the same for SECONDS, then a hundred workers of ours do. Prints what was logged and sent, the
requests, the processor time, and how long after it was logged an object's first event was in the store. The server's own
work is not counted. All counts are taken between the writers and the server, by a proxy.
"""

import asyncio
import json
import os
import re
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

import boto3

KEYS = {"AWS_ACCESS_KEY_ID": "BENCHKEY", "AWS_SECRET_ACCESS_KEY": "BENCHSECRET", "AWS_REGION": "us-east-1"}
BUCKET = "bench"
STEPS_PER_SECOND, TAGS = 10, 10
# Ours uploads a young run each 10 s; tensorboardX flushes as often as it is told.
FLUSH_SECONDS = 10

TENSORBOARDX = """
import sys, time
from tensorboardX import SummaryWriter
address, seconds, rate, tags, flush = sys.argv[1], *map(int, sys.argv[2:])
writer = SummaryWriter(address, flush_secs=flush)
begin = time.monotonic()
for step in range(seconds * rate):
    for tag in range(tags):
        writer.add_scalar(f"group{tag % 3}/tag{tag}", float(step), step)
    time.sleep(max(0, begin + (step + 1) / rate - time.monotonic()))
writer.close()
"""


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class CountingProxy:
    """Passes everything on, and counts requests and the bytes that clients send."""

    REQUEST = re.compile(rb"(PUT|GET|HEAD|POST|DELETE) [^ \r\n]+ HTTP/1\.1\r\n")

    def __init__(self, port):
        self.target, self.bytes, self.requests = port, 0, {}
        self.port = free_ports(1)[0]
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.serve(ready)), daemon=True).start()
        ready.wait()

    async def serve(self, ready):
        server = await asyncio.start_server(self.connect, "127.0.0.1", self.port)
        ready.set()
        await server.serve_forever()

    async def connect(self, reader, writer):
        upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(
            self.carry(reader, upstream_writer, True), self.carry(upstream_reader, writer, False), return_exceptions=True
        )

    async def carry(self, reader, writer, counts):
        tail = b""
        while data := await reader.read(1 << 16):
            if counts:
                self.bytes += len(data)
                # A request line may be split between two reads; one that was counted is not kept.
                text = tail + data
                end = 0
                for match in self.REQUEST.finditer(text):
                    method = match.group(1).decode()
                    self.requests[method] = self.requests.get(method, 0) + 1
                    end = match.end()
                tail = text[max(end, len(text) - 4096) :]
            writer.write(data)
            await writer.drain()
        writer.close()


def start_server(weed, directory):
    ports = free_ports(8)
    config = os.path.join(directory, "s3.json")
    with open(config, "w") as file:
        credentials = {"accessKey": KEYS["AWS_ACCESS_KEY_ID"], "secretKey": KEYS["AWS_SECRET_ACCESS_KEY"]}
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        json.dump({"identities": [{"name": "bench", "credentials": [credentials], "actions": actions}]}, file)
    names = ["master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc"]
    options = [f"-{name}={port}" for name, port in zip(names + ["s3.port", "s3.port.grpc"], ports)]
    options += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={directory}", "-filer", "-s3", f"-s3.config={config}"]
    options += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-master.volumeSizeLimitMB=64", "-volume.max=100"]
    log = open(os.path.join(directory, "weed.log"), "w")
    server = subprocess.Popen(
        [weed, "-logtostderr=true", "server", *options, "-master.telemetry=false"],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{ports[6]}",
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        region_name="us-east-1",
    )
    for _ in range(300):
        try:
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="ready", Body=b"")
            return server, client, ports[6]
        except Exception:  # noqa: BLE001  It is not there yet, and says so in many ways.
            time.sleep(0.2)
    server.kill()
    raise SystemExit("uploading.py: weed does not start; see its log above.")


def objects(client, prefix):
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
    return [found for page in pages for found in page.get("Contents", [])]


def first_event_time(data):
    """The time stamp of the first event that is not the file's version or a session's start."""
    position = 0
    while position < len(data):
        (length,) = struct.unpack_from("<Q", data, position)
        payload = data[position + 12 : position + 12 + length]
        position += length + 16
        if b"brain.Event" not in payload and len(payload) > 16:
            return struct.unpack_from("<d", payload, 1)[0]
    return None


def longest_lag(client, prefix):
    lags = []
    for found in objects(client, prefix):
        begin = first_event_time(client.get_object(Bucket=BUCKET, Key=found["Key"])["Body"].read())
        if begin is not None:
            lags.append(found["LastModified"].timestamp() + 1 - begin)
    return max(lags, default=0)


def run(command, environment):
    """The output of a command and the processor time of its process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(name, logged, proxy, processor, lag, note=""):
    ratio = f"{proxy.bytes / logged:8.2f}" if logged else "       –"
    requests = ", ".join(f"{count} {method}" for method, count in sorted(proxy.requests.items()))
    print(
        f"{name:14} {logged / 1e6:9.2f} MB {proxy.bytes / 1e6:9.2f} MB {ratio} {processor:7.2f} s {lag:>9} {requests}"
        f"{'; ' + note if note else ''}",
        flush=True,
    )


def main():
    weed, program, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    directory = tempfile.mkdtemp()
    server, client, port = start_server(weed, directory)
    try:
        print(f"{'writer':14} {'logged':>12} {'sent':>12} {'ratio':>8} {'processor':>9} {'lag':>9} requests")
        for workers in (1, 100):
            proxy = CountingProxy(port)
            endpoint = {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{proxy.port}", **KEYS}
            prefix, spool = f"ours{workers}", os.path.join(directory, f"spool{workers}")
            arguments = [f"s3://{BUCKET}/{prefix}", spool, workers, STEPS_PER_SECOND, TAGS, seconds]
            output, processor = run([program, *map(str, arguments)], endpoint)
            ours = json.loads(output)
            kept = sum(found["Size"] for found in objects(client, prefix + "/"))
            left = sum(len(files) for _, _, files in os.walk(spool))
            note = (
                f"{ours['events']} events, {ours['dropped_events']} dropped, {ours['uploaded_files']} objects of "
                f"{kept / 1e6:.2f} MB, {left} files left, {processor / ours['events'] * 1e6:.1f} µs an event, longest step "
                f"{ours['longest_step_milliseconds']:.1f} ms, close {ours['close_seconds']:.1f} s"
            )
            lag = f"{longest_lag(client, prefix + '/'):.0f} s"
            report(f"ours × {workers}", ours["logged_bytes"], proxy, processor, lag, note)

            if workers > 1:
                continue
            proxy = CountingProxy(port)
            environment = {"S3_ENDPOINT": f"http://127.0.0.1:{proxy.port}", "AWS_DEFAULT_REGION": "us-east-1", **KEYS}
            arguments = [f"s3://{BUCKET}/tensorboardX/run", seconds, STEPS_PER_SECOND, TAGS, FLUSH_SECONDS]
            _, processor = run([sys.executable, "-c", TENSORBOARDX, *map(str, arguments)], environment)
            kept = sum(found["Size"] for found in objects(client, "tensorboardX/"))
            report("tensorboardX", kept, proxy, processor, f"{FLUSH_SECONDS} s", f"flushes each {FLUSH_SECONDS} s")
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(directory, ignore_errors=True)


main()
