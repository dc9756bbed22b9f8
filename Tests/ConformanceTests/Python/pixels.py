"""Decodes a picture with Pillow.

usage: pixels.py < PICTURE

Prints one JSON object: format, mode, width, height, and the samples, pixel by pixel.
"""

import io
import json
import sys

from PIL import Image

image = Image.open(io.BytesIO(sys.stdin.buffer.read()))
picture = {"format": image.format, "mode": image.mode, "width": image.width, "height": image.height}
json.dump(picture | {"samples": list(image.tobytes())}, sys.stdout)
