"""A small login service that speaks OpenID Connect, and lies on request."""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def written(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider:
    """`lie` names what is wrong with the next tokens; nothing when empty. Logs in whoever `user` says, without asking."""

    def __init__(self, folder, client, secret, algorithm="RS256"):
        self.client, self.secret, self.algorithm = client, secret, algorithm
        self.user = {"sub": "u-1", "preferred_username": "li", "name": "李科员"}
        self.lie = ""
        self.codes, self.asked = {}, []
        self.key = os.path.join(folder, f"{client}-{algorithm}.pem")
        self.wrong = self.key + ".wrong"
        for path in (self.key, self.wrong):
            make = ["genrsa", "-out", path, "2048"] if algorithm == "RS256" else ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path]
            subprocess.run(["openssl", *make], check=True, capture_output=True)
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                provider.asked.append(self.path)
                parts = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(parts.query))
                if parts.path == "/.well-known/openid-configuration":
                    self.say(200, provider.metadata())
                elif parts.path == "/keys":
                    self.say(200, {"keys": [provider.public()]})
                elif parts.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(query))
                    self.end_headers()
                else:
                    self.say(404, {})

            def do_POST(self):
                provider.asked.append(self.path)
                fields = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self.say(*provider.exchange(self.headers.get("Authorization", ""), fields))

            def say(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self):
        return {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize", "token_endpoint": self.issuer + "/token",
                "jwks_uri": self.issuer + "/keys", "token_endpoint_auth_methods_supported": ["client_secret_basic"]}

    def public(self):
        if self.algorithm == "RS256":
            text = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
            return {"kty": "RSA", "kid": "k1", "use": "sig", "alg": "RS256", "n": written(bytes.fromhex(text.strip().split("=")[1])), "e": "AQAB"}
        point = subprocess.run(["openssl", "ec", "-in", self.key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout[-64:]
        return {"kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": written(point[:32]), "y": written(point[32:])}

    def authorize(self, query):
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return query["redirect_uri"] + "?" + urllib.parse.urlencode({"code": code, "state": query["state"]})

    def exchange(self, authorization, fields):
        query = self.codes.pop(fields.get("code", ""), None)
        name = base64.b64encode(f"{urllib.parse.quote(self.client, safe='')}:{urllib.parse.quote(self.secret, safe='')}".encode()).decode()
        proof = written(hashlib.sha256(fields.get("code_verifier", "").encode()).digest())
        right = query and authorization == "Basic " + name and query["code_challenge"] == proof and query["code_challenge_method"] == "S256"
        if not right or fields["redirect_uri"] != query["redirect_uri"] or fields["grant_type"] != "authorization_code":
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.token(query["nonce"])}

    def token(self, nonce):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client, "iat": now, "exp": now + 300, "nonce": nonce, **self.user}
        head = {"alg": self.algorithm, "kid": "k1", "typ": "JWT"}
        if self.lie == "nonce":
            claims["nonce"] = "another"
        elif self.lie == "audience":
            claims["aud"] = "another"
        elif self.lie == "expired":
            claims.update(iat=now - 500, exp=now - 200)
        elif self.lie == "issuer":
            claims["iss"] = "https://another.example"
        elif self.lie == "none":
            head = {"alg": "none"}
        text = ".".join(written(json.dumps(part).encode()) for part in (head, claims))
        if self.lie == "none":
            return text + "."
        return text + "." + written(self.sign(text, self.wrong if self.lie == "signature" else self.key))

    def sign(self, text, key):
        made = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key], input=text.encode(), check=True, capture_output=True).stdout
        if self.algorithm == "RS256":
            return made
        numbers, place = [], 2
        for _ in range(2):
            length = made[place + 1]
            numbers.append(int.from_bytes(made[place + 2:place + 2 + length], "big").to_bytes(32, "big"))
            place += 2 + length
        return b"".join(numbers)

    def stop(self):
        self.server.shutdown()
