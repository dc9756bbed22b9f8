"""Numbers for JSON, which has neither NaN nor infinities: TensorBoard sends them as these strings, and so do we."""

import math


def number(value):
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value
