"""Dashboard pages and answers to programs under wrk against a bare Hummingbird route of the same size, in turns and in the same run:
serving.py JUNHENG JUNHENG_BENCH [SECONDS]

The pages are those of the demo city, asked by its city leader; a program asks with a token. The aim: county overview at least 40 % of the bare route's throughput,
and 99 of 100 answers within 150 ms, at 200 connections. Afterwards two hundred people walk about for a minute.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Product")
sys.path[:0] = [TESTS, os.path.join(TESTS, "support")]

CONNECTIONS = 200
PAGES = {"county overview": "/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF", "city overview": "/?year=2025",
         "school table": "/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF/schools",
         "API: counties": "/api/v1/counties", "API: units": "/api/v1/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF/units"}


def free_port():
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return link.getsockname()[1]


def wrk(url, seconds, headers):
    """Answers a second, the time within which 99 of 100 came in ms, and how many were no good."""
    said = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    text = subprocess.run(["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *said, url], capture_output=True, text=True, check=True).stdout
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", text).groups()
    bad = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", text))
    bad += sum(int(number) for number in re.findall(r"(?:connect|read|write|timeout) (\d+)", text))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), float(amount) * {"us": .001, "ms": 1, "s": 1_000, "m": 60_000}[unit], bad


def settle(port, process):
    for _ in range(1200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


def serving(junheng, bench, seconds=8):
    import crowd
    from programs import Page
    print(f"\n4. Pages under wrk, {CONNECTIONS} connections, {seconds} s each, against a bare Hummingbird route of the same size, in turns")
    print("                         page            bare route      share     99 % within (page, bare)    no good   bytes")
    with tempfile.TemporaryDirectory() as folder:
        # As many files open as there are connections, on both sides.
        server = subprocess.Popen([junheng, "serve", "--demo", "--data", folder + "/data", "--port", str(port := free_port()),
                                   "--set", "api-requests-per-minute=1000000"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        settle(port, server)
        base = f"http://127.0.0.1:{port}"
        try:
            token = {"Authorization": "Bearer " + Page(base).token("wrk", ["look"])}
            for name, path in PAGES.items():
                headers = token if path.startswith("/api/") else {}
                size = len(urllib.request.urlopen(urllib.request.Request(base + path, headers=headers)).read())
                bare = subprocess.Popen([bench, "bare", "--port", str(other := free_port()), "--bytes", str(size)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                settle(other, bare)
                ours, theirs = [], []
                for _ in range(2):
                    ours.append(wrk(base + path, seconds, headers))
                    theirs.append(wrk(f"http://127.0.0.1:{other}/", seconds, {}))
                bare.terminate()
                bare.wait()
                mine, plain = max(ours), max(theirs)
                print(f"   {name:<18} {mine[0]:9.0f}/s     {plain[0]:9.0f}/s     {mine[0] / plain[0]:5.0%}     {mine[1]:7.1f} ms  {plain[1]:7.1f} ms     "
                      f"{sum(run[2] for run in ours):7} {size:8}")
            walk = crowd.measure(base, 60)
            times = sorted(walk.times)
            print(f"   200 people for a minute: {len(times)} pages, {len(walk.wrong)} errors, median {times[len(times) // 2] * 1000:.0f} ms, "
                  f"99 % within {times[len(times) * 99 // 100] * 1000:.0f} ms")
            if walk.wrong:
                raise SystemExit(f"errors: {walk.wrong[:5]}")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    serving(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 8)
