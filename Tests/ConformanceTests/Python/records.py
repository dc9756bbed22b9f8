"""Checks the framing of an event file, record by record, with a CRC-32C of its own.

usage: records.py FILE

Prints one JSON object: every record with its offset, length, checksums and content, and the number of bytes behind the
last whole record. Reading goes on after a wrong payload checksum and ends at a wrong length checksum.
"""

import json
import struct
import sys

from json_number import number
from tensorboard.compat.proto import event_pb2


def make_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


TABLE = make_table()


def masked_crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def content(payload):
    event = event_pb2.Event.FromString(payload)
    values = event.summary.value
    return {
        "wallTime": number(event.wall_time),
        "step": event.step,
        "kind": event.WhichOneof("what"),
        "fileVersion": event.file_version,
        "tags": [value.tag for value in values],
        "scalars": {v.tag: number(v.simple_value) for v in values if v.WhichOneof("value") == "simple_value"},
    }


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    records, offset = [], 0
    while len(data) - offset >= 16:
        header = data[offset : offset + 8]
        length, length_crc = struct.unpack("<QI", data[offset : offset + 12])
        record = {"offset": offset, "length": length, "lengthChecksumIsRight": masked_crc32c(header) == length_crc}
        if record["lengthChecksumIsRight"] and offset + length + 16 > len(data):
            break
        records.append(record)
        if not record["lengthChecksumIsRight"]:
            break
        payload = data[offset + 12 : offset + 12 + length]
        (payload_crc,) = struct.unpack("<I", data[offset + 12 + length : offset + 16 + length])
        record["payloadChecksumIsRight"] = masked_crc32c(payload) == payload_crc
        if record["payloadChecksumIsRight"]:
            record["event"] = content(payload)
        offset += length + 16
    return {"records": records, "trailingBytes": len(data) - offset}


json.dump(read(sys.argv[1]), sys.stdout, allow_nan=False)
