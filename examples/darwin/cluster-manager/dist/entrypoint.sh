#!/bin/sh
# Starts the cluster manager, which turns requests into Kubernetes objects.
set -eu
exec /cluster-manager --config /cluster-manager.yaml
