"""What reaches the server before any page: web_safety.py PROGRAM. Prints `ok …` or `FAIL …`.

Headers of every answer, requests of two meanings, bodies and headers too large, methods not offered, slow clients.
"""

import io
import os
import re
import socket
import sys
import tempfile
import time
import urllib.parse
import zipfile

import docx
import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Server, end, promise, schools  # noqa: E402

program = sys.argv[1]


def raw(server, *pieces, wait=5.0, pause=0.0):
    """Bytes as they are, and all that comes back until the server closes or is silent."""
    address = urllib.parse.urlsplit(server.base)
    got = b""
    with socket.create_connection((address.hostname, address.port), timeout=wait) as link:
        try:
            for piece in pieces:
                link.sendall(piece)
                time.sleep(pause)
            while True:
                more = link.recv(65_536)
                if not more:
                    return got, True
                got += more
        except (TimeoutError, socket.timeout):
            return got, False
        except OSError:
            return got, True


def status(answer):
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found.group(1)) if found else None


def answers(answer):
    return len(re.findall(rb"HTTP/1\.1 \d+", answer))


with tempfile.TemporaryDirectory() as folder:
    server = Server(program, os.path.join(folder, "data"), None, "--demo", "--set", "idle-timeout-seconds=8", "--set", "body-limit-mb=1",
                    "--set", "header-limit-kb=8", "--set", "export-purpose=督导检查")
    try:
        head = b"Host: 127.0.0.1\r\n"
        # The first page computes the city; an answer slower than the idle time would be cut.
        wait_for = time.monotonic() + 120
        while time.monotonic() < wait_for and not raw(server, b"GET / HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n", wait=20)[0]:
            pass
        for path in (b"/", b"/nothing-here", b"/assets/junheng.css", b"/imports"):
            answer, _ = raw(server, b"GET " + path + b" HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n")
            fields = answer.split(b"\r\n\r\n")[0].decode("latin-1").lower()
            wanted = ("x-content-type-options: nosniff", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "referrer-policy: same-origin")
            # HSTS is for answers over https alone (RFC 6797, 7.2).
            promise(f"{path.decode()}: every safety header", all(word in fields for word in wanted) and "strict-transport-security" not in fields, fields)
            promise(f"{path.decode()}: a type with its charset, no inline script", "charset=utf-8" in fields and "unsafe-inline" not in fields)
        # Requests with two meanings: a server behind a proxy must not read another request out of one.
        inner = b"GET /audit HTTP/1.1\r\n" + head + b"\r\n"
        odd = {
            "length and chunks together": b"POST /visitor HTTP/1.1\r\n" + head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
            "two lengths": b"POST /visitor HTTP/1.1\r\n" + head + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner,
            "a length that is no number": b"POST /visitor HTTP/1.1\r\n" + head + b"Content-Length: +5\r\n\r\nhello",
            "an encoding nobody knows": b"POST /visitor HTTP/1.1\r\n" + head + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + inner,
            "a blank before the colon": b"POST /visitor HTTP/1.1\r\nHost : 127.0.0.1\r\nContent-Length : 3\r\n\r\nabc",
            "a chunk size that is no number": b"POST /visitor HTTP/1.1\r\n" + head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
            "a header folded over two lines": b"GET / HTTP/1.1\r\n" + head + b"X-A: one\r\n two\r\n\r\n",
            "a NUL in a header": b"GET / HTTP/1.1\r\n" + head + b"X-A: o\x00e\r\n\r\n",
            "no such protocol": b"GET / HTTP/9.9\r\n" + head + b"\r\n",
            "no request at all": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03",
        }
        for name, request in odd.items():
            answer, closed = raw(server, request, wait=20)
            good = (status(answer) in (400, 403, 413, 422, 431, 501, 505) or answer == b"") and closed and answers(answer) <= 1
            promise(f"{name}: refused, one answer at most, connection closed", good, status(answer), closed, answers(answer))
        answer, _ = raw(server, b"GET / HTTP/1.1\r\n" + head + b"X-Long: " + b"a" * 20_000 + b"\r\n\r\n")
        promise("headers too large are refused", status(answer) in (400, 431) or answer == b"", status(answer))
        answer, _ = raw(server, b"GET /?q=" + b"a" * 20_000 + b" HTTP/1.1\r\n" + head + b"\r\n")
        promise("so is an address too long", status(answer) in (400, 414, 431) or answer == b"", status(answer))
        for method in (b"TRACE", b"CONNECT", b"PUT", b"DELETE", b"PROPFIND"):
            answer, _ = raw(server, method + b" / HTTP/1.1\r\n" + head + b"Connection: close\r\nX-Mark: mirror\r\n\r\n")
            promise(f"{method.decode()} is not offered", status(answer) in (400, 403, 404, 405, 501) and b"mirror" not in answer, status(answer))
        big = b"POST /visitor HTTP/1.1\r\n" + head + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000000\r\n\r\n"
        answer, _ = raw(server, big + b"a" * 100_000)
        promise("a body announced too large is refused before it comes", status(answer) == 413, status(answer))
        chunks = b"POST /visitor HTTP/1.1\r\n" + head + b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        answer, _ = raw(server, chunks + (b"8000\r\n" + b"a" * 0x8000 + b"\r\n") * 4 + b"0\r\n\r\n")
        promise("so is one that comes in pieces without saying", status(answer) in (413, 422), status(answer))
        # Slow clients: those that say nothing are cut, others are served meanwhile.
        begun = time.monotonic()
        _, closed = raw(server, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half", wait=30)
        promise("half a request and silence is cut", closed and time.monotonic() - begun < 25, time.monotonic() - begun)
        address = urllib.parse.urlsplit(server.base)
        idle = [socket.create_connection((address.hostname, address.port)) for _ in range(200)]
        begun = time.monotonic()
        code, _, _ = server.ask("/standards")
        promise("two hundred silent connections do not stop the others", code == 200 and time.monotonic() - begun < 10)
        for link in idle:
            link.close()
        # A folder name of the server never comes out.
        for path in ("/assets/../../../../etc/passwd", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/templates/..%2f..%2fetc%2fpasswd", "/.git/config", "/assets/%00"):
            answer, _ = raw(server, b"GET " + path.encode() + b" HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n")
            promise(f"{path} leads nowhere", status(answer) in (400, 404) and b"root:" not in answer, status(answer))
        # Whoever takes a file away is written on it.
        cookie = {"Cookie": "junheng-visitor=city-leader"}

        def taken(path):
            import urllib.request
            request = urllib.request.Request(server.base + urllib.parse.quote(path, safe="/?&=%"), headers=cookie)
            return urllib.request.urlopen(request, timeout=120).read()

        county = re.search(r'href="/counties/([^/?"]+)', server.ask("/?year=2025")[1]).group(1)
        county = urllib.parse.unquote(county)
        data = taken(f"/counties/{county}/schools?t=schools&export=xlsx")
        book = openpyxl.load_workbook(io.BytesIO(data))
        words = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]
        promise("a workbook says who took it, when and for what, on the sheet",
                any("导出：市级领导" in w and "用途：督导检查" in w and re.search(r"20\d\d年", w) for w in words), words[-3:])
        promise("under every printed page", "市级领导" in (book.active.oddFooter.left.text or ""), book.active.oddFooter.left.text)
        promise("and among its properties", "市级领导" in (book.properties.description or ""), book.properties.description)
        data = taken(f"/counties/{county}/schools?t=schools&export=xlsx&purpose=" + "专项核查&审计")
        words = [str(cell) for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True) for cell in row if cell]
        promise("with the purpose somebody states", any("用途：专项核查" in w for w in words), words[-3:])
        book = openpyxl.load_workbook(io.BytesIO(taken(f"/counties/{county}/shortfalls.xlsx")))
        promise("every sheet of a book says it", all(any("导出：市级领导" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell) for sheet in book))
        document = docx.Document(io.BytesIO(taken(f"/counties/{county}/report.docx")))
        feet = [p.text for section in document.sections for footer in (section.footer, section.even_page_footer) for p in footer.paragraphs]
        promise("a document says it under odd and even pages", sum("导出：市级领导" in text and "督导检查" in text for text in feet) == 2, feet)
        import subprocess
        with open(os.path.join(folder, "report.pdf"), "wb") as file:
            file.write(taken(f"/counties/{county}/report.pdf"))
        pages = subprocess.run(["pdftotext", os.path.join(folder, "report.pdf"), "-"], capture_output=True, text=True).stdout.split("\f")[:-1]
        promise("a PDF says it on every page", len(pages) > 0 and all("导出：市级领导" in page.replace(" ", "") for page in pages), len(pages), pages[0][-200:])
    finally:
        server.stop()

end()
