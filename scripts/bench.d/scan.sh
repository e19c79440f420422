# Measures the cost of counting replies and scanning connections in wrk, on this machine without a cluster,
# alternately with and without, against the same target process.
# shellcheck shell=bash

SCAN_PORT=18099
SCAN_PAIRS=10
SCAN_LOAD=4

scan() {
  local connections target
  install_missing wrk wrk
  mkdir -p "$OUT/scan"
  (cd "$ROOT/deploy/targets" && CGO_ENABLED=0 go build -o "$OUT/scan/gin" ./cmd/gin)
  PORT=$SCAN_PORT PPROF_PORT=0 "$OUT/scan/gin" >"$OUT/scan/gin.log" 2>&1 &
  target=$!
  until_true 10 "an answer of the target" curl -sf -o /dev/null "http://127.0.0.1:$SCAN_PORT/healthz"
  for connections in 16 1000; do
    scan_pairs "$connections"
  done
  kill "$target"
  wait "$target" || true
}

# The order alternates, because a process that was just busy is faster than an idle one.
scan_pairs() { # CONNECTIONS
  local n=$1 pair with=$OUT/scan-$1-with.txt without=$OUT/scan-$1-without.txt
  : >"$with"
  : >"$without"
  for ((pair = 1; pair <= SCAN_PAIRS; pair++)); do
    if ((pair % 2)); then
      wrk_scanning true "$n" >>"$with"
      wrk_scanning false "$n" >>"$without"
    else
      wrk_scanning false "$n" >>"$without"
      wrk_scanning true "$n" >>"$with"
    fi
  done
  note "$(printf 'scan, %d connections, %d pairs, with / without: requests/s %s; CPU time of wrk by request %s' \
    "$n" "$SCAN_PAIRS" "$(log_ratio 1 "scan-$n-with.txt" "scan-$n-without.txt")" \
    "$(log_ratio 2 "scan-$n-with.txt" "scan-$n-without.txt")")"
}

# Prints requests per second and wrk's CPU time per request in us. Repeated if wrk exits because a thread could not
# start within 2 s.
wrk_scanning() { # true|false CONNECTIONS
  local home=$OUT/scan/run counters=/dev/shm/podium-bench-scan cpu
  until
    rm -rf "$home"
    mkdir -p "$home"
    cp "$ROOT/src/main/resources/bench/podium/engine/wrk.lua" "$home"
    wrk_plan "$1" "$2" "$counters" >"$home/plan.lua"
    cpu=$(
      cd "$home" || exit
      TIMEFORMAT='%U %S'
      {
        time wrk -t1 "-c$2" "-d${SCAN_LOAD}s" --timeout 2s -s wrk.lua "http://127.0.0.1:$SCAN_PORT/" >output 2>&1
      } 2>&1
    )
    grep -q 'Requests/sec' "$home/output"
  do sleep 1; done
  rm -f "$counters"
  awk -v cpu="$cpu" 'BEGIN {split(cpu, s)} $2 == "requests" {n = $1}
    $1 == "Requests/sec:" {print $2, 1e6 * (s[1] + s[2]) / n}' "$home/output"
}

# Prints a plan like bench.podium.engine.wrk.WrkPlan, and creates the counters file: wrk_plan true|false CONNECTIONS FILE
wrk_plan() {
  local slots=$((SCAN_LOAD * 10)) late=601 head=128 block bytes send now=$EPOCHREALTIME scan=false
  block=$(((slots + late + $2) * 8 / head * head + head))
  bytes=$((head + block))
  head -c "$bytes" /dev/zero >"$3"
  send=$((${now%.*} + 2))
  if $1; then
    scan="{connections = $2, slots = $slots, slot_us = 100000, late_buckets = $late, send_us = ${send}000000, blocks = $head, block = $block}"
  fi
  cat <<EOF
return {
  connect = {seconds = $((send - 1)), nanoseconds = 500000000},
  send = {seconds = $send, nanoseconds = 0},
  go_on = {seconds = $send, nanoseconds = 0},
  threads = 1,
  timeout_us = 2000000,
  counters = "$3",
  counters_bytes = $bytes,
  scan = $scan,
  histogram = false,
  seeds = {1},
  sequence = {first = 1, stride = 1},
  requests = {{text = "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:$SCAN_PORT\r\n\r\n", weight = 1}},
}
EOF
}
