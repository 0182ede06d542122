"""Somebody at a browser without scripts, code generators and pictures phones read."""

import base64
import ctypes
import hashlib
import hmac
import http.cookiejar
import re
import struct
import time
import urllib.error
import urllib.parse
import urllib.request


class Browser:
    def __init__(self, base, agent="Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0"):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.opener.addheaders = [("User-Agent", agent)]

    def go(self, path, press=False, **fields):
        """Status, final path with its query, and text of a page; with fields, or a button without any, a form is posted."""
        data = urllib.parse.urlencode(fields).encode() if fields or press else None
        url = path if path.startswith("http") else self.base + path
        try:
            answer = self.opener.open(urllib.request.Request(url, data=data), timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        parts = urllib.parse.urlsplit(answer.url)
        return answer.status, parts.path + ("?" + parts.query if parts.query else ""), answer.read().decode()

    def enter(self, path):
        """As `go`, and on from the page that says that one is entering."""
        status, place, text = self.go(path)
        found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
        return self.go(found.group(1).replace("&amp;", "&")) if found else (status, place, text)


def code(secret, steps=0):
    """The code of a generator (RFC 6238), some steps from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    place = digest[19] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7fffffff) % 10 ** 6:06d}"


def secret(text):
    """The secret a page shows in groups of four."""
    return re.search(r'class="secret">([A-Z2-7 ]+)<', text).group(1).replace(" ", "")


def scanned(text):
    """What a phone reads from the QR code of a page: the SVG's squares through the library zbar."""
    width = int(re.search(r'class="square" viewBox="0 0 (\d+)', text).group(1))
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)v1", re.search(r'<path d="([^"]+)" fill="#000"', text).group(1))
    scale = 6
    side = width * scale
    pixels = bytearray(b"\xff" * side * side)
    for x, y, length in ((int(a), int(b), int(c)) for a, b, c in strokes):
        for row in range(y * scale, (y + 1) * scale):
            pixels[row * side + x * scale:row * side + (x + length) * scale] = b"\0" * (length * scale)
    zbar = ctypes.CDLL("libzbar.so.0")
    for name in ("zbar_image_scanner_create", "zbar_image_create", "zbar_image_first_symbol"):
        getattr(zbar, name).restype = ctypes.c_void_p
    zbar.zbar_symbol_get_data.restype = ctypes.c_char_p
    scanner = ctypes.c_void_p(zbar.zbar_image_scanner_create())
    image = ctypes.c_void_p(zbar.zbar_image_create())
    held = ctypes.create_string_buffer(bytes(pixels), len(pixels))
    zbar.zbar_image_set_format(image, ctypes.c_ulong(int.from_bytes(b"Y800", "little")))
    zbar.zbar_image_set_size(image, side, side)
    zbar.zbar_image_set_data(image, held, ctypes.c_ulong(len(pixels)), None)
    zbar.zbar_scan_image(scanner, image)
    symbol = zbar.zbar_image_first_symbol(image)
    return zbar.zbar_symbol_get_data(ctypes.c_void_p(symbol)).decode() if symbol else ""
