"""Decodes an image file with Pillow and prints its frames as JSON.

usage: picture.py < IMAGE
"""

import json
import sys

from PIL import Image, ImageSequence

image = Image.open(sys.stdin.buffer)
channels = len(image.getbands())
frames = [list(frame.convert(image.mode).tobytes()) for frame in ImageSequence.Iterator(image)]
image.seek(0)
json.dump(
    {
        "format": image.format,
        "width": image.width,
        "height": image.height,
        "channels": channels,
        "frames": frames,
        "milliseconds": image.info.get("duration"),
        "loop": image.info.get("loop"),
    },
    sys.stdout,
)
