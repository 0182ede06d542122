"""Clocks that jump: clocks.py PROGRAM. Prints `ok …` or `FAIL …`. The server's clock is set by Debian's faketime."""

import glob
import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Refusal, Server, end, greeting, promise, schools  # noqa: E402

program = os.path.abspath(sys.argv[1])
PASSWORD = "Xun-huan7-Qiao"


class Clock:
    """What the server takes for now, as a distance from the true time."""

    def __init__(self, folder):
        self.file = os.path.join(folder, "clock")
        self.set("+0")
        libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not libraries:
            raise SystemExit("FAIL faketime is missing: make setup")
        os.environ.update(LD_PRELOAD=libraries[0], FAKETIME_TIMESTAMP_FILE=self.file, FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1")

    def set(self, distance):
        with open(self.file + ".new", "w") as file:
            file.write(distance + "\n")
        os.replace(self.file + ".new", self.file)


class Browser:
    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(Refusal, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path, **fields):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            answer = self.opener.open(self.base + path, data, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.read().decode("utf-8", "replace"), answer.headers.get("Location", "")

    def enters(self, password=PASSWORD):
        status, text, _ = self.ask("/login", login="ops.admin", password=password, code="")
        return status == 303

    def isIn(self):
        return self.ask("/people")[0] == 200


def accounts(folder, clock):
    data = os.path.join(folder, "accounts")
    process = subprocess.Popen([program, "serve", "--data", data, "--port", "0", "--accounts"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told = greeting(process, "安装码")
    if "安装码" not in told:
        raise SystemExit("FAIL the server did not start: " + told)
    try:
        browser = Browser(re.search(r"http://\S+", told).group(0))
        code = re.search(r"安装码：(\w+)", told).group(1)
        browser.ask("/setup", login="ops.admin", name="管理员", code=code, password=PASSWORD, again=PASSWORD)
        promise("somebody is logged in", browser.isIn())
        clock.set("+13h")
        promise("thirteen hours on the session has ended, and one can log in", not browser.isIn() and browser.enters() and browser.isIn())
        clock.set("+13h")
        wrong = [browser.ask("/login", login="ops.admin", password="falsch", code="")[0] for _ in range(5)]
        promise("five wrong passwords lock", not browser.enters(), wrong)
        clock.set("+0")
        promise("set back to the true time, sessions of the time to come are over", not browser.isIn())
        promise("and a lock of the time to come does not hold until then", browser.enters() and browser.isIn())
        clock.set("-400d")
        promise("set back a year, nobody stays logged in for a year", not browser.isIn() and browser.enters() and browser.isIn())
        clock.set("+0")
        promise("and forward again, the old session has ended", not browser.isIn() and browser.enters())
    finally:
        process.terminate()
        process.wait(60)
    done = subprocess.run([program, "audit", "verify", "--data", data], capture_output=True, text=True)
    promise("the audit holds over all jumps", done.returncode == 0 and "全部相符" in done.stdout, done.stdout, done.stderr)


def reports(folder, clock):
    data = os.path.join(folder, "reports")
    server = Server(program, data)
    try:
        _, _, path = server.upload("学校.csv", schools(20))
        server.settled(path)
        server.step(path, "apply")
        clock.set("-30d")
        _, _, second = server.upload("学校.csv", schools(20, pupils=400))
        server.settled(second)
        promise("with the clock set back an import passes and counts as the newer", server.step(second, "apply")[0] == 303
                and "400" in server.ask("/counties/清河县/schools/1000")[1])
        submitted, _, report = server.post("/snapshots/counties/清河县")
        clock.set("+2d")
        approved = server.step(report, "approve")[0]
        clock.set("-60d")
        frozen = server.step(report, "freeze")[0]
        promise("a report passes all its steps over jumps", [submitted, approved, frozen] == [303] * 3, submitted, approved, frozen)
        text = server.ask(report + "?verify=1")[1]
        promise("its seal verifies", "逐字节相同" in text)
        clock.set("+0")
        numbers = [int(number) for number in re.findall(r"/snapshots/[0-9a-f]+/(?:submit|approve|freeze)", server.ask("/audit")[1]) and
                   re.findall(r'<td[^>]*>\s*(\d+)\s*</td>', server.ask("/audit")[1])[:8]]
        promise("the audit lists acts in the order they came, not by their clock", numbers == sorted(numbers, reverse=True) and len(numbers) > 3, numbers)
        done = subprocess.run([program, "audit", "verify", "--data", data], capture_output=True, text=True)
        promise("and its chain holds", done.returncode == 0, done.stdout, done.stderr)
        clock.set("+5d")
        server.step(second, "recount")
        clock.set("+0")
        done = subprocess.run([program, "doctor", "--data", data], capture_output=True, text=True)
        promise("the doctor sees that the clock was ahead", done.returncode == 1 and re.search(r"fail\t(时钟|审计)：.*时间", done.stdout), done.stdout)
    finally:
        server.stop()


with tempfile.TemporaryDirectory() as folder:
    clock = Clock(folder)
    # Started by a shell: faketime changes the environment of the first program it meets, and Swift finds its arguments beside that.
    wrapped = os.path.join(folder, "junheng")
    with open(wrapped, "w") as file:
        file.write(f'#!/bin/sh\nexec "{program}" "$@"\n')
    os.chmod(wrapped, 0o755)
    program = wrapped
    accounts(folder, clock)
    reports(folder, clock)
end()
