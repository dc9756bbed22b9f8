"""Writes a run with tboard, a writer in Rust; scalars and clips are all that it offers to Python."""

import tboard

import peer

path = peer.run_directory("tboard")
writer = tboard.EventWriter(str(path))
for step, value in enumerate(peer.LOSSES):
    writer.add_scalar("layer1/loss", value, step)
writer.add_audio("sound", peer.SAMPLES, peer.SAMPLE_RATE, 0)
writer.flush()
peer.name_files(path)
