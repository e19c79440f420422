# Functions shared by the sections: create and watch runs, and summarise results; to be sourced.
# shellcheck shell=bash

NAMESPACE=podium-bench
OUT=$ROOT/target/bench/$(date -u +%Y%m%dT%H%M%SZ)

# Adds a line to the summary.
note() { printf '%s\n' "$*" | tee -a "$OUT/summary.txt"; }

# Prints a run of gin and chi alternately, with ENGINE (default: Wrk; with Vegeta CONNECTIONS are rates):
# run_yaml NAME WORKERS TARGETS SECONDS CONNECTIONS...
run_yaml() {
  local name=$1 workers=$2 targets=$3 seconds=$4 i load=connections
  local images=(podium/target-chi:5.5.0 podium/target-gin:1.12.0)
  [[ ${ENGINE:-Wrk} == Wrk ]] || load=rate
  shift 4
  printf 'apiVersion: podium.bench/v1alpha1\nkind: BenchmarkRun\nmetadata: {name: %s}\nspec:\n  targets:\n' "$name"
  for ((i = 1; i <= targets; i++)); do
    printf '    - {name: t%d, deploy: {image: "%s"}, readiness: {path: /healthz}}\n' "$i" "${images[i % 2]}"
  done
  cat <<YAML
  workload:
    requests: [{name: plaintext, path: /plaintext}]
  # No attempt is discarded for its start skew, which is measured here.
  limits: {maxStartSkew: 10s, attempts: 10}
  load:
    engine: ${ENGINE:-Wrk}
    workers: $workers
    cooldown: 0s
    stages:
YAML
  for ((i = 1; i <= $#; i++)); do
    printf '      - {name: s%02d, %s: %d, duration: %ds}\n' "$i" "$load" "${!i}" "$seconds"
  done
}

# Waits for a command to succeed: until_true SECONDS WHAT COMMAND...
until_true() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    ((SECONDS < deadline)) || die "timed out waiting for $what"
    sleep 0.05
  done
}

# Deletes a run and waits until its pods are gone: remove_run NAME
remove_run() {
  kubectl delete benchmarkrun "$1" -n "$NAMESPACE" --ignore-not-found --wait=true --timeout=2m >/dev/null
  kubectl wait pod -n "$NAMESPACE" -l "podium.bench/run=$1" --for=delete --timeout=2m >/dev/null
}

# Creates the run of $OUT/NAME.yaml: start_run NAME
start_run() {
  remove_run "$1"
  kubectl apply -n "$NAMESPACE" -f "$OUT/$1.yaml" >&2
}

await_run() { # NAME MINUTES
  kubectl wait -n "$NAMESPACE" --for=condition=Finished "--timeout=${2}m" "benchmarkrun/$1" >&2
  kubectl get benchmarkrun "$1" -n "$NAMESPACE" -o yaml >"$OUT/$1-run.yaml"
}

# Prints count, minimum, median and maximum of the numbers on standard input, one per line.
spread() {
  sort -n | awk '{v[NR] = $1}
    END {m = NR % 2 ? v[(NR+1)/2] : (v[NR/2] + v[NR/2+1]) / 2; print NR + 0, v[1] + 0, m + 0, v[NR] + 0}'
}

# Summarises times in seconds on standard input: note_times WHAT
note_times() {
  local n min median max
  read -r n min median max < <(spread)
  note "$(printf '%s: %d times, min %.2f s, median %.2f s, max %.2f s' "$1" "$n" "$min" "$median" "$max")"
}

# Prints a percentile of the numbers on standard input: percentile PERCENT
percentile() {
  sort -n | awk -v percent="$1" '{v[NR] = $1} END {i = int((NR * percent + 99) / 100); print v[i < 1 ? 1 : i] + 0}'
}

# Prints a Kubernetes timestamp as seconds since the epoch.
epoch() { date -d "$1" +%s.%N; }

# Writes each change of a resource to a file, with the time of its observation, until `unwatch`:
# watch FILE JSONPATH RESOURCE...
WATCHES=()
watch() {
  local file=$1 path=$2 pipe=$1.pipe line
  shift 2
  mkfifo "$pipe"
  kubectl get "$@" --watch -o "jsonpath=$path{\"\\n\"}" >"$pipe" &
  WATCHES+=($!)
  while read -r line; do
    printf '%s %s\n' "$EPOCHREALTIME" "$line"
  done <"$pipe" >"$file" &
  until_true 30 "the first output of $*" test -s "$file"
  rm "$pipe"
}

unwatch() {
  ((${#WATCHES[@]} == 0)) || kill "${WATCHES[@]}" 2>/dev/null || true
  WATCHES=()
}

# Process id of an operator that a section runs as a local process; empty for none.
OPERATOR=

trap 'unwatch; [[ -z $OPERATOR ]] || kill "$OPERATOR" 2>/dev/null || true' EXIT

# Whether this number of workers of a run is running. Sets PODS to them: workers_run RUN COUNT
workers_run() {
  mapfile -t PODS < <(kubectl get pods -n "$NAMESPACE" -l "podium.bench/run=$1,podium.bench/role=worker" \
    --field-selector status.phase=Running -o name)
  ((${#PODS[@]} == $2))
}
