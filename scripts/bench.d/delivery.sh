# shellcheck shell=bash

delivery() {
  local run
  for run in 1 2 3; do
    delivery_run "delivery-$run"
  done
  note "$(cat "$OUT"/delivery-?-counts.txt | awk '{steps += $1; off += $2; late += $3} END {
    printf "commands to 20 workers, %d steps: %d attempts aborted, %d times a worker late for T0", steps, off, late}')"
  cat "$OUT"/delivery-?-seconds.txt | note_times 'from scheduling an attempt to the last of 20 workers armed'
}

# Runs 100 steps of 1 s.
delivery_run() { # NAME
  local name=$1 steps attempts late
  # shellcheck disable=SC2046 # several words
  run_yaml "$name" 20 5 1 $(printf '20 %.0s' {1..20}) >"$OUT/$name.yaml"
  start_run "$name"
  watch "$OUT/$name-progress.txt" '{.status.progress.step} {.status.progress.attempt.number} {.status.progress.attempt.scheduledAt}' \
    benchmarkrun "$name" -n "$NAMESPACE"
  until_true 120 "$name: 20 workers" workers_run "$name" 20
  # Logs are followed, because pods that end slowly are deleted at the end of the run.
  kubectl logs -n "$NAMESPACE" -l "podium.bench/run=$name,podium.bench/role=worker" \
    --follow --tail=-1 --max-log-requests=20 >"$OUT/$name.log" &
  WATCHES+=($!)
  await_run "$name" 30
  unwatch
  steps=$(kubectl get benchmarkrun "$name" -n "$NAMESPACE" \
    -o 'jsonpath={range .status.results[*]}{.requests}{"\n"}{end}' | grep -c .)
  attempts=$(awk 'NF == 4 {print $2, $3}' "$OUT/$name-progress.txt" | sort -u | wc -l)
  late=$(grep -c '"type":"late"' "$OUT/$name.log" || true)
  printf '%d %d %d\n' "$steps" $((attempts - steps)) "$late" >"$OUT/$name-counts.txt"
  arming_seconds "$name" >"$OUT/$name-seconds.txt"
  remove_run "$name"
}

# Prints for each attempt the seconds from its scheduling to the last worker's message that it is armed.
arming_seconds() { # NAME
  local step attempt at
  sed -n 's/^{"atEpochMicros":\([0-9]*\),"message":{"type":"armed","attempt":\([0-9]*\),"step":\([0-9]*\)}.*/\3 \2 \1/p' \
    "$OUT/$1.log" |
    awk '{k = ($1 + 1) " " $2; n[k]++; if ($3 > last[k]) last[k] = $3}
      END {for (k in n) if (n[k] == 20) printf "%s %.6f\n", k, last[k] / 1e6}' >"$OUT/$1-armed.txt"
  awk 'NF == 4 {print $2, $3, $4}' "$OUT/$1-progress.txt" | sort -u |
    while read -r step attempt at; do
      printf '%s %s %s\n' "$step" "$attempt" "$(epoch "$at")"
    done >"$OUT/$1-scheduled.txt"
  awk 'NR == FNR {at[$1 " " $2] = $3; next} ($1 " " $2) in at {printf "%.3f\n", $3 - at[$1 " " $2]}' \
    "$OUT/$1-scheduled.txt" "$OUT/$1-armed.txt"
}
