#!/bin/sh
# Waits until a BenchmarkRun has finished, prints the cause of its verdict, and exits with
#   0 Passed   1 Failed   2 Inconclusive   3 Error, or no verdict (timeout, no such run, no access)
# usage: ci-gate.sh RUN [NAMESPACE] [TIMEOUT]
set -u

if [ $# -lt 1 ]; then
  echo "usage: ci-gate.sh RUN [NAMESPACE] [TIMEOUT]" >&2
  exit 3
fi
run=benchmarkrun/$1
namespace=${2:-default}
timeout=${3:-1h}

kubectl wait "$run" -n "$namespace" --for=condition=Finished --timeout="$timeout" >&2 || exit 3
verdict=$(kubectl get "$run" -n "$namespace" -o 'jsonpath={.status.verdict}') || exit 3
message=$(kubectl get "$run" -n "$namespace" \
  -o 'jsonpath={.status.conditions[?(@.type=="Finished")].message}')
echo "$verdict: $message"

case $verdict in
  Passed) exit 0 ;;
  Failed) exit 1 ;;
  Inconclusive) exit 2 ;;
  *) exit 3 ;;
esac
