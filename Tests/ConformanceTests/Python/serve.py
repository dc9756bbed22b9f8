"""Runs the stock TensorBoard, and ends it when standard input closes: no server outlives the test that started it.

The arguments are TensorBoard's own.
"""

import os
import signal
import sys
import threading
import time

from tensorboard.main import run_main


def end_with_parent():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(20)
    os._exit(1)


# A test runs on a thread that takes no signals, and a new process inherits that.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
threading.Thread(target=end_with_parent, daemon=True).start()
sys.exit(run_main())
