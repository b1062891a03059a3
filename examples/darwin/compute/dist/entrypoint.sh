#!/bin/sh
# Starts the compute service: clusters of Ray nodes on request.
set -eu
exec python3 /compute.py --config /compute.yaml --port "${COMPUTE_PORT:-8000}"
