# A hundred consecutive short runs, and then an idle time: whether a run stalls, and the cost of finished runs.
# shellcheck shell=bash

STEADY_RUNS=${PODIUM_BENCH_RUNS:-100}
IDLE_SECONDS=${PODIUM_BENCH_IDLE:-600}

# All runs are created at once; each has 2 steps of 1 s from 4 workers.
steady() {
  local run names=()
  for ((run = 1; run <= STEADY_RUNS; run++)); do
    names+=("$(printf 'steady-%03d' "$run")")
    run_yaml "${names[-1]}" 4 1 1 16 32
    echo ---
  done >"$OUT/steady.yaml"
  kubectl delete benchmarkrun -n "$NAMESPACE" --all --wait=true --timeout=5m >&2
  kubectl create -n "$NAMESPACE" -f "$OUT/steady.yaml" >&2
  watch "$OUT/steady-progress.txt" '{.metadata.name} {.status.progress.step} {.status.progress.attempt.startAt}' \
    benchmarkrun -n "$NAMESPACE"
  for run in "${!names[@]}"; do
    kubectl wait -n "$NAMESPACE" --for=condition=Finished --timeout=10m "benchmarkrun/${names[run]}" >&2
    ((run + 1 != 20)) || note_working_set "after 20 runs"
  done
  unwatch
  note "$(kubectl get benchmarkrun -n "$NAMESPACE" -o 'jsonpath={range .items[*]}{.status.verdict}{"\n"}{end}' |
    sort | uniq -c | awk '{printf "%s%d %s", (NR > 1 ? ", " : "steady: "), $1, $2} END {print ""}')"
  steady_gaps
  note_working_set "after $STEADY_RUNS runs"
  until_true 60 "the pods of the last run to be gone" no_pods
  idle
  kubectl delete benchmarkrun -n "$NAMESPACE" --all --wait=false >&2
}

# Prints for each run the time from the end of the first load to T0 of the second.
steady_gaps() {
  awk 'NF == 4 {print $2, $3, $4}' "$OUT/steady-progress.txt" | sort -u -k1,1 -k2,2n -k3,3 |
    while read -r name step at; do printf '%s %s %s\n' "$name" "$step" "$(epoch "$at")"; done |
    awk '{t[$1 " " $2] = $3; n[$1]} END {for (name in n) if ((name " 1") in t && (name " 2") in t)
      printf "%s %.3f\n", name, t[name " 2"] - t[name " 1"] - 1}' | sort >"$OUT/steady-gaps.txt"
  awk '{print $2}' "$OUT/steady-gaps.txt" | tee "$OUT/steady-seconds.txt" |
    note_times 'steady, from the last request to the next T0'
  note "  95 of 100 of them within $(percentile 95 <"$OUT/steady-seconds.txt") s"
}

# Read from the kernel in the operator's pod.
note_working_set() { # WHEN
  operator_pod
  process_of "$SYSTEM" "$POD"
  note "$(awk -v bytes="$WORKING_SET" -v when="$1" 'BEGIN {printf "operator, working set %s: %.0f MiB", when, bytes / 1048576}')"
}

no_pods() { [[ -z $(kubectl get pods -n "$NAMESPACE" -o name) ]]; }

# Counts all writes to the API server, except for heartbeats of nodes and leaders.
idle() {
  writes >"$OUT/steady-before.txt"
  sleep "$IDLE_SECONDS"
  writes >"$OUT/steady-after.txt"
  note "$(awk -v runs="$STEADY_RUNS" -v seconds="$IDLE_SECONDS" 'NR == FNR {before[$1] = $2; next}
    $2 > before[$1] {all += $2 - before[$1]; which = which sprintf(" %s %d", $1, $2 - before[$1])}
    END {printf "writes with %d finished runs in %d s: %d%s", runs, seconds, all, which}' \
    "$OUT/steady-before.txt" "$OUT/steady-after.txt")"
}

# Prints the writes by resource since the start of the API server.
writes() {
  kubectl get --raw /metrics |
    sed -n 's/^apiserver_request_total{\(.*\)} \(.*\)$/\1 \2/p' | grep -E 'verb="(POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)"' |
    sed 's/.*resource="\([^"]*\)".*subresource="\([^"]*\)".* \(.*\)$/\1\/\2 \3/' |
    awk '$1 !~ /^(leases|nodes|tokenreviews|subjectaccessreviews)\// {n[$1] += $2} END {for (what in n) print what, n[what]}' | sort
}
