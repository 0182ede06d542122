"""The server speaking TLS itself: tls.py PROGRAM. Prints `ok …` or `FAIL …`."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import end, greeting, promise, wait  # noqa: E402

program = sys.argv[1]


def certificate(folder, name, days):
    """A certificate of our own for 127.0.0.1, with its key."""
    pem, key = (os.path.join(folder, f"{name}.{kind}") for kind in ("pem", "key"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", str(days), "-subj",
                    f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", pem], check=True, capture_output=True)
    return pem, key


class Server:
    def __init__(self, data, *options):
        self.log = data + ".log"
        self.process = subprocess.Popen([program, "serve", "--data", data, "--port", "0", *options], stdout=subprocess.PIPE,
                                        stderr=open(self.log, "a"), stdin=subprocess.DEVNULL, text=True)
        self.told = greeting(self.process, "安装码", "不需要登录", "演示用户")
        self.base = re.search(r"https?://\S+", self.told[self.told.index("均衡已启动"):]).group(0)
        self.port = int(self.base.rsplit(":", 1)[1])

    def connect(self, trusted):
        link = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=ssl.create_default_context(cafile=trusted))
        link.connect()
        return link

    def says(self, word):
        return wait(lambda: word in open(self.log).read(), 10)

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)


def get(link, path):
    link.request("GET", path)
    answer = link.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def name(link):
    return dict(pair[0] for pair in link.sock.getpeercert()["subject"])["commonName"]


def free_port():
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return link.getsockname()[1]


def behind_nginx(folder, pem, key):
    """The guide's own nginx example, but for addresses and files."""
    server = Server(os.path.join(folder, "behind"), "--accounts", "--set", "trusted-proxies=127.0.0.1")
    plain, secure = free_port(), free_port()
    text = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Docs", "guide", "nginx.conf")).read()
    for old, new in (("listen 80;", f"listen 127.0.0.1:{plain};"), ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
                     ("/etc/ssl/certs/balance.pem", pem), ("/etc/ssl/private/balance.key", key), ("127.0.0.1:8080;", f"127.0.0.1:{server.port};")):
        promise(f"the nginx example says “{old}”", text.count(old) == 1)
        text = text.replace(old, new)
    top = os.path.join(folder, "nginx")
    os.mkdir(top)
    with open(os.path.join(top, "nginx.conf"), "w") as file:
        user = "user root;" if os.geteuid() == 0 else ""
        file.write(f"{user}\npid {top}/pid;\nerror_log {top}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n"
                   + "".join(f"{kind}_temp_path {top}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) + text + "\n}\n")
    nginx = subprocess.Popen([shutil.which("nginx", path="/usr/sbin:/usr/bin:" + os.environ["PATH"]), "-p", top, "-c", top + "/nginx.conf", "-g", "daemon off;"],
                             stderr=subprocess.DEVNULL)
    try:
        def reached():
            try:
                socket.create_connection(("127.0.0.1", secure), 1).close()
                return True
            except OSError:
                return False
        promise("nginx takes the example", wait(reached, 10))
        link = http.client.HTTPConnection("127.0.0.1", plain, timeout=10)
        link.request("GET", "/imports?year=2025")
        answer = link.getresponse()
        promise("it leads from http to https", answer.status == 301 and answer.headers["Location"] == f"https://127.0.0.1:{plain}/imports?year=2025", answer.headers["Location"])
        link = http.client.HTTPSConnection("127.0.0.1", secure, timeout=20, context=ssl.create_default_context(cafile=pem))
        status, headers, _ = get(link, "/healthz")
        promise("pages come through it, with HSTS", status == 200 and "max-age" in headers.get("Strict-Transport-Security", ""), status, dict(headers))
        promise("the metrics do not", get(link, "/metrics")[0] == 404)
        code = re.search(r"安装码：(\w+)", server.told).group(1)
        fields = {"login": "ops.admin", "name": "管理员", "code": code, "password": "Xun-huan7-Qiao", "again": "Xun-huan7-Qiao"}
        link.request("POST", "/setup", urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded",
                                                                        "Origin": f"https://127.0.0.1:{secure}"})
        answer = link.getresponse()
        promise("a form sent from its pages is taken, the cookie is for https alone", answer.status == 303 and "Secure" in answer.headers.get("Set-Cookie", ""),
                answer.status, answer.read()[-300:])
    finally:
        nginx.terminate()
        nginx.wait()
        server.stop()


