#!/bin/sh
# Deploys the platform into the cluster of the current kubectl context.
set -eu
helm upgrade --install darwin ./helm/darwin -n darwin --create-namespace --wait --timeout 600s
kubectl get pods -n darwin
