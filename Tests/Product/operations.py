"""What a computer centre asks of an installation: health, metrics, settings, backups: operations.py PROGRAM. Prints `ok …` or `FAIL …`."""

import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile

program = sys.argv[1]
failures = 0


def promise(name, kept, *told):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name + ("" if kept or not told else f" {told}"), flush=True)


def run(*words, **more):
    return subprocess.run([program, *words], capture_output=True, text=True, **more)


def start(data, *words):
    log = open(data + ".log", "a+")
    server = subprocess.Popen([program, "serve", "--data", data, "--port", "0", *words], stdout=subprocess.PIPE, stderr=log, text=True)
    for line in server.stdout:
        if "http://" in line:
            return server, re.search(r"http://[^\s]+", line).group(0)
    raise SystemExit("FAIL the server did not start")


def get(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def raw(base, text):
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as link:
        link.sendall(text)
        return link.recv(4096).decode(errors="replace")


def watch(folder, data):
    server, base = start(data, "--demo", "--set", "log-level=info", "--set", "idle-timeout-seconds=1")
    status, text, headers = get(base + "/healthz")
    promise("/healthz answers without a login and is not kept", status == 200 and headers["Cache-Control"] == "no-store")
    status, text, _ = get(base + "/readyz")
    promise("/readyz names the database, the folder and the disk", status == 200 and text.count(": ok") == 3)
    _, page, headers = get(base + "/?name=%E7%8E%8B%E5%B0%8F%E6%98%8E")
    promise("pages carry COOP and Permissions-Policy", headers["Cross-Origin-Opener-Policy"] == "same-origin" and "camera=()" in headers["Permissions-Policy"])
    get(base + "/no-such-page-a")
    get(base + "/no-such-page-b")
    status, text, _ = get(base + "/metrics")
    promise("/metrics counts by template, made-up addresses as one", 'route="NotFound",status="404"} 2' in text and "no-such-page" not in text)
    promise("/metrics has imports, database and process", all(name in text for name in (
        'junheng_imports{state="applied"}', "junheng_database_bytes", "process_resident_memory_bytes", "process_open_fds", "junheng_evaluations_cached")))
    promise("/metrics is not for those behind a proxy", get(base + "/metrics", **{"X-Forwarded-For": "1.2.3.4"})[0] == 403)
    big = raw(base, b"GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + b"a" * 100_000 + b"\r\n\r\n")
    promise("a head too large is refused", " 200 " not in big[:40])
    huge = raw(base, b"POST /imports HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n")
    promise("a body too large is refused before it is sent", " 413 " in huge[:40])
    begun = time.time()
    silent = raw(base, b"GET / HTTP/1.1\r\nHost: x\r\n")
    promise("a client that stops in its head is cut off", silent == "" and time.time() - begun < 8)
    lines = [json.loads(line) for line in open(data + ".log").read().splitlines()]
    asked = [line for line in lines if line["message"] == "request"]
    promise("logs are JSON lines with a request's number", len(asked) > 4 and all(line["request"] and line["route"] for line in asked))
    promise("logs hold no query and no address", not any(word in json.dumps(lines, ensure_ascii=False) for word in ("王小明", "%E7%8E%8B", "no-such-page")))
    return server, base


def backups(folder, data, server, base):
    target = os.path.join(folder, "copy.junheng")
    book = os.path.join(folder, "books")
    run("demo", "--data", book)
    workbook = sorted(glob.glob(os.path.join(book, "2025", "*.xlsx")))[0]
    stop = threading.Event()

    def import_on():
        while not stop.is_set():
            subprocess.run(["curl", "-s", "-o", "/dev/null", "-F", "year=2025", "-F", f"file=@{workbook}", base + "/imports"])

    importing = threading.Thread(target=import_on)
    importing.start()
    done = run("backup", "--data", data, "--to", target)
    stop.set()
    importing.join()
    promise("a backup is made while files are imported", done.returncode == 0 and os.path.exists(target))
    promise("the backup is whole", run("backup", "verify", target).returncode == 0)
    restored = os.path.join(folder, "restored")
    done = run("restore", target, "--to", restored)
    promise("it is restored", done.returncode == 0 and os.path.exists(restored + "/junheng.sqlite"))
    promise("a folder that holds something is not touched", run("restore", target, "--to", restored).returncode == 2)
    before = sorted(os.listdir(folder))
    done = run("restore", target, "--rehearse", "--set", f"data={data}")
    promise("a rehearsal restores and finds results, seals and audit as they were", done.returncode == 0 and "fail" not in done.stdout
            and all(word in done.stdout for word in ("逐字节相同", "校验码相符", "首尾相连", "演练通过")), done.stdout, done.stderr)
    promise("and leaves nothing behind", sorted(os.listdir(folder)) == before and not glob.glob(tempfile.gettempdir() + "/.junheng-rehearsal*"))
    kept = os.path.join(folder, "nightly")
    os.mkdir(kept)
    nightly = ["--data", data, "--set", f"backup-folder={kept}", "--set", "backup-keep=2"]
    codes = []
    for _ in range(3):
        codes.append(run("backup", *nightly).returncode)
        time.sleep(1.1)
    promise("nightly backups bear their time, the oldest are given up", codes == [0, 0, 0] and len(os.listdir(kept)) == 2)
    promise("the newest is rehearsed where none is named", "演练通过" in run("restore", "--rehearse", "--set", f"data={data}", *nightly[2:]).stdout)
    # The keys of the personal data are kept apart from a backup that does not ask for them.
    shutil.copy2(os.path.join(data, "personal.keys"), restored)
    second, again = start(restored, "--demo")
    same = all(get(base + path)[1] == get(again + path)[1] for path in ("/", "/shortfalls"))
    promise("the restored installation shows the same pages", same)
    second.send_signal(signal.SIGTERM)
    promise("SIGTERM ends a server well", second.wait(30) == 0)

    with zipfile.ZipFile(target) as archive:
        spoilt = os.path.join(folder, "spoilt.junheng")
        with zipfile.ZipFile(spoilt, "w") as other:
            for entry in archive.namelist():
                body = archive.read(entry)
                other.writestr(entry, body[:-1] + b"!" if entry.startswith("files/") else body)
    done = run("restore", spoilt, "--to", os.path.join(folder, "never"))
    promise("a changed file is noticed, nothing is restored", done.returncode == 2 and "清单" in done.stderr and not os.path.exists(os.path.join(folder, "never")))

    key, wrong, sealed = (os.path.join(folder, name) for name in ("key", "wrong", "sealed.junheng"))
    run("backup", "key", key), run("backup", "key", wrong)
    run("backup", "--data", data, "--to", sealed, "--encrypt", key)
    promise("an encrypted backup opens with its key", run("backup", "verify", sealed, "--key", key).returncode == 0)
    promise("and with no other", run("backup", "verify", sealed, "--key", wrong).returncode == 2 and run("backup", "verify", sealed).returncode == 2)
    whole = open(sealed, "rb").read()
    open(sealed, "wb").write(whole[:-20])
    promise("an encrypted backup cut short is noticed", run("backup", "verify", sealed, "--key", key).returncode == 2)

    halves = 0
    for delay in (0.02, 0.05, 0.1, 0.2):
        path = os.path.join(folder, "killed.junheng")
        process = subprocess.Popen([program, "backup", "--data", data, "--to", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.kill()
        process.wait()
        halves += os.path.exists(path) and run("backup", "verify", path).returncode != 0
    promise("kill -9 leaves no half backup under the final name", halves == 0)
    run("backup", "--data", data, "--to", os.path.join(folder, "killed.junheng"))
    promise("the next backup takes away what a killed one left", not glob.glob(os.path.join(folder, ".killed.junheng.part-*")))
    small = subprocess.run(
        ["bash", "-c", f'trap "" XFSZ; ulimit -f 200; exec "{program}" backup --data "{data}" --to "{folder}/small.junheng"'], capture_output=True, text=True)
    promise("a file that may not grow is told and leaves nothing", small.returncode == 2 and small.stderr.strip() != "" and not os.path.exists(f"{folder}/small.junheng"))


def doctor(data):
    os.chmod(data, 0o700)
    done = run("doctor", "--data", data)
    promise("the doctor finds a sound installation sound", done.returncode == 0 and "fail" not in done.stdout)
    victim = sorted(glob.glob(os.path.join(data, "files", "*", "*")))[0]
    with open(victim, "ab") as file:
        file.write(b"x")
    done = run("doctor", "--data", data)
    promise("the doctor finds a changed file and says what to do", done.returncode == 1 and "被改动1份" in done.stdout and os.path.basename(victim) in done.stdout)


def settings(folder):
    file = os.path.join(folder, "junheng.yaml")
    with open(file, "w") as text:
        text.write("port: 1234\nmetrics-token: geheim\n")
    told = run("config", "explain", "--config", file, "--set", "port=5", env={**os.environ, "JUNHENG_HOST": "::1"}).stdout
    promise("config explain tells value and origin", "port: 5" in told and "JUNHENG_HOST" in told and f"{file} 第2行" in told and "geheim" not in told)
    with open(file, "a") as text:
        text.write("prot: 1\n")
    done = run("config", "explain", "--config", file)
    promise("an unknown setting is an error with line and advice", done.returncode == 2 and ":3:1" in done.stderr and "port" in done.stderr)


with tempfile.TemporaryDirectory() as folder:
    data = os.path.join(folder, "data")
    server, base = watch(folder, data)
    try:
        backups(folder, data, server, base)
    finally:
        server.terminate()
        server.wait(90)
    doctor(data)
    settings(folder)
sys.exit(1 if failures else 0)
