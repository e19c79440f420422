# Measures the overhead of Podium for a load of 3 s from 4 workers, with images on the nodes.
# shellcheck shell=bash

RUNS=${PODIUM_BENCH_RUNS:-20}

overhead() {
  local run
  : >"$OUT/overhead.txt"
  for ((run = 1; run <= RUNS; run++)); do
    overhead_of "overhead-$run"
  done
  awk '{print $1}' "$OUT/overhead.txt" | note_times 'from kubectl apply to the first request'
  awk '{print $2}' "$OUT/overhead.txt" | note_times 'from the end of the load to Finished'
}

overhead_of() { # NAME
  local name=$1 applied finished at
  run_yaml "$name" 4 1 3 64 >"$OUT/$name.yaml"
  remove_run "$name"
  applied=$EPOCHREALTIME
  kubectl apply -n "$NAMESPACE" -f "$OUT/$name.yaml" >&2
  # T0 is removed from the status when the run finishes.
  watch "$OUT/$name-progress.txt" '{.status.progress.attempt.startAt},{.status.completionTime}' \
    benchmarkrun "$name" -n "$NAMESPACE"
  await_run "$name" 5
  until_true 10 "$name: the watch event of its end" grep -q ',.*Z$' "$OUT/$name-progress.txt"
  unwatch
  finished=$(awk -F'[ ,]' '$3 != "" {print $1; exit}' "$OUT/$name-progress.txt")
  at=$(epoch "$(awk -F'[ ,]' '$2 != "" {at = $2} END {print at}' "$OUT/$name-progress.txt")")
  awk -v applied="$applied" -v t0="$at" -v finished="$finished" \
    'BEGIN {printf "%.3f %.3f\n", t0 - applied, finished - (t0 + 3)}' >>"$OUT/overhead.txt"
  remove_run "$name"
}
