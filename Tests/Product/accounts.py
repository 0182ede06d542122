"""Logging in, from the first administrator to a lock: accounts.py PROGRAM. Prints `ok …` or `FAIL …`."""

import http.cookiejar
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

program = sys.argv[1]
failures = 0


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name, flush=True)


class Browser:
    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def go(self, path, **fields):
        """Status, final path and text of a page; with fields a form is posted."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            answer = self.opener.open(urllib.request.Request(self.base + path, data=data))
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, urllib.parse.urlparse(answer.url).path, answer.read().decode()


def start(folder, *more):
    server = subprocess.Popen(
        [program, "serve", "--data", os.path.join(folder, "data"), "--port", "0", *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = [server.stdout.readline(), server.stdout.readline()]
    return server, re.search(r"http://\S+", lines[0]).group(0), "".join(lines)


def refused(base, header, value):
    try:
        urllib.request.urlopen(urllib.request.Request(base + "/imports", headers={header: value}))
        return False
    except urllib.error.HTTPError as error:
        return error.code == 403 and "--accounts" in error.read().decode()


def stop(server):
    server.terminate()
    server.wait(20)


def fails(folder, *more):
    done = subprocess.run([program, "serve", "--data", os.path.join(folder, "data"), "--port", "0", *more], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


with tempfile.TemporaryDirectory() as folder:
    server, base, greeting = start(folder)
    promise("on one's own machine no login is needed, and the server says so", Browser(base).go("/imports")[0] == 200 and "不需要登录" in greeting)
    promise("not for a machine behind a proxy", refused(base, "X-Forwarded-For", "10.1.2.3"))
    promise("nor under another site's name", refused(base, "Host", "evil.example"))
    stop(server)
    code, words = fails(folder, "--no-accounts", "--host", "0.0.0.0")
    promise("without accounts it does not listen to the network", code == 2 and "--no-accounts" in words)

    server, base, greeting = start(folder, "--accounts")
    try:
        setup_code = re.search(r"安装码：(\w+)", greeting).group(1)
        admin = Browser(base)
        status, path, text = admin.go("/imports")
        promise("with no account there is only the page for the first administrator", path == "/setup" and "第一个管理员" in text)
        first = dict(name="王主任", login="wang", password="River-County-88", again="River-County-88")
        promise("not without the code from the server's window", "安装码不对" in admin.go("/setup", code="guess", **first)[2])
        weak = dict(first, password="abc", again="abc")
        promise("not with a weak password", "至少10个字符" in admin.go("/setup", code=setup_code, **weak)[2])
        status, path, text = admin.go("/setup", code=setup_code, **first)
        promise("the first administrator comes in", status == 200 and path == "/people" and "王主任" in text)
        cookie = next(iter(admin.jar))
        promise("the cookie is kept from scripts and other sites", cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") == "Strict" and len(cookie.value) == 64)
        promise("there is no second first", Browser(base).go("/setup", code=setup_code, **dict(first, login="other"))[0] == 403)

        status, path, text = admin.go("/people", name="李科员", login="li", role="countyOfficer", county="清河县", until="")
        initial = re.search(r"初始密码 ([0-9a-f-]{23})", text).group(1)
        promise("the initial password is shown once", initial not in admin.go("/people")[2])
        promise("a county post names its county", "哪个县" in admin.go("/people", name="某", login="mou", role="countyOfficer", county="", until="")[2])
        officer = Browser(base)
        status, path, text = officer.go("/login", login="LI", password=initial, code="")
        promise("the first thing to do is a new password", path == "/account" and "请先设置新密码" in text)
        promise("nothing else before that", officer.go("/imports")[1] == "/account" and officer.go("/imports", x="1")[0] == 403)
        fresh = "Clear-River-2026"
        status, path, text = officer.go("/account", password=initial, fresh=fresh, again=fresh)
        promise("then the pages open", status == 200 and officer.go("/imports")[1] == "/imports")
        promise("people are not the officer's to manage", officer.go("/people")[0] == 403 and officer.go("/people", login="x")[0] == 403)

        admin.go("/people", name="赵代管", login="zhao", role="cityOfficer", county="", until="2020-01-01")
        text = admin.go("/people", name="钱审计", login="qian", role="auditor", county="", until="")[2]
        ended = re.search(r"钱审计的账户。初始密码 (\S+)", text).group(1)
        auditor = Browser(base)
        auditor.go("/login", login="qian", password=ended, code="")
        auditor.go("/account", password=ended, fresh="Audit-Chain-77x", again="Audit-Chain-77x")
        promise("an auditor sees no data", auditor.go("/imports")[0] == 403)
        rows = re.findall(r'<th scope="row">(.*?)</th>.*?/people/(\w+)/', admin.go("/people")[2])
        ids = dict(rows)
        text = admin.go("/people/" + ids["赵代管"] + "/reset", x="1")[2]
        password = re.search(r"新初始密码 (\S+)", text).group(1)
        deputy = Browser(base)
        deputy.go("/login", login="zhao", password=password, code="")
        deputy.go("/account", password=password, fresh="Deputy-Until-99", again="Deputy-Until-99")
        promise("a delegation that has ended gives no right", "没有任何权限" in deputy.go("/imports")[2])

        promise("the last administrator stays", "自己的账户" in admin.go("/people/" + ids["王主任"] + "/disable", x="1")[2])
        admin.go("/people/" + ids["李科员"] + "/disable", x="1")
        promise("a disabled account is out at once", officer.go("/imports")[1] == "/login")
        admin.go("/people/" + ids["李科员"] + "/enable", x="1")
        guess = Browser(base)
        unknown = guess.go("/login", login="nobody", password="Wrong-Word-11", code="")[2]
        wrong = guess.go("/login", login="li", password="Wrong-Word-11", code="")[2]
        promise("unknown login and wrong password sound the same", "不对" in wrong and unknown.replace("nobody", "li") == wrong)
        for _ in range(4):
            guess.go("/login", login="li", password="Wrong-Word-11", code="")
        promise("after five failures even the right password waits", "登录已暂停" in guess.go("/login", login="li", password=fresh, code="")[2])
        admin.go("/logout", x="1")
        promise("logged out is out", admin.go("/people")[1] == "/login")
        done = subprocess.run([program, "audit", "verify", "--data", os.path.join(folder, "data")], capture_output=True, text=True)
        promise("the audit verifies", done.returncode == 0 and "全部相符" in done.stdout)
    finally:
        stop(server)
    code, words = fails(folder, "--demo")
    promise("the demo does not open a folder with accounts", code == 2 and "演示" in words)
    server, base, greeting = start(folder)
    promise("once there are accounts, everybody logs in", Browser(base).go("/imports")[1] == "/login")
    stop(server)
    base = sqlite3.connect(os.path.join(folder, "data", "junheng.sqlite"))
    base.execute("UPDATE audit_event SET object = '' WHERE number = 3")
    base.commit()
    base.close()
    done = subprocess.run([program, "audit", "verify", "--data", os.path.join(folder, "data")], capture_output=True, text=True)
    promise("a changed record is found and named", done.returncode == 3 and "第3条" in done.stderr)

sys.exit(1 if failures else 0)
