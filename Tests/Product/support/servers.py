"""Servers, databases and requests for the suites beside this folder."""

import collections
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

HEAD = ("学校标识码,学校名称,县(市、区),办学类型,小学在校生数,小学专任教师数,小学高于规定学历教师数,小学县级以上骨干教师数,小学体育艺术专任教师数,"
        "教学及辅助用房面积,室内体育用房面积,运动场地面积,教学仪器设备值(万元),网络多媒体教室数\n")
here = os.path.dirname(os.path.abspath(__file__))
script = os.path.join(here, "..", "..", "postgres")
failures = 0


def promise(name, kept, *told):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name + ("" if kept else f" {told}"), flush=True)


def end():
    sys.exit(1 if failures else 0)


class Postgres:
    """A PostgreSQL that lives as long as this program, with as many databases as asked for."""

    def __init__(self):
        self.address = subprocess.run([script, "start", str(os.getpid())], check=True, capture_output=True, text=True).stdout.strip()
        self.folder = self.address.split("host=")[1]

    def database(self):
        name = "d" + uuid.uuid4().hex
        self.sql(self.address, f"CREATE DATABASE {name}")
        return self.address.replace("/postgres?", f"/{name}?")

    def sql(self, address, text):
        return subprocess.run(["psql", address, "-qtAXc", text], check=True, capture_output=True, text=True).stdout.strip()

    def stop(self):
        subprocess.run([script, "stop", self.folder], check=True)

    def again(self):
        subprocess.run([script, "again", self.folder], check=True)


class Refusal(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def greeting(process, *words):
    """What a server says until one of the words. The rest is read and dropped: a full pipe would stop it at its next line of log."""
    told = ""
    for line in process.stdout:
        told += line
        if any(word in line for word in words):
            threading.Thread(target=lambda: collections.deque(process.stdout, maxlen=0), daemon=True).start()
            break
    return told


def surroundings(database=None, folder=""):
    """The environment of a process on a database; those of one database share their keys."""
    environment = dict(os.environ, JUNHENG_HEARTBEAT_MS="500", JUNHENG_DATABASE=database or "")
    if database and not os.path.exists(os.path.join(folder, "personal.keys")):
        environment.setdefault("JUNHENG_PERSONAL_DATA_KEYS", "0a1b2c3d xchacha20-poly1305 2026-09-01 " + "5e" * 32)
    return environment


class Server:
    """`junheng serve` on a folder, with a database elsewhere where one is given."""

    def __init__(self, program, folder, database=None, *options):
        self.process = subprocess.Popen(
            [program, "serve", "--data", folder, "--port", "0", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=surroundings(database, folder))
        told = greeting(self.process, "均衡已启动")
        if "均衡已启动" not in told:
            raise SystemExit("FAIL the server did not start: " + told)
        self.base = re.search(r"http://\S+", told[told.index("均衡已启动"):]).group(0)

    def ask(self, path, data=None, headers=None):
        """Status, text and where it leads."""
        parts = urllib.parse.urlsplit(self.base + path)
        url = parts._replace(path=urllib.parse.quote(parts.path), query=urllib.parse.quote(parts.query, safe="=&%+")).geturl()
        request = urllib.request.Request(url, data=data, headers=headers or {}, method="GET" if data is None else "POST")
        try:
            answer = urllib.request.build_opener(Refusal).open(request, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        body = answer.read()
        return answer.status, body.decode("utf-8", "replace"), answer.headers.get("Location", "").split("?")[0]

    def post(self, path, **fields):
        return self.ask(path, urllib.parse.urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, name, content, year="2025", path="/imports"):
        """Hands a file in; the path of what it became, such as its import, or of the list."""
        edge = uuid.uuid4().hex
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="year"\r\n\r\n{year}\r\n',
                 f'--{edge}\r\nContent-Disposition: form-data; name="county"\r\n\r\n\r\n',
                 f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n']
        body = "".join(parts).encode() + (content.encode() if isinstance(content, str) else content) + f"\r\n--{edge}--\r\n".encode()
        return self.ask(path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def heading(self, path):
        return re.sub(r"<[^>]+>", "", re.search(r"<h1.*?</h1>", self.ask(path)[1], re.S).group(0))

    def version(self, path):
        return re.search(r'name="version" value="(\d+)"', self.ask(path)[1]).group(1)

    def settled(self, path, seconds=60):
        """The heading once the import is no longer being read."""
        return wait(lambda: None if "正在读" in (title := self.heading(path)) or "读取中" in title else title, seconds) or self.heading(path)

    def step(self, path, action, **fields):
        return self.post(f"{path}/{action}", version=self.version(path), **fields)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def wait(ask, seconds=60):
    """The first answer that is something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    return None


def schools(count, county="清河县", start=1000, pupils=500):
    return HEAD + "".join(
        f"{start + i},{start + i}小学,{county},小学,{pupils},40,35,8,6,2600,100,4000,120,12\n" for i in range(count))
