"""Prints what other readers of event files find in a run, as JSON: kinds and numbers of points by tag.

Called with the name of the reader and the log directory.
"""

import collections
import json
import sys
import warnings

warnings.filterwarnings("ignore")
reader, log_directory = sys.argv[1:]

if reader == "tbparse":
    import tbparse

    found = tbparse.SummaryReader(log_directory)
    tags = {}
    for kind in ("scalars", "text", "tensors"):
        for tag, count in collections.Counter(getattr(found, kind)["tag"]).items():
            tags.setdefault(tag, {})[kind] = count
    for name in found.hparams["tag"]:
        tags.setdefault(name, {})["hparams"] = 1
else:
    from terminalboard.reader import make_reader

    names = {"ScalarSeries": "scalars", "TextSeries": "text", "HistogramSeries": "histograms", "PRCurveSeries": "curves"}
    tags = {}
    for run in make_reader(log_directory, use_tb=False).poll().values():
        for tag, series in run.series.items():
            tags[tag] = {names[type(series).__name__]: len(series)}
        for name in run.hparams:
            tags.setdefault(name, {})["hparams"] = 1

json.dump(tags, sys.stdout)
