"""Compute service: answers /health and keeps the clusters that were asked for."""
import argparse
import http.server
import json


class Scheduler:
    def __init__(self):
        self.clusters = {}
        self.ready = False

    def start(self):
        self.ready = True

    def terminate(self, name):
        del self.clusters[name]


scheduler = Scheduler()


def health():
    return 200, {"status": "up"}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = health() if self.path == "/health" else (404, {})
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", required=True)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    server = http.server.ThreadingHTTPServer(("", port), Handler)
    scheduler.start()
    server.serve_forever()
