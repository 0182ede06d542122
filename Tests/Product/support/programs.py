"""A program that talks to the interface, and a receiver of events, for api.py."""

import hashlib
import hmac
import http.cookiejar
import http.server
import json
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


class Page:
    """A browser that knows forms and cookies."""

    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def go(self, path, headers=None, **fields):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            answer = self.opener.open(urllib.request.Request(self.base + path, data=data, headers=headers or {}))
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, urllib.parse.urlparse(answer.url).path, answer.read().decode()

    def token(self, name, duties, county="", school="", last="2099-01-01"):
        """A new token by the page; the page's text where there is none."""
        text = self.go("/tokens")[2]
        last = re.search(r'name="lastDay" value="([^"]+)"', text).group(1) if last == "2099-01-01" else last
        fields = {"name": name, "county": county, "school": school, "lastDay": last} | {f"duty-{duty}": "1" for duty in duties}
        text = self.go("/tokens", **fields)[2]
        found = re.search(r'<code class="token">([^<]+)</code>', text)
        return found.group(1) if found else text


class Refusal(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Program:
    """Asks the interface with a token. Every answer is checked to be JSON, a problem document, or a file."""

    def __init__(self, base, token=None):
        self.base = base
        self.token = token

    def ask(self, path, method=None, body=None, **headers):
        """Status, JSON or bytes, headers."""
        parts = urllib.parse.urlsplit(self.base + ("" if path.startswith("/api/") else "/api/v1") + path)
        url = parts._replace(path=urllib.parse.quote(parts.path, safe="/%"), query=urllib.parse.quote(parts.query, safe="=&%,-_")).geturl()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", "Bearer " + self.token)
        data = body
        if isinstance(body, (dict, list)):
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        method = method or ("GET" if body is None else "POST")
        try:
            answer = urllib.request.build_opener(Refusal).open(urllib.request.Request(url, data=data, headers=sent, method=method), timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        raw = answer.read()
        kind = answer.headers.get("Content-Type", "")
        return answer.status, json.loads(raw) if "json" in kind and raw else raw, answer.headers

    def post(self, path, body=None, **headers):
        return self.ask(path, "POST", body, **headers)

    def upload(self, name, content, path="/imports", **more):
        headers = more.pop("headers", {})
        edge = uuid.uuid4().hex
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in more.items()]
        body = ("".join(parts) + f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n').encode()
        body += (content.encode() if isinstance(content, str) else content) + f"\r\n--{edge}--\r\n".encode()
        return self.ask(path, "POST", body, Content_Type=f"multipart/form-data; boundary={edge}", **headers)

    def all(self, path):
        """Every item of a list, along its links."""
        items, pages = [], 0
        while path:
            status, answer, headers = self.ask(path)
            assert status == 200, answer
            items += answer["items"]
            pages += 1
            link = re.search(r'<([^>]+)>; rel="next"', headers.get("Link") or "")
            path = urllib.parse.unquote(link.group(1)) if link else None
        return items, pages


class Receiver:
    """Takes events and remembers them; answers as it is told."""

    def __init__(self, answers=(200,), slow=0.0, location=None):
        self.got = []
        self.answers = list(answers)
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.got.append((dict(self.headers), body))
                time.sleep(slow)
                code = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
                try:
                    self.send_response(code)
                    if location:
                        self.send_header("Location", location)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except BrokenPipeError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def signatures(headers):
    parts = [part.split("=", 1) for part in headers["Junheng-Signature"].split(",")]
    return dict(parts[:1])["t"], [value for name, value in parts if name == "v1"]


def is_signed(secret, headers, body):
    moment, signed = signatures(headers)
    right = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return right in signed and abs(time.time() - int(moment)) < 60
