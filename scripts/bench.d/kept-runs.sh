# With thousands of finished and hundreds of waiting runs: the operator's memory, its writes while idle, and
# the time to the admission of the next run.
# shellcheck shell=bash

KEPT_FINISHED=${PODIUM_BENCH_FINISHED:-5000}
KEPT_WAITING=${PODIUM_BENCH_WAITING:-500}
KEPT_IDLE=${PODIUM_BENCH_IDLE:-600}

# The operator is not running while the runs are created, because it would start the first one. The image of
# the run a-front does not exist, so that it holds the slot and does not progress.
kept_runs() {
  local second
  kubectl delete benchmarkrun -n "$NAMESPACE" --all --wait=true --timeout=10m >&2
  kubectl scale deployment/podium -n "$SYSTEM" --replicas=0 >&2
  until_true 60 "the operator to be gone" no_operator
  kept_many kept "$KEPT_FINISHED" >"$OUT/kept.yaml"
  kept_many waits "$KEPT_WAITING" >"$OUT/waits.yaml"
  kept_status >"$OUT/kept-status.json"
  kubectl create -n "$NAMESPACE" -f "$OUT/kept.yaml" >/dev/null
  kubectl patch -n "$NAMESPACE" -f "$OUT/kept.yaml" --subresource=status --type=merge \
    --patch-file "$OUT/kept-status.json" >/dev/null
  kept_run a-front | kubectl create -n "$NAMESPACE" -f - >&2
  kubectl create -n "$NAMESPACE" -f "$OUT/waits.yaml" >/dev/null
  kubectl scale deployment/podium -n "$SYSTEM" --replicas=1 >&2
  kubectl rollout status deployment/podium -n "$SYSTEM" --timeout=5m >&2
  until_true 300 "all waiting runs to be Queued" kept_all_queued
  operator_pod
  for ((second = 0; second <= KEPT_IDLE; second += 30)); do
    process_of "$SYSTEM" "$POD"
    printf '%d %d %d\n' "$second" "$RSS" "$WORKING_SET"
    ((second != 60)) || kept_versions >"$OUT/kept-before.txt"
    sleep 30
  done >"$OUT/kept-memory.txt"
  kept_versions >"$OUT/kept-after.txt"
  note "$(awk -v finished="$KEPT_FINISHED" -v waiting="$KEPT_WAITING" '$2 > rss {rss = $2} $3 > set {set = $3}
    END {printf "with %d finished and %d waiting runs: operator, resident at most %.0f MiB, working set %.0f MiB",
      finished, waiting, rss / 1048576, set / 1048576}' "$OUT/kept-memory.txt")"
  note "  restarts of the operator: $(kubectl get -n "$SYSTEM" "$POD" -o 'jsonpath={.status.containerStatuses[0].restartCount}')"
  note "  runs written in $((KEPT_IDLE - 60)) s while idle: $(comm -13 "$OUT/kept-before.txt" "$OUT/kept-after.txt" | wc -l)"
  kept_next
  kubectl delete benchmarkrun -n "$NAMESPACE" --all --wait=false >&2
}

# Measures the time from the end of a-front to the admission of the next run, as observed by a watch.
kept_next() {
  watch "$OUT/kept-next.txt" '{.metadata.name} {.status.phase} {.status.startTime}' benchmarkrun -n "$NAMESPACE"
  kubectl patch benchmarkrun a-front -n "$NAMESPACE" --type=merge -p '{"spec":{"cancel":true}}' >&2
  until_true 60 "the next to be admitted" grep -q ' waits-0001 Preparing' "$OUT/kept-next.txt"
  unwatch
  note "$(awk '$2 == "a-front" && $3 == "Finished" && !finished {finished = $1}
    $2 == "waits-0001" && $3 == "Preparing" && !next_at {next_at = $1}
    END {printf "  from the end of the first run to the admission of the next: %.2f s", next_at - finished}' \
    "$OUT/kept-next.txt")"
}

no_operator() { [[ -z $(kubectl get pods -n "$SYSTEM" -l app.kubernetes.io/name=podium -o name) ]]; }

kept_all_queued() {
  (($(kubectl get benchmarkrun -n "$NAMESPACE" --field-selector status.phase=Queued -o name | wc -l) == KEPT_WAITING))
}

kept_versions() {
  kubectl get benchmarkrun -n "$NAMESPACE" \
    -o 'jsonpath={range .items[*]}{.metadata.name} {.metadata.resourceVersion}{"\n"}{end}' | grep -v '^a-front ' | sort
}

# Prints a number of runs: kept_many PREFIX COUNT
kept_many() {
  local index
  for ((index = 1; index <= $2; index++)); do
    kept_run "$(printf '%s-%04d' "$1" "$index")"
    echo ---
  done
}

# Prints a run of 15 kB, whose status will have 15 kB, too: kept_run NAME
kept_run() {
  local index text
  printf -v text '%0150d' 0
  printf 'apiVersion: podium.bench/v1alpha1\nkind: BenchmarkRun\nmetadata: {name: %s}\nspec:\n  targets:\n' "$1"
  for index in 1 2 3 4 5; do
    printf '    - {name: t%d, deploy: {image: "podium.invalid/nowhere:%d", env: [' "$index" "$index"
    printf '{name: SETTING_%d, value: "x'"$text"'"}, ' 1 2 3 4 5 6 7 8 9 10 11 12
    printf ']}}\n'
  done
  printf '  workload:\n    requests:\n'
  printf -v text '%0500d' 0
  printf '      - {name: r%d, method: POST, path: /, body: "'"$text"'"}\n' 1 2 3 4 5 6 7 8 9 10
  printf '  limits: {startTimeout: 30m}\n  deadline: 5h\n  cleanup: {pods: Always}\n  load: {workers: 1, stages: ['
  printf '{name: c%d, connections: 1, duration: 10s}, ' 1 2 3 4 5 6 7 8
  printf ']}\n'
}

kept_status() {
  local target stage text rows=()
  printf -v text '%0300d' 0
  for target in 1 2 3 4 5; do
    for stage in 1 2 3 4 5 6 7 8; do
      rows+=("{\"target\":\"t$target\",\"stage\":\"c$stage\",\"requests\":1000,\"sent\":1000,\"verdict\":\"Failed\",\"message\":\"$text\"}")
    done
  done
  printf '{"status":{"observedGeneration":1,"phase":"Finished","verdict":"Failed","startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T01:00:00Z","results":[%s]}}' \
    "$(IFS=,; echo "${rows[*]}")"
}
