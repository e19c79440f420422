# A hundred short runs, one after the other, and then nothing: whether any of them stalls, and what
# finished runs cost.
# shellcheck shell=bash

STEADY_RUNS=${PODIUM_BENCH_RUNS:-100}
IDLE_SECONDS=${PODIUM_BENCH_IDLE:-600}

# All are asked for at once; each has 2 steps of 1 s from 4 load pods.
steady() {
  local run names=()
  for ((run = 1; run <= STEADY_RUNS; run++)); do
    names+=("$(printf 'steady-%03d' "$run")")
    run_yaml "${names[-1]}" 4 1 1 16 32
    echo ---
  done >"$OUT/steady.yaml"
  kubectl delete benchmarkrun -n "$NAMESPACE" --all --wait=true --timeout=5m >&2
  kubectl create -n "$NAMESPACE" -f "$OUT/steady.yaml" >&2
  watch "$OUT/steady-progress.txt" '{.metadata.name} {.status.progress.step} {.status.progress.startAt}' \
    benchmarkrun -n "$NAMESPACE"
  for run in "${!names[@]}"; do
    kubectl wait -n "$NAMESPACE" --for=condition=Finished --timeout=10m "benchmarkrun/${names[run]}" >&2
    ((run + 1 != 20)) || note_working_set "after 20 runs"
  done
  unwatch
  note "$(kubectl get benchmarkrun -n "$NAMESPACE" -o 'jsonpath={range .items[*]}{.status.verdict}{"\n"}{end}' |
    sort | uniq -c | awk '{printf "%s%d %s", NR > 1 ? ", " : "steady: ", $1, $2} END {print ""}')"
  steady_gaps
  note_working_set "after $STEADY_RUNS runs"
  idle
  kubectl delete benchmarkrun -n "$NAMESPACE" --all --wait=false >&2
}

# Within each run from the end of the first load to the T0 of the second.
steady_gaps() {
  awk 'NF == 4 {print $2, $3, $4}' "$OUT/steady-progress.txt" | sort -u -k1,1 -k2,2n -k3,3 |
    while read -r name step at; do printf '%s %s %s\n' "$name" "$step" "$(epoch "$at")"; done |
    awk '{t[$1 " " $2] = $3; n[$1]} END {for (name in n) if ((name " 1") in t && (name " 2") in t)
      printf "%s %.3f\n", name, t[name " 2"] - t[name " 1"] - 1}' | sort >"$OUT/steady-gaps.txt"
  awk '{print $2}' "$OUT/steady-gaps.txt" | tee "$OUT/steady-seconds.txt" |
    note_times 'steady, from the last request to the next T0'
  note "  95 of 100 of them within $(percentile 95 <"$OUT/steady-seconds.txt") s"
}

# By the kernel's account, in its pod.
note_working_set() { # WHEN
  operator_pod
  process_of "$SYSTEM" "$POD"
  note "$(awk -v bytes="$WORKING_SET" -v when="$1" 'BEGIN {printf "operator, working set %s: %.0f MiB", when, bytes / 1048576}')"
}

# Whatever is written gets another version: of all runs, results and Events there must be none.
idle() {
  versions >"$OUT/steady-before.txt"
  sleep "$IDLE_SECONDS"
  versions >"$OUT/steady-after.txt"
  note "$(printf 'writes to %d finished runs, their results and Events in %d s: %d' "$STEADY_RUNS" "$IDLE_SECONDS" \
    "$(comm -13 <(sort "$OUT/steady-before.txt") <(sort "$OUT/steady-after.txt") | wc -l)")"
}

versions() {
  kubectl get benchmarkruns,configmaps,events,pods,jobs,deployments,services -n "$NAMESPACE" \
    -o 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid} {.metadata.resourceVersion}{"\n"}{end}' |
    grep /steady-
}
