# Compares Podium's rows with wrk run by hand in the same worker and against the same target process, alternately.
# shellcheck shell=bash

PAIRS=10
LOAD=5

# Equal pause between loads, because a process that was just busy is faster than an idle one. In the last pause
# Podium arms the workers, 2.5 s before T0.
PAUSE=4

# After each step wrk is run by hand twice, during the cool-down. The first is compared with the step, the second
# with the first. The last step has no pair, because the workers end with it.
fidelity() {
  local name=fidelity step at
  # shellcheck disable=SC2046 # several words
  run_yaml "$name" 1 1 "$LOAD" $(printf '32 %.0s' $(seq $((PAIRS + 1)))) |
    sed -e "s/cooldown: 0s/cooldown: $((2 * LOAD + 3 * PAUSE))s/" >"$OUT/$name.yaml"
  start_run "$name"
  watch "$OUT/$name-progress.txt" '{.status.progress.step} {.status.progress.attempt.startAt}' \
    benchmarkrun "$name" -n "$NAMESPACE"
  until_true 120 "$name: a worker" workers_run "$name" 1
  for ((step = 1; step <= PAIRS; step++)); do
    until_true 120 "$name: step $step" step_begins "$step"
    at=$(epoch "$(awk -v step="$step" '$2 == step && NF == 3 {at = $3} END {print at}' "$OUT/$name-progress.txt")")
    sleep_until "$(after "$at" $((LOAD + PAUSE)))"
    wrk_by_hand "$name" >>"$OUT/$name-a.txt"
    sleep_until "$(after "$at" $((2 * (LOAD + PAUSE))))"
    wrk_by_hand "$name" >>"$OUT/$name-b.txt"
  done
  await_run "$name" 5
  unwatch
  kubectl get benchmarkrun "$name" -n "$NAMESPACE" -o \
    'jsonpath={range .status.results[*]}{.throughput} {.correctedLatencyMicros.p99}{"\n"}{end}' |
    sed -n "1,${PAIRS}p" >"$OUT/$name-podium.txt"
  compare throughput 1
  compare p99 2
  remove_run "$name"
}

step_begins() { # STEP
  awk -v step="$1" '$2 == step && NF == 3 {found = 1} END {exit !found}' "$OUT/fidelity-progress.txt"
}

after() { awk -v at="$1" -v seconds="$2" 'BEGIN {printf "%.3f", at + seconds}'; }

# Sleeps in one process: polling would use a tenth of a core, which affects the step.
sleep_until() { sleep "$(awk -v now="$EPOCHREALTIME" -v at="$1" 'BEGIN {print (at > now ? at - now : 0)}')"; }

# Prints requests per second and the 99th percentile in us. The requests equal those of the step, because another
# header would be additional work for the target.
wrk_by_hand() { # RUN
  kubectl exec -n "$NAMESPACE" "${PODS[0]}" -- \
    wrk -t1 -c32 "-d${LOAD}s" --latency -H "X-Env-ID: $(env_id "$1")" \
    "http://$1-t1.$NAMESPACE.svc:8080/plaintext" | tee -a "$OUT/$1-wrk.txt" |
    awk '$1 == "99%" {p99 = $2 ~ /us$/ ? $2 + 0 : $2 ~ /ms$/ ? $2 * 1000 : $2 * 1e6}
      $1 == "Requests/sec:" {print $2, p99}'
}

env_id() { # RUN
  kubectl get benchmarkrun "$1" -n "$NAMESPACE" -o 'jsonpath={.status.environment.hash}' | sed 's/sha256:\(.\{32\}\).*/\1/'
}

# Notes the mean log ratio with its 95 % t interval, of Podium to wrk and of wrk to wrk: compare METRIC COLUMN
compare() {
  local own
  own=$(log_ratio "$2" fidelity-podium.txt fidelity-a.txt)
  note "$(printf 'fidelity, %d pairs, %s, Podium / wrk by hand: %s; wrk / wrk: %s' "$PAIRS" "$1" "$own" \
    "$(log_ratio "$2" fidelity-a.txt fidelity-b.txt)")"
}

log_ratio() { # COLUMN FILE FILE
  paste -d' ' "$OUT/$2" "$OUT/$3" | awk -v c="$1" '
    # Student t for 95 % and 9 degrees of freedom, for ten pairs.
    {x[NR] = log($c / $(c + 2)); sum += x[NR]}
    END {
      mean = sum / NR
      for (i in x) squares += (x[i] - mean) ^ 2
      half = 2.262 * sqrt(squares / (NR - 1) / NR)
      printf "%+.2f %% (%+.2f to %+.2f, half-width %.2f)", 100 * mean, 100 * (mean - half), 100 * (mean + half), 100 * half
    }'
}