with tempfile.TemporaryDirectory() as folder:
    pem, key = certificate(folder, "first", 90)
    other, other_key = certificate(folder, "second", 90)
    server = Server(os.path.join(folder, "data"), "--accounts", "--tls-certificate", pem, "--tls-key", key)
    try:
        promise("the server tells an https address", server.base.startswith("https://127.0.0.1"), server.told)
        link = server.connect(pem)
        status, headers, _ = get(link, "/healthz")
        promise("it answers whoever trusts its certificate", status == 200 and name(link) == "first")
        promise("and tells browsers to come by https only", headers["Strict-Transport-Security"] == "max-age=31536000", dict(headers))
        try:
            server.connect(other)
            promise("whoever trusts another does not get through", False)
        except ssl.SSLCertVerificationError:
            promise("whoever trusts another does not get through", True)
        plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            plain.request("GET", "/healthz")
            spoken = plain.getresponse().status
        except (http.client.HTTPException, OSError):
            spoken = None
        promise("plain HTTP is not answered", spoken is None, spoken)
        old = ssl.create_default_context(cafile=pem)
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        try:
            http.client.HTTPSConnection("127.0.0.1", server.port, timeout=10, context=old).connect()
            refusal = "none"
        except ssl.SSLError as error:
            refusal = error.reason or ""
        # The server's own alert, not this side's lack of old protocols.
        promise("TLS 1.1 is refused by the server", "ALERT_PROTOCOL_VERSION" in refusal, refusal)

        code = re.search(r"安装码：(\w+)", server.told).group(1)
        fields = {"login": "ops.admin", "name": "管理员", "code": code, "password": "Xun-huan7-Qiao", "again": "Xun-huan7-Qiao"}
        link.request("POST", "/setup", urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = link.getresponse()
        answer.read()
        cookie = answer.headers.get("Set-Cookie", "")
        promise("the session's cookie is for https alone", answer.status == 303 and "Secure" in cookie and "HttpOnly" in cookie, answer.status, cookie)

        # Renewal.
        for source, target in ((other, pem), (other_key, key)):
            os.replace(source, target)
        server.process.send_signal(signal.SIGHUP)
        promise("SIGHUP takes a renewed certificate", server.says("certificate taken anew") and name(server.connect(pem)) == "second")
        promise("connections that were open stay open", get(link, "/healthz")[0] == 200)
        whole = open(pem).read()
        with open(pem, "w") as file:
            file.write(whole[:200])
        server.process.send_signal(signal.SIGHUP)
        told = server.says("the old one holds on")
        with open(pem, "w") as file:
            file.write(whole)
        promise("a certificate that cannot be used leaves the old one", told and name(server.connect(pem)) == "second")
        promise("SIGTERM ends the server well", server.stop() == 0)
    finally:
        server.process.kill()

    def refused(*options):
        run = subprocess.run([program, "serve", "--data", os.path.join(folder, "none"), "--port", "0", *options], capture_output=True, text=True, timeout=60)
        return run.returncode, run.stderr

    other_pem, other_pem_key = certificate(folder, "proxy", 90)
    stranger, stranger_key = certificate(folder, "stranger", 90)
    code, told = refused("--tls-certificate", pem, "--tls-key", stranger_key)
    promise("a key of another certificate stops the start, in words", code == 2 and "不是证书" in told, code, told)
    code, told = refused("--tls-certificate", pem)
    promise("a certificate without a key too", code == 2 and "要一起写" in told, code, told)
    code, told = refused("--tls-certificate", pem, "--tls-key", os.path.join(folder, "nowhere"))
    promise("and a file that is not there", code == 2 and "读不了" in told, code, told)

    behind_nginx(folder, other_pem, other_pem_key)

    short, short_key = certificate(folder, "short", 5)
    def doctor(certificate, key):
        return subprocess.run([program, "doctor", "--data", os.path.join(folder, "data"), "--set", f"tls-certificate={certificate}", "--set",
                               f"tls-key={key}"], capture_output=True, text=True).stdout
    promise("the doctor warns of a certificate about to end", "warn\t证书：还有4天" in doctor(short, short_key), doctor(short, short_key))
    promise("and finds the other one good", "ok\t证书：" in doctor(pem, key), doctor(pem, key))

end()
