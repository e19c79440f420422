# shellcheck shell=bash

skew() {
  local n min median max
  # shellcheck disable=SC2046 # several words
  run_yaml skew 4 2 2 $(seq 64 64 960) >"$OUT/skew.yaml"
  start_run skew
  await_run skew 20
  kubectl get benchmarkrun skew -n "$NAMESPACE" \
    -o 'jsonpath={range .status.results[*]}{.startSkewMicros}{"\n"}{end}' >"$OUT/skew-micros.txt"
  read -r n min median max < <(spread <"$OUT/skew-micros.txt")
  ((n == 30)) || die "skew: $n rows instead of 30; see $OUT/skew-run.yaml"
  note "$(awk -v n="$n" -v i="$min" -v m="$median" -v x="$max" 'BEGIN {
    printf "start skew, 4 load pods, %d steps: min %.1f ms, median %.1f ms, max %.1f ms", n, i/1000, m/1000, x/1000}')"
  remove_run skew
}
