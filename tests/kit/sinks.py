"""Places on loopback that messages are sent to: a mail server and a web server that keep what comes."""

from __future__ import annotations

import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@contextmanager
def mail_sink(
    tls: ssl.SSLContext | None = None, *, from_the_start: bool = False
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A mail server that takes everything and keeps it; with `tls` after STARTTLS, or from the first byte."""
    letters = []

    class Handler(socketserver.StreamRequestHandler):
        def encrypt(self):
            self.request = self.connection = tls.wrap_socket(self.request, server_side=True)
            self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

        def handle(self):
            with suppress(OSError):
                if tls and from_the_start:
                    self.encrypt()
                self.talk(secret=bool(tls and from_the_start))

        def talk(self, *, secret):
            self.wfile.write(b"220 sink\r\n")
            commands, data, reading = [], [], False
            while raw := self.rfile.readline():
                line = raw.rstrip(b"\r\n")
                if reading:
                    if line == b".":
                        reading = False
                        letters.append({"commands": "\n".join(commands), "data": b"\n".join(data), "secret": secret})
                        self.wfile.write(b"250 kept\r\n")
                    else:
                        data.append(line)
                    continue
                commands.append(
                    line.decode().partition(" size=")[0].replace("mail FROM", "MAIL FROM").replace("rcpt TO", "RCPT TO")
                )
                verb = line[:4].upper()
                if verb == b"EHLO" and tls and not secret:
                    self.wfile.write(b"250-sink\r\n250 STARTTLS\r\n")
                    continue
                if verb == b"STAR" and tls and not secret:
                    self.wfile.write(b"220 go on\r\n")
                    self.encrypt()
                    secret = True
                    continue
                reading = verb == b"DATA"
                self.wfile.write(b"354 go on\r\n" if reading else b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                if verb == b"QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1], letters
        server.shutdown()


def self_signed(place: Path, *, name: str = "IP:127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server's context and the file of its certificate, which nobody signed but itself."""
    key, certificate = place / "key.pem", place / "certificate.pem"
    asked = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=mail.invalid",
    ]
    asked += ["-addext", f"subjectAltName={name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(asked, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


@contextmanager
def web_sink(answers: Sequence[int]) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A web server that keeps what it is sent and answers in turn, in the end always with the last answer."""
    asked, left = [], list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
