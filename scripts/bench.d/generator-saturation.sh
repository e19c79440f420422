# shellcheck shell=bash

# Connections of the 10 stages by number of workers.
declare -A STAGES=(
  [1]='1 2 4 8 16 32 64 256 512 960'
  [4]='4 8 16 32 64 128 256 512 760 960'
  [20]='20 40 60 80 160 240 320 480 640 960'
)

generator_saturation() {
  local workers
  for workers in 1 4 20; do
    generator_saturation_of "$workers"
  done
}

# The lower bound of 850 of the check applies to the second line: the utilization of connections in the time
# that remains after the check's allowances.
generator_saturation_of() { # WORKERS
  local name=wait-$1 rows=$OUT/wait-$1.txt n min median max
  # shellcheck disable=SC2086 # several words
  run_yaml "$name" "$1" 5 2 ${STAGES[$1]} >"$OUT/$name.yaml"
  start_run "$name"
  await_run "$name" 30
  kubectl get benchmarkrun "$name" -n "$NAMESPACE" -o 'jsonpath={range .status.results[*]}{.target} {.stage} {.generator.connectionUtilizationPermille} {.latencyMicros.max} {.durationMillis} {.verdict}{"\n"}{end}' >"$rows"
  n=$(awk 'NF == 6' "$rows" | wc -l)
  ((n == 50)) || note "$name: $((50 - n)) of 50 steps without a value; see $rows"
  read -r n min median max < <(awk 'NF == 6 {print $3}' "$rows" | spread)
  note "connection utilization, $1 workers, $n steps: min $min, median $median, max $max thousandths"
  read -r n min median max < <(awk 'NF == 6 {left = 1 - (250 + 2 * $4 / 1000) / $5; if (left > 0) print $3 / left}' "$rows" | spread)
  note "$(printf '  in the time that the check considers, %d steps: min %.0f, median %.0f; %d steps not Passed' \
    "$n" "$min" "$median" "$(grep -vc ' Passed$' "$rows" || true)")"
  remove_run "$name"
}
