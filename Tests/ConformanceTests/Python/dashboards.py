"""Asks a TensorBoard for everything that its dashboards ask for, and prints the answers as one JSON object by question.

Files stand in it by their type and digest, in place of the keys by which they are asked for, which differ between loaders.

Usage: dashboards.py ADDRESS
"""

import hashlib
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

ADDRESS = sys.argv[1]
# TensorBoard sends no more points of a histogram, and draws lots for them.
MOST_HISTOGRAMS = 51
# Their lists stand in the order in which the data server names the tags, which TensorBoard's own draws by lot.
UNORDERED = [("text", "tags"), ("mesh", "meshes"), ("hparams", "experiment"), ("hparams", "session_groups")]
answers = {}


def ordered(answer):
    if isinstance(answer, dict):
        return {key: ordered(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return sorted(map(ordered, answer), key=lambda entry: json.dumps(entry, sort_keys=True))
    return answer


def fetch(path, query=None, form=None):
    """The status, the type and the bytes of an answer."""
    url = ADDRESS + path + (f"?{urllib.parse.urlencode(query, doseq=True)}" if query else "")
    data = urllib.parse.urlencode(form, doseq=True).encode() if form else None
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data)) as response:
            return response.status, response.headers.get("Content-Type"), response.read()
    except urllib.error.HTTPError as error:
        return error.code, None, b""


def ask(plugin, route, query=None, form=None, replace=None):
    """Keeps the answer to a question, with `replace` applied to each of its entries; returns it as it came."""
    status, _, body = fetch(f"data/plugin/{plugin}/{route}", query, form)
    question = f"{plugin}/{route} {json.dumps(query or form or {}, sort_keys=True)}"
    try:
        answer = json.loads(body)
    except ValueError:
        answer = body.decode(errors="replace")
    kept = [replace(entry) for entry in answer] if replace and status == 200 else answer
    if (plugin, route) in UNORDERED:
        kept = ordered(kept)
    answers[question] = [status, kept] if status == 200 else [status]
    return answer if status == 200 else None


def digest(plugin, route, query):
    status, kind, body = fetch(f"data/plugin/{plugin}/{route}", query)
    return [status, kind, hashlib.sha256(body).hexdigest()]


def without_key(plugin, route):
    def replace(entry):
        entry = dict(entry)
        entry["query"] = digest(plugin, route, dict(urllib.parse.parse_qsl(entry["query"])))
        return entry

    return replace


def series(plugin):
    """The runs and tags of a dashboard, with what it says of each."""
    tags = ask(plugin, "tags") or {}
    return [
        (run, tag, tags[run][tag] if isinstance(tags[run], dict) else None) for run in sorted(tags) for tag in sorted(tags[run])
    ]


runs = json.loads(fetch("data/runs")[2])
answers["runs"] = runs
listing = json.loads(fetch("data/plugins_listing")[2])
# What the Projector has is worked out in the background.
answers["plugins"] = {name: entry["enabled"] for name, entry in listing.items() if name != "projector"}

few = set()
for run in runs:
    for plugin in ["scalars", "histograms", "images", "audio", "text", "pr_curves", "mesh", "hparams", "custom_scalars",
                   "graphs", "graph_run_metadata", "graph_run_metadata_graph", "graph_keras_model",
                   "graph_tagged_run_metadata"]:
        kept = ask("kept", "steps", {"run": run, "plugin": plugin}) or {}
        few |= {(run, tag) for tag, steps in kept.items() if len(steps) <= MOST_HISTOGRAMS}

for run, tag, _ in series("scalars"):
    ask("scalars", "scalars", {"run": run, "tag": tag})
    ask("scalars", "scalars", {"run": run, "tag": tag, "format": "csv"})
    ask("scalars", "scalars_multirun", form={"runs": runs, "tag": tag})
for plugin in ["histograms", "distributions"]:
    for run, tag, _ in series(plugin):
        if (run, tag) in few:
            ask(plugin, plugin, {"run": run, "tag": tag})
for plugin, route, one in [("images", "images", "individualImage"), ("audio", "audio", "individualAudio")]:
    for run, tag, description in series(plugin):
        for sample in range(description["samples"]):
            ask(plugin, route, {"run": run, "tag": tag, "sample": sample}, replace=without_key(plugin, one))
for run, tag, _ in series("text"):
    ask("text", "text", {"run": run, "tag": tag})
for run, tag, _ in series("pr_curves"):
    ask("pr_curves", "pr_curves", {"run": run, "tag": tag})
for run, tag, description in series("mesh"):
    for sample in range(description["samples"]):
        query = {"run": run, "tag": tag, "sample": sample}
        for part in ask("mesh", "meshes", query) or []:
            kind = {1: "VERTEX", 2: "FACE", 3: "COLOR"}.get(part["content_type"], "UNDEFINED")
            query = dict(query, step=part["step"], content_type=kind)
            answers[f"mesh/data {json.dumps(query)}"] = digest("mesh", "data", query)

ask("custom_scalars", "layout")
for run in runs:
    ask("custom_scalars", "scalars", {"run": run, "tag": ".*"})

for run, graphs in sorted((ask("graphs", "info") or {}).items()):
    if graphs["run_graph"]:
        ask("graphs", "graph", {"run": run})
    for tag, parts in sorted(graphs["tags"].items()):
        if parts["op_graph"]:
            ask("graphs", "graph", {"run": run, "tag": tag})
        if parts["conceptual_graph"]:
            ask("graphs", "graph", {"run": run, "tag": tag, "conceptual": "true"})
        if parts["profile"]:
            ask("graphs", "run_metadata", {"run": run, "tag": tag})

statuses = ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"]
ask("hparams", "experiment", {"request": "{}"})
groups = json.dumps({"allowedStatuses": statuses, "startIndex": 0, "sliceSize": 1000})
ask("hparams", "session_groups", {"request": groups})

ask("timeseries", "tags")
requests = [{"plugin": "scalars", "tag": tag} for tag in sorted({tag for _, tag, _ in series("scalars")})]
requests += [
    {"plugin": "histograms", "tag": tag, "run": run} for run, tag, _ in series("histograms") if (run, tag) in few
]
for request in requests:
    ask("timeseries", "timeSeries", form={"requests": json.dumps([request])})
for run, tag, description in series("images"):
    request = {"plugin": "images", "tag": tag, "run": run, "sample": 0}
    body = fetch("data/plugin/timeseries/timeSeries", form={"requests": json.dumps([request])})[2]
    for image in json.loads(body)[0].get("runToSeries", {}).get(run, []):
        query = {"imageId": image["imageId"]}
        answers[f"timeseries/imageData {run} {tag} {image['step']}"] = digest("timeseries", "imageData", query)

json.dump(answers, sys.stdout, sort_keys=True)
