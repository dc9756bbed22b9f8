"""Runs the stock TensorBoard, and ends it when standard input closes: no server outlives the test that started it.

The arguments are TensorBoard's own. Beside the stock plugins there is `kept`, which shows nothing, but tells how many
points of each tag the loader has: no stock route does for every kind of data.
"""

import os
import signal
import sys
import threading
import time

from kept import KeptPlugin
from tensorboard import default, main


def end_with_parent():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(20)
    os._exit(1)


def with_kept(get_plugins):
    return lambda: get_plugins() + [KeptPlugin]


# A test runs on a thread that takes no signals, and a new process inherits that.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
threading.Thread(target=end_with_parent, daemon=True).start()
default.get_plugins = with_kept(default.get_plugins)
sys.exit(main.run_main())
