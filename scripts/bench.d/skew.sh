# shellcheck shell=bash

# The engines.
ENGINES_OF_SKEW=${PODIUM_BENCH_ENGINES:-Wrk Vegeta}

# Numbers of workers.
PODS_OF_SKEW=${PODIUM_BENCH_PODS:-1 4 20}

# The rates and connections of the 15 stages are proportional to the number of workers.
skew() {
  local engine workers
  for engine in $ENGINES_OF_SKEW; do
    for workers in $PODS_OF_SKEW; do
      skew_of "$engine" "$workers"
    done
  done
}

# Runs 30 steps of 1 s without a cool-down.
skew_of() { # ENGINE WORKERS
  local name workers=$2 n min median max
  name=skew-${1,,}-$workers
  # shellcheck disable=SC2046 # several words
  ENGINE=$1 run_yaml "$name" "$workers" 2 1 $(seq $((workers * 3)) $((workers * 3)) $((workers * 45))) >"$OUT/$name.yaml"
  start_run "$name"
  watch "$OUT/$name-progress.txt" '{.status.progress.step} {.status.progress.attempt.startAt}' \
    benchmarkrun "$name" -n "$NAMESPACE"
  await_run "$name" 20
  unwatch
  kubectl get benchmarkrun "$name" -n "$NAMESPACE" \
    -o 'jsonpath={range .status.results[*]}{.start.skewMicros}{"\n"}{end}' >"$OUT/$name-micros.txt"
  read -r n min median max < <(spread <"$OUT/$name-micros.txt")
  ((n == 30)) || die "$name: $n rows instead of 30; see $OUT/$name-run.yaml"
  note "$(awk -v w="$workers" -v e="$1" -v n="$n" -v i="$min" -v m="$median" -v x="$max" 'BEGIN {
    printf "start skew, %s, %d workers, %d steps: min %.1f ms, median %.1f ms, max %.1f ms", e, w, n, i/1000, m/1000, x/1000}')"
  gaps "$name"
  remove_run "$name"
}

# Prints the times from the end of each load to the next T0, within a target and between targets.
gaps() { # NAME
  local step at
  awk 'NF == 3 {print $2, $3}' "$OUT/$1-progress.txt" | sort -u -k1,1n -k2,2 |
    while read -r step at; do printf '%s %s\n' "$step" "$(epoch "$at")"; done |
    awk '{t[$1] = $2} END {for (s = 2; s <= 30; s++) if (s in t && s - 1 in t) printf "%d %.3f\n", s, t[s] - t[s-1] - 1}' \
      >"$OUT/$1-gaps.txt"
  awk '$1 != 16 {print $2}' "$OUT/$1-gaps.txt" | tee "$OUT/$1-steps.txt" |
    note_times "  from the last request to the next T0 ($1)"
  note "$(printf '  95 of 100 of them within %.2f s; from one target to the next %.2f s' \
    "$(percentile 95 <"$OUT/$1-steps.txt")" "$(awk '$1 == 16 {print $2}' "$OUT/$1-gaps.txt")")"
}
