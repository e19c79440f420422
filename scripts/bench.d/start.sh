# Measures the time from the start of a pod's process until it is ready, and its memory then. The start time is
# read from the kernel with a resolution of 10 ms, because Kubernetes truncates times to seconds.
# shellcheck shell=bash

STARTS=${PODIUM_BENCH_STARTS:-10}

operator_ready() {
  local start
  : >"$OUT/operator-ready.txt"
  for ((start = 1; start <= STARTS; start++)); do
    operator_start
  done
  awk '{print $1}' "$OUT/operator-ready.txt" | note_times 'operator, from its start to Ready'
  awk '{print $2}' "$OUT/operator-ready.txt" | note_times 'operator, from its start to leading'
  note_memory 'operator, working set' 3 "$OUT/operator-ready.txt"
}

# Starts one operator while none is running and no Lease exists.
operator_start() {
  local ready leads
  kubectl scale -n "$SYSTEM" deployment/podium --replicas=0 >&2
  kubectl wait pod -n "$SYSTEM" -l app.kubernetes.io/name=podium --for=delete --timeout=1m >&2
  kubectl delete lease podium -n "$SYSTEM" --ignore-not-found >&2
  kubectl scale -n "$SYSTEM" deployment/podium --replicas=1 >&2
  until_true 60 "a pod of the operator" operator_pod
  rm -f "$OUT/operator-ready-watch.txt"
  watch "$OUT/operator-ready-watch.txt" '{.status.conditions[?(@.type=="Ready")].status}' "$POD" -n "$SYSTEM"
  until_true 60 "the operator's pod to be ready" grep -q True "$OUT/operator-ready-watch.txt"
  until_true 60 "the operator to lead" operator_leads
  unwatch
  ready=$(awk '/True/ {print $1; exit}' "$OUT/operator-ready-watch.txt")
  leads=$(epoch "$(kubectl get lease podium -n "$SYSTEM" -o 'jsonpath={.spec.acquireTime}')")
  process_of "$SYSTEM" "$POD"
  awk -v start="$START" -v ready="$ready" -v leads="$leads" -v bytes="$WORKING_SET" \
    'BEGIN {printf "%.3f %.3f %.1f\n", ready - start, leads - start, bytes / 1048576}' >>"$OUT/operator-ready.txt"
}

operator_pod() {
  POD=$(kubectl get pods -n "$SYSTEM" -l app.kubernetes.io/name=podium -o name)
  [[ -n $POD ]]
}

operator_leads() { [[ pod/$(kubectl get lease podium -n "$SYSTEM" -o 'jsonpath={.spec.holderIdentity}' 2>/dev/null) == "$POD" ]]; }

# Sets START, RSS and WORKING_SET of process 1 of a pod's only container. Like in the kubelet, the working set
# excludes inactive page cache: process_of NAMESPACE POD
process_of() {
  # shellcheck disable=SC2016 # expanded by the pod's shell
  read -r START RSS WORKING_SET < <(kubectl exec -n "$1" "$2" -- sh -c '
    cd /sys/fs/cgroup
    [ ! -f memory/memory.stat ] || cd memory
    cat /proc/1/status memory.stat
    echo times $(cut -d" " -f22 /proc/1/stat) $(cut -d" " -f1 /proc/uptime) $(date +%s.%N)
    echo usage $(cat memory.current memory.usage_in_bytes 2>/dev/null)' |
    awk '$1 == "VmRSS:" {rss = $2 * 1024}
      $1 == "inactive_file" && !total || $1 == "total_inactive_file" {unused = $2; total = $1 ~ /^total/}
      $1 == "times" {start = $4 - $3 + $2 / 100}
      $1 == "usage" {printf "%.3f %d %d\n", start, rss, $2 - unused}')
}

# Summarises a column of MiB: note_memory WHAT COLUMN FILE
note_memory() {
  local n min median max
  read -r n min median max < <(awk -v c="$2" '{print $c}' "$3" | spread)
  note "$1: $n times, min $min MiB, median $median MiB, max $max MiB"
}

# Each start is the only worker of a new run.
worker_ready() {
  local start name=worker-ready logged
  : >"$OUT/$name.txt"
  run_yaml "$name" 1 1 60 8 >"$OUT/$name.yaml"
  for ((start = 1; start <= STARTS; start++)); do
    start_run "$name"
    until_true 60 "$name: a worker" workers_run "$name" 1
    until_true 60 "$name: a message of the worker" worker_started
    logged=$(kubectl logs -n "$NAMESPACE" "${PODS[0]}" | sed -n 's/.*"atEpochMicros":\([0-9]*\).*"started".*/\1/p')
    process_of "$NAMESPACE" "${PODS[0]}"
    awk -v start="$START" -v logged="$logged" -v bytes="$RSS" \
      'BEGIN {printf "%.3f %.1f\n", logged / 1e6 - start, bytes / 1048576}' >>"$OUT/$name.txt"
  done
  remove_run "$name"
  awk '{print $1}' "$OUT/$name.txt" | note_times 'worker, from its start to its first message'
  note_memory 'worker, resident' 2 "$OUT/$name.txt"
}

worker_started() { kubectl logs -n "$NAMESPACE" "${PODS[0]}" 2>/dev/null | grep -q '"started"'; }
