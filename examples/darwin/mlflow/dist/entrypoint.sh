#!/bin/sh
# Starts the experiment store.
set -eu
exec mlflow server --host 0.0.0.0 --port "${MLFLOW_PORT:-5000}" --backend-store-uri "$MLFLOW_STORE"
