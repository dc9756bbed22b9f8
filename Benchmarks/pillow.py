"""Times Pillow on the images of `bench`, whose samples are in files NAME.WIDTH.HEIGHT in a directory.

One JSON object a line: the seconds of a PNG file at each compression level, median of nine, and its size in bytes.
"""

import io
import json
import pathlib
import statistics
import sys
import time

from PIL import Image


def encode(image, level):
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=level)
    return file.getbuffer().nbytes


for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    name, width, height = path.name.split(".")
    image = Image.frombytes("RGB", (int(width), int(height)), path.read_bytes())
    for level in range(1, 10):
        times = []
        for _ in range(10):
            start = time.perf_counter()
            size = encode(image, level)
            times.append(time.perf_counter() - start)
        # The first warms up.
        print(json.dumps({"image": name, "level": level, "seconds": statistics.median(times[1:]), "bytes": size}))
