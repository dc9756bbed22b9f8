"""Takes pictures of TensorBoard's tabs. Called by scripts/pictures.

Chromium is driven through its DevTools protocol over a pair of pipes, which needs no library.
"""

import base64
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

import PIL.Image


class Browser:
    """A headless Chromium with one page."""

    def __init__(self, executable):
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        # The protocol's pipes are the descriptors 3 and 4.
        command = 'exec "$0" "$@" 3<&%d 4>&%d' % (to_browser, from_browser)
        options = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--remote-debugging-pipe",
                   # WebGL without a graphics card: the Time Series charts, the Mesh tab and the Projector need it.
                   "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                   "--user-data-dir=" + tempfile.mkdtemp(prefix="pictures.")]
        self.process = subprocess.Popen(["/bin/bash", "-c", command, executable, *options],
                                        pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.rest, self.session = 0, b"", None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                chunk = os.read(self.input, 1 << 20)
                if not chunk:
                    sys.exit("pictures: the browser ended before its time; try again.")
                self.rest += chunk
            line, self.rest = self.rest.split(b"\0", 1)
            answer = json.loads(line)
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit("pictures: %s: %s" % (method, answer["error"]["message"]))
                return answer["result"]

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return result["result"].get("value")

    def picture(self, path, url, width, height, script, seconds):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=False)
        # Another page in between: a change behind the # alone would not load the tab anew.
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=url)
        time.sleep(seconds)
        if script:
            problem = self.evaluate("(async () => {%s\n%s})()" % (HELPERS, script))
            if problem:
                sys.exit("pictures: %s: %s" % (os.path.basename(path), problem))
            time.sleep(2)
        data, before = self.capture(), None
        # A busy machine draws later: what no longer changes is done.
        for _ in range(15):
            if data == before:
                break
            time.sleep(4)
            data, before = self.capture(), data
        # A page has few colours: a palette takes a third of the bytes, and nobody sees it.
        picture = PIL.Image.open(io.BytesIO(data)).convert("RGB")
        picture.quantize(256, dither=PIL.Image.Dither.NONE).save(path, optimize=True)

    def capture(self):
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self):
        self.process.terminate()
        self.process.wait()


HELPERS = """
const wait = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));
const all = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)];
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) found.push(...all(selector, element.shadowRoot));
  return found;
};
"""

# Of each picture: the runs, what stands behind the # in the address, the size of the window, what to do before the picture,
# and how many seconds the tab takes to draw.
PICTURES = {
    "gallery-scalars": ("gallery", "scalars", 1100, 760, "", 8),
    "gallery-time-series": ("gallery", "timeseries", 1240, 760, "", 10),
    "gallery-custom-scalars": ("gallery", "custom_scalars", 1100, 760, "", 8),
    "gallery-histograms": ("gallery", "histograms", 1100, 760, "", 10),
    "gallery-distributions": ("gallery", "distributions", 1100, 760, "", 10),
    "gallery-images": ("gallery", "images&tagFilter=kernels%2Fhidden2%7Cleast%7Cunits%7Crel", 1180, 1180, "", 10),
    "gallery-audio": ("gallery", "audio", 1100, 400, "", 8),
    "gallery-text": ("gallery", "text", 1100, 760, "", 8),
    "gallery-pr-curves": ("gallery", "pr_curves", 1180, 560, "", 8),
    "gallery-hparams": ("lab", "hparams", 1240, 620, "", 8),
    "gallery-graphs": ("gallery", "graphs", 1100, 760, "", 12),
    "gallery-mesh": ("gallery", "mesh&tagFilter=surface", 1100, 1000, "", 14),
    "gallery-projector": ("gallery", "projector", 1200, 760, "", 20),
    "digits-curves": ("digits", "scalars&tagFilter=%5E(loss%7Caccuracy)%24", 1100, 500, "", 8),
    "digits-images": ("digits", "images&tagFilter=%5E(confusion%7Cimages)", 1180, 1040, "", 12),
    "xor-graph": ("xor", "graphs", 1100, 760, "", 12),
    "xor-vanishing": ("lab", "distributions&tagFilter=layer1%2Fweights1", 1180, 860, "", 10),
    "deep-gradients": ("deep", "distributions&tagFilter=layer1%2Fweights1_gradients", 1480, 440, "", 10),
    "xor-runs": ("xor", "scalars", 1100, 800, "", 8),
}


def serve(directory, log):
    """Starts TensorBoard; returns its process and its address."""
    port_file = tempfile.NamedTemporaryFile(mode="w+", prefix="pictures.")
    process = subprocess.Popen(
        [sys.executable, "-m", "tensorboard.main", "--logdir", log, "--port", "0"],
        # The page shows the log directory as it was given.
        cwd=directory, stdout=port_file, stderr=port_file)
    for _ in range(120):
        port_file.seek(0)
        text = port_file.read()
        if "http://" in text:
            address = text[text.index("http://"):].split()[0]
            urllib.request.urlopen(address).read()
            return process, address
        time.sleep(0.5)
    sys.exit("pictures: TensorBoard did not start: " + text)


def main():
    executable, logs, output, *names = sys.argv[1:]
    unknown = [name for name in names if name not in PICTURES]
    if unknown:
        sys.exit("pictures: there is no picture '%s'; choose among %s." % (unknown[0], ", ".join(PICTURES)))
    browser = Browser(executable)
    for log in ("gallery", "digits", "xor", "lab", "deep"):
        chosen = [name for name in names or PICTURES if PICTURES[name][0] == log]
        if not chosen:
            continue
        server, address = serve(logs, log)
        time.sleep(5)
        for name in chosen:
            _, tab, width, height, script, seconds = PICTURES[name]
            browser.picture(os.path.join(output, name + ".png"), address + "#" + tab, width, height, script, seconds)
            print(name)
        server.terminate()
    browser.close()


main()
