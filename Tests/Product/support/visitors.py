"""People with browsers, for the suites beside this folder."""

import http.cookiejar
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request


class Browser:
    """Somebody's browser: cookies, no JavaScript."""

    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path, fields):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        parts = urllib.parse.urlsplit(self.base + path)
        url = parts._replace(path=urllib.parse.quote(parts.path), query=urllib.parse.quote(parts.query, safe="=&%")).geturl()
        try:
            return self.opener.open(urllib.request.Request(url, data=data), timeout=60)
        except urllib.error.HTTPError as error:
            return error

    def go(self, path, **fields):
        """Status, final path and text of a page; with fields a form is posted."""
        answer = self.ask(path, fields)
        return answer.status, urllib.parse.urlparse(answer.url).path, answer.read().decode()

    def raw(self, path, **fields):
        return self.ask(path, fields).read()


def served(program, data, *more):
    """A server, its address and what it said."""
    server = subprocess.Popen(
        [program, "serve", "--data", data, "--port", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = ""
    for line in server.stdout:
        lines += line
        if "登录" in line or "安装码" in line or "只供本机" in line:
            break
    return server, re.search(r"http://\S+", lines).group(0), lines


def stop(server):
    server.terminate()
    server.wait(30)
