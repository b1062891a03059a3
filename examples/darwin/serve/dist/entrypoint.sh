#!/bin/sh
# Starts the model server.
set -eu
exec python3 -m serve --config /serve.yaml --port "${SERVE_PORT:-8080}"
