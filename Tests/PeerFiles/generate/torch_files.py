"""Writes runs with `torch.utils.tensorboard` or tensorboardX, which have nearly the same interface.

usage: torch_files.py torch|tensorboardX
"""

import sys

import peer

peer.stop_the_clock()

import numpy

name = sys.argv[1]
is_torch = name == "torch"
if is_torch:
    import torch
    from torch.utils.tensorboard import SummaryWriter
else:
    from tensorboardX import SummaryWriter


def log_dashboards(path):
    writer = SummaryWriter(str(path))
    for step, value in enumerate(peer.LOSSES):
        writer.add_scalar("layer1/loss", value, step)
        writer.add_scalars("losses", {"train": value, "validation": 2 * value}, step)
    for step, values in enumerate(peer.WEIGHTS):
        writer.add_histogram("weights", numpy.array(values), step)
    writer.add_histogram_raw("raw", -1, 2, 4, 2, 6, [-0.5, 0.5, 2], [1, 1, 2], 0)
    pixels = numpy.array(peer.PIXELS, numpy.uint8)
    writer.add_image("image", pixels, 0, dataformats="HWC")
    writer.add_images("images", numpy.stack([pixels, pixels]), 0, dataformats="NHWC")
    samples = numpy.array(peer.SAMPLES, numpy.float32)
    writer.add_audio("sound", samples[None] if is_torch else samples[:, None], 0, peer.SAMPLE_RATE)
    writer.add_text("note", peer.NOTE, 0)
    writer.add_pr_curve("curve", numpy.array(peer.LABELS), numpy.array(peer.PREDICTIONS), 0, num_thresholds=5)
    vertices, colors, faces = (numpy.array([part]) for part in (peer.VERTICES, peer.COLORS, peer.FACES))
    if is_torch:
        vertices, colors, faces = map(torch.tensor, (vertices, colors, faces))
    writer.add_mesh("shape", vertices, colors, faces, global_step=0)
    charts = {"loss": ["Multiline", ["loss.*"]], "spread": ["Margin", ["mean", "low", "high"]]}
    writer.add_custom_scalars({"charts": charts})
    if is_torch:
        writer.add_scalar("new style", 0.5, 1, new_style=True)
        writer.add_scalar("precise", 0.1, 1, new_style=True, double_precision=True)
        writer.add_tensor("tensor", torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 0)
    writer.close()


def log_hyperparameters(path):
    writer = SummaryWriter(str(path))
    rates = {"rate": 0.1, "units": 16, "name": "adam", "bias": True}
    if is_torch:
        writer.add_hparams(rates, {"accuracy": 0.75}, run_name="trial")
    else:
        writer.add_hparams(rates, {"accuracy": 0.75}, name="trial")
    writer.close()


def log_restart(path):
    """A second writer goes on at step 2, the way that the documentation shows."""
    for purge_step, steps, offset in [(None, range(5), 0), (2, range(2, 4), 10)]:
        writer = SummaryWriter(str(path), purge_step=purge_step, filename_suffix=f".{purge_step or 0}")
        for step in steps:
            writer.add_scalar("again", step + offset, step)
            if not offset:
                writer.add_scalar("once", step, step)
        writer.close()


def log_graph(path):
    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer1 = torch.nn.Linear(2, 1)

        def forward(self, x):
            return torch.sigmoid(self.layer1(x))

    torch.manual_seed(1)
    writer = SummaryWriter(str(path))
    writer.add_graph(Model(), torch.zeros(1, 2))
    writer.close()


runs = [("", log_dashboards), ("-hparams", log_hyperparameters), ("-restart", log_restart)]
if is_torch:
    runs.append(("-graph", log_graph))
for suffix, log in runs:
    path = peer.run_directory(name + suffix)
    log(path)
    peer.name_files(path)
