"""Runs a command in a terminal of its own and draws what it shows, as an SVG. Called by scripts/pictures.

The last screen as a picture, or with --record every screen in turn as an animation, which browsers play in a page's
<img> too. Braille patterns are drawn as dots: few fonts have them, and in fewer are they as wide as a letter.
"""

import argparse
import fcntl
import html
import os
import pty
import select
import struct
import sys
import termios
import time

import pyte

CELL = (8.4, 18)
MARGIN = 14
COLORS = {"default": "#d6deeb", "black": "#575f75", "red": "#ff6b6b", "green": "#7fd88f", "brown": "#ecc48d",
          "blue": "#82aaff", "magenta": "#d39bff", "cyan": "#7fdbca", "white": "#ffffff",
          "brightblack": "#7c859c", "brightred": "#ff8f8f", "brightgreen": "#a5e8b0", "brightbrown": "#ffe0a8",
          "brightblue": "#a8c5ff", "brightmagenta": "#e3c0ff", "brightcyan": "#a8efe2", "brightwhite": "#ffffff"}
BACKGROUND = "#14192b"


def run(command, columns, rows, interval, seconds, keys):
    """Yields (seconds, screen) each time that the screen has changed, at most once in an interval.

    After so many seconds the keys are pressed, which should end the command; what it shows then is not of interest.
    """
    process, descriptor = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS=str(columns), LINES=str(rows))
        os.environ.pop("NO_COLOR", None)
        os.execvp(command[0], command)
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    start, last, changed = time.monotonic(), 0.0, False
    while True:
        ready, _, _ = select.select([descriptor], [], [], interval)
        now = time.monotonic() - start
        if keys and now >= seconds:
            yield now, snapshot(screen)
            os.write(descriptor, keys.encode())
            os.waitpid(process, 0)
            return
        if ready:
            try:
                read = os.read(descriptor, 1 << 16)
            except OSError:
                read = b""
            if not read:
                break
            stream.feed(read)
            changed = True
        if changed and now - last >= interval:
            yield now, snapshot(screen)
            last, changed = now, False
    _, status = os.waitpid(process, 0)
    if status != 0:
        sys.exit("pictures: '%s' failed:\n%s" % (" ".join(command), "\n".join(screen.display)))
    yield time.monotonic() - start, snapshot(screen)


def snapshot(screen):
    return [[screen.buffer[row][column] for column in range(screen.columns)] for row in range(screen.lines)]


def color(name, fallback):
    if name == "default":
        return fallback
    return COLORS.get(name, "#" + name)


def runs(cells):
    """Yields (column, text, cell) for each stretch of one style, Braille patterns and gaps left out."""
    start = None
    for column, cell in enumerate(cells + [None]):
        visible = cell is not None and cell.data.strip() and not is_braille(cell.data)
        if start is not None and not (visible and style(cell) == style(cells[start])):
            yield start, "".join(cell.data for cell in cells[start:column]), cells[start]
            start = None
        if visible and start is None:
            start = column


def style(cell):
    return cell.fg, cell.bold, cell.reverse


def is_braille(text):
    return len(text) == 1 and 0x2800 <= ord(text) <= 0x28FF


def dots(text):
    """The places of a pattern's dots in its cell, from 0 to 1."""
    bits = ord(text) - 0x2800
    places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    return [(0.25 + 0.5 * x, 0.125 + 0.25 * y) for bit, (x, y) in enumerate(places) if bits >> bit & 1]


def draw(screen):
    width, height = CELL
    parts = []
    for row, cells in enumerate(screen):
        top = MARGIN + row * height
        paths = {}
        for column, cell in enumerate(cells):
            if is_braille(cell.data):
                for x, y in dots(cell.data):
                    place = "M%.1f %.1fh0" % (MARGIN + (column + x) * width, top + y * height)
                    paths.setdefault(color(cell.fg, COLORS["default"]), []).append(place)
        for stroke, places in paths.items():
            parts.append('<path stroke="%s" d="%s"/>' % (stroke, "".join(places)))
        for column, text, cell in runs(cells):
            ink = color(cell.fg, COLORS["default"])
            if cell.reverse:
                parts.append('<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>'
                             % (MARGIN + column * width, top, len(text) * width, height, ink))
                ink = BACKGROUND
            parts.append('<text x="%.1f" y="%.1f" textLength="%.1f" fill="%s"%s>%s</text>'
                         % (MARGIN + column * width, top + 13, len(text) * width, ink,
                            ' font-weight="bold"' if cell.bold else "", html.escape(text)))
    return "\n".join(parts)


def document(screens, columns, rows, title, pause):
    width = 2 * MARGIN + columns * CELL[0]
    height = 2 * MARGIN + rows * CELL[1]
    total = screens[-1][0] + pause
    rules, groups = [], []
    for index, (start, screen) in enumerate(screens):
        if len(screens) == 1:
            groups.append(draw(screen))
            continue
        end = screens[index + 1][0] if index + 1 < len(screens) else total
        first, last = 100 * start / total if index else 0, 100 * end / total
        rules.append("@keyframes f%d{0%%,%.3f%%{visibility:hidden}%.3f%%,%.3f%%{visibility:visible}%.3f%%,100%%"
                     "{visibility:hidden}}#f%d{animation:f%d %.2fs step-end infinite}"
                     % (index, max(0, first - 0.001), first, last - 0.001, last, index, index, total))
        groups.append('<g id="f%d"%s>\n%s\n</g>' % (index, ' visibility="hidden"' if index else "", draw(screen)))
    return """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %(width).0f %(height).0f" width="%(width).0f" \
height="%(height).0f" role="img" aria-label="%(title)s">
<title>%(title)s</title>
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}\
path{stroke-width:2.4;stroke-linecap:round}%(rules)s</style>
<rect width="100%%" height="100%%" rx="8" fill="%(background)s"/>
%(groups)s
</svg>
""" % {"width": width, "height": height, "title": html.escape(title, quote=True), "rules": "".join(rules),
       "background": BACKGROUND, "groups": "\n".join(groups)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--title", required=True)
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--rows", type=int, default=24)
    parser.add_argument("--interval", type=float, default=0.1)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--keys")
    parser.add_argument("--pause", type=float, default=6)
    parser.add_argument("output")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    screens = list(run(options.command, options.columns, options.rows, options.interval, options.seconds,
                       options.keys))
    if not options.record:
        screens = screens[-1:]
    # No taller than what was ever shown.
    rows = max((index + 1 for _, screen in screens for index, cells in enumerate(screen)
                if any(cell.data.strip() for cell in cells)), default=1)
    screens = [(seconds, screen[:rows]) for seconds, screen in screens]
    with open(options.output, "w", encoding="utf-8") as file:
        file.write(document(screens, options.columns, rows, options.title, options.pause))


main()
