# Measures the time from a loss in mid-step until the run continues. The losses are caused in consecutive
# steps of one run, which is cancelled after the last one.
# shellcheck shell=bash

LOSSES=${PODIUM_BENCH_LOSSES:-20}

# READY waits until a loss can be caused and selects the object; LOSE causes the loss:
# recovery NAME READY LOSE
recovery() {
  local name=$1 ready=$2 lose=$3 loss before lost
  # shellcheck disable=SC2046 # several words
  run_yaml "$name" 4 5 2 $(printf '16 %.0s' {1..20}) >"$OUT/$name.yaml"
  start_run "$name"
  PROGRESS=$OUT/$name-progress.txt
  STEP=0
  watch "$PROGRESS" '{.status.progress.step} {.status.progress.workers.generation} {.status.progress.attempt.number} {.status.progress.attempt.startAt}' \
    benchmarkrun "$name" -n "$NAMESPACE"
  for ((loss = 1; loss <= LOSSES; loss++)); do
    "$ready" "$name"
    until_true 120 "$name: the middle of a step" mid_step
    # kubectl takes some time; the loss occurs at its end.
    before=$EPOCHREALTIME
    "$lose"
    lost=$EPOCHREALTIME
    until_true 120 "$name: the next action after loss $loss" action_after "$before"
    until_true 120 "$name: the next T0 after loss $loss" t0_after "$lost"
    printf '%s %s %s\n' "$lost" "$NEXT_ACTION" "$T0" >>"$OUT/$name.txt"
  done
  kubectl patch benchmarkrun "$name" -n "$NAMESPACE" --type merge -p '{"spec":{"cancel":true}}' >/dev/null
  await_run "$name" 2
  unwatch
  awk '{print $2 - $1}' "$OUT/$name.txt" | note_times "$name, loss to the next action in the status"
  awk '{print $3 - $1}' "$OUT/$name.txt" | note_times "$name, loss to the next T0"
  remove_run "$name"
}

# Whether a step after that of the last loss is 0.3 to 1 s after its T0. Sets STEP.
mid_step() {
  local seen step generation attempt at
  read -r seen step generation attempt at < <(tail -n 1 "$PROGRESS") || return 1
  [[ -n $at ]] && ((step > STEP)) || return 1
  awk -v now="$EPOCHREALTIME" -v t0="$(epoch "$at")" 'BEGIN {exit !(now >= t0 + 0.3 && now < t0 + 1)}' || return 1
  STEP=$step
}

# Whether progress has changed after this time. Sets NEXT_ACTION to the time of the first change.
action_after() { # TIME
  NEXT_ACTION=$(awk -v lost="$1" '
    {now = $2 " " $3 " " $4 " " $5}
    $1 > lost && now != before {print $1; exit}
    {before = now}' "$PROGRESS")
  [[ -n $NEXT_ACTION ]]
}

# Whether a T0 after this time was scheduled. Sets T0 to the first one.
t0_after() { # TIME
  local at
  for at in $(awk -v lost="$1" '$1 > lost && NF == 5 {print $5}' "$PROGRESS" | uniq); do
    T0=$(epoch "$at")
    if awk -v t0="$T0" -v lost="$1" 'BEGIN {exit !(t0 > lost)}'; then return; fi
  done
  return 1
}

recovery_load() { recovery recovery-load worker_pod delete_pod; }

# Sets POD to a running worker of the run.
worker_pod() { # RUN
  until_true 120 "$1: 4 workers" workers_run "$1" 4
  POD_NAMESPACE=$NAMESPACE
  POD=${PODS[3]}
}

delete_pod() {
  kubectl delete -n "$POD_NAMESPACE" --force --grace-period=0 --wait=false "$POD" >/dev/null 2>&1
}

# Uses a namespace that the installed operator does not watch.
recovery_process() {
  local NAMESPACE=podium-bench-process
  kubectl create namespace "$NAMESPACE" --dry-run=client -o yaml | kubectl apply -f - >&2
  train_operator
  start_operator
  until_true 60 "the operator's Lease" has_lease
  watch "$OUT/recovery-process-lease.txt" '{.spec.renewTime}' lease process -n "$NAMESPACE"
  recovery recovery-process true lose_process
  kill "$OPERATOR"
  OPERATOR=
  leading_again | note_times 'recovery-process, loss to leading again'
}

has_lease() { kubectl get lease process -n "$NAMESPACE" >/dev/null 2>&1; }

# As in its image, with an AOT cache trained in the same way, but with the local JDK and a kubeconfig.
OPERATOR_JAR=$ROOT/target/quarkus-app/quarkus-run.jar
OPERATOR_OPTIONS=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms24m -Xmx64m -Xss512k -XX:-UsePerfData
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  -Djava.util.logging.manager=org.jboss.logmanager.LogManager)

train_operator() {
  step "training the operator's AOT cache" "$ROOT/target/log/training.log" \
    "$JAVA_HOME/bin/java" -cp "$OPERATOR_JAR" bench.podium.aot.OperatorTraining "$OUT/operator.aot" \
    "$JAVA_HOME/bin/java" "${OPERATOR_OPTIONS[@]}" -jar "$OPERATOR_JAR"
}

start_operator() {
  KUBECONFIG=$PODIUM_KUBECONFIG QUARKUS_OPERATOR_SDK_NAMESPACES=$NAMESPACE QUARKUS_HTTP_PORT=0 \
    PODIUM_LEASE_NAMESPACE=$NAMESPACE PODIUM_LEASE_NAME=process PODIUM_LEASE_IDENTITY=process \
    "$JAVA_HOME/bin/java" "-XX:AOTCache=$OUT/operator.aot" "${OPERATOR_OPTIONS[@]}" \
    -jar "$OPERATOR_JAR" >>"$OUT/recovery-process-operator.log" 2>&1 &
  OPERATOR=$!
}

lose_process() {
  kill -9 "$OPERATOR"
  wait "$OPERATOR" 2>/dev/null || true
  start_operator
}

# Prints the times from each loss to the next renewal of the Lease, by the operator's clock.
leading_again() {
  local seen at
  while read -r seen at; do
    epoch "$at"
  done <"$OUT/recovery-process-lease.txt" >"$OUT/recovery-process-renewed.txt"
  awk 'NR == FNR {renewed[n++] = $1; next}
    {for (i = 0; i < n; i++) if (renewed[i] > $1) {print renewed[i] - $1; break}}' \
    "$OUT/recovery-process-renewed.txt" "$OUT/recovery-process.txt"
}

recovery_lease() {
  step "installing a second operator" "$ROOT/target/log/install.log" \
    "$ROOT/scripts/install" "$SYSTEM" podium-demo,podium-bench --set replicas=2
  recovery recovery-lease leader delete_pod
  step "going back to one operator" "$ROOT/target/log/install.log" \
    "$ROOT/scripts/install" "$SYSTEM" podium-demo,podium-bench
}

# Sets POD to the leader once there are two operators.
leader() {
  kubectl rollout status -n "$SYSTEM" deployment/podium --timeout=3m >/dev/null
  POD_NAMESPACE=$SYSTEM
  POD=pod/$(kubectl get lease podium -n "$SYSTEM" -o 'jsonpath={.spec.holderIdentity}')
}
