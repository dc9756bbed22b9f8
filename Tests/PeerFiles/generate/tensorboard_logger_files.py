"""Writes a run with TeamHG-Memex/tensorboard_logger."""

import peer

peer.stop_the_clock()

import tensorboard_logger

path = peer.run_directory("tensorboard_logger")
logger = tensorboard_logger.Logger(str(path))
for step, value in enumerate(peer.LOSSES):
    logger.log_value("layer1/loss", value, step)
for step, values in enumerate(peer.WEIGHTS):
    logger.log_histogram("weights", values, step)
peer.name_files(path)
