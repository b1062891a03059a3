#!/bin/sh
# Database migrations, before a new version starts.
set -eu
for migration in mlflow/migrations/*.sql; do
  [ -e "$migration" ] || continue
  echo "Applying $migration"
  kubectl exec -n darwin -i deploy/mysql -- mysql darwin < "$migration"
done
