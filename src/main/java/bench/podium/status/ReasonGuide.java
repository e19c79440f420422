package bench.podium.status;

/**
 * What a reason in a status means and what to do about it: the source of the troubleshooting page.
 *
 * @param command a command that shows more, with RUN for the run's name; empty if the message of
 *     the condition is sufficient
 */
public record ReasonGuide(String meaning, String hint, String command) {

  private static final String TARGET_LOG =
      "kubectl logs -l podium.bench/run=RUN,podium.bench/role=target --tail=50";
  private static final String TARGET_CRASHES =
      "kubectl get configmaps -l podium.bench/run=RUN,podium.bench/role=data -o"
          + " jsonpath='{range .items[*]}{.data.crash\\.json}{\"\\n\"}{end}'";
  private static final String WORKERS =
      "kubectl describe pods -l podium.bench/run=RUN,podium.bench/role=worker";
  private static final String ROWS =
      "kubectl get benchmarkrun RUN -o jsonpath='{range .status.results[*]}{.target} {.stage}"
          + " {.verdict} {.reason} {.message}{\"\\n\"}{end}'";
  private static final String CHECKS =
      "kubectl get benchmarkrun RUN -o jsonpath='{range .status.results[*]}{.target} {.stage}"
          + " {.violations}{\"\\n\"}{end}'";
  private static final String EVENTS = "kubectl describe benchmarkrun RUN";

  private ReasonGuide(String meaning, String hint) {
    this(meaning, hint, "");
  }

  /** The guide to this reason; the compiler asks for that of a new one. */
  public static ReasonGuide of(Reason reason) {
    return switch (reason) {
      case NOT_YET_KNOWN ->
          new ReasonGuide(
              "Not known yet: what the condition is about has not begun, or the run was rejected"
                  + " before it.",
              "Nothing. `Finished` shows the progress of the run.");
      case VALID -> new ReasonGuide("The spec is valid.", "Nothing.");
      case INVALID ->
          new ReasonGuide(
              "The spec is invalid. The run has ended; no pod was created.",
              "The message names the field and what to write. Editing the run has no effect: a"
                  + " rejected run is not read again. Delete it and create it anew. The API server"
                  + " rejects most invalid specs itself; if it did not reject this one, the installed"
                  + " CRD may be older than the operator.",
              "kubectl get benchmarkrun RUN -o jsonpath='{.status.conditions[?(@.type==\"Accepted\")].message}'");
      case DEADLINE_TOO_SHORT ->
          new ReasonGuide(
              "`spec.deadline` is shorter than the planned duration. The run has ended; no pod"
                  + " was created.",
              "Set `deadline` to at least the duration in the message, or leave it out. Delete"
                  + " the run and create it anew.");
      case UNSUPPORTED ->
          new ReasonGuide(
              "An earlier version of Podium started the run and wrote its progress in a form that"
                  + " this version cannot continue from. The run has ended with verdict Error. Its recorded"
                  + " rows are retained, without the figures that the status now has in groups; the"
                  + " ConfigMap RUN-index has all of them.",
              "Create a new run. Before the next upgrade of the operator, let all started runs"
                  + " finish. Runs that are only queued are admitted as usual, unless their spec is"
                  + " invalid now, as with placeholders in the form {{seq}}.");
      case ADMITTED -> new ReasonGuide("The run was admitted and has started.", "Nothing.");
      case SUSPENDED ->
          new ReasonGuide(
              "`spec.suspend` is true. The run's pods are deleted and its recorded rows are"
                  + " retained; neither the deadline nor a timeout runs.",
              "Set `suspend: false`. The run is queued again and repeats the step that was in"
                  + " progress.",
              "kubectl patch benchmarkrun RUN --type merge -p '{\"spec\":{\"suspend\":false}}'");
      case NO_PROGRESS ->
          new ReasonGuide(
              "The run occupied the slot and made no progress for `limits.startTimeout`. Its pods"
                  + " were deleted and its slot was released to other runs; its recorded rows are"
                  + " retained. The deadline is not extended.",
              "Fix the cause that the message names. The run is retried without further action,"
                  + " after the other runs, after 1, 2, 4, 8, 16, then every 30 minutes.",
              EVENTS);
      case QUEUED ->
          new ReasonGuide(
              "Another run occupies the slot: only one run is active at a time. The message names"
                  + " it.",
              "Wait, or end the other run with `spec.cancel: true`. If the other run has"
                  + " finished, its pods are still terminating: a worker on a lost node occupies the"
                  + " slot until the node or the pod is deleted.",
              "kubectl get pods -A -l podium.bench/role=worker");
      case READY ->
          new ReasonGuide(
              "The target, or all workers, are ready for the current step.", "Nothing.");
      case PENDING ->
          new ReasonGuide(
              "Pods are being created or are starting; no problem is known.",
              "Wait: `limits.startTimeout` bounds the time. If it takes long, check what the pods"
                  + " wait for.",
              "kubectl describe pods -l podium.bench/run=RUN");
      case IMAGE_PULL_FAILED ->
          new ReasonGuide(
              "A node cannot pull an image. The message is that of the container runtime.",
              "For `TargetsReady`: correct `deploy.image`, or name a Secret with the registry's"
                  + " credentials in `deploy.imagePullSecrets`; in a cluster without a registry, load"
                  + " the image onto the nodes. For `WorkersReady`: the image of the workers is set by"
                  + " the chart's value `worker.image`.",
              "kubectl get events --field-selector reason=Failed");
      case UNSCHEDULABLE ->
          new ReasonGuide(
              "No node can run the pod. The message is that of the scheduler.",
              "Check whether a `nodeSelector` in `deploy.podTemplate` or `load.template` matches"
                  + " a node. Otherwise lower the requests in `deploy.resources`, the number of"
                  + " `replicas` or `load.workers`, or add capacity to the cluster. A worker requests"
                  + " memory for its share of the connections.",
              "kubectl describe nodes");
      case FORBIDDEN ->
          new ReasonGuide(
              "The API server rejected an object of the run (by a quota, a Pod Security level, an"
                  + " admission webhook or an invalid field), or an object of that name exists that"
                  + " does not belong to the run. Or a target runs as user 64102, which is reserved for"
                  + " the collector.",
              "The message is that of the API server. Change what rejects the object, or delete"
                  + " or rename the object that has its name. The operator retries for 5 s; if the name"
                  + " is taken, until `limits.startTimeout`. If the image runs as user 64102, set"
                  + " another user in `deploy.podTemplate.securityContext`.",
              "kubectl describe resourcequota");
      case TARGET_NOT_READY ->
          new ReasonGuide(
              "The target did not become ready within `limits.startTimeout`, terminated at its"
                  + " start, or does not reply to the workers through its Service.",
              "Check that it listens on `targets[].port` on all interfaces, and read its log. The"
                  + " pod is ready once the port accepts connections; a worker also needs a reply to"
                  + " `readiness.path`. If the target starts slowly, raise `limits.startTimeout`.",
              TARGET_LOG);
      case NOT_ARMED ->
          new ReasonGuide(
              "Not all workers were ready to send in time: they did not start, terminated early,"
                  + " or their clock is wrong.",
              "The message names the pod and the cause. On a busy node, raise"
                  + " `limits.startTimeout`; if a clock is wrong, check that the node has a time"
                  + " source.",
              WORKERS);
      case WORKER_OOM_KILLED ->
          new ReasonGuide(
              "A worker was killed because it exceeded its memory limit, which Podium derives"
                  + " from its connections, threads and rate.",
              "Raise `load.workers`, so that each worker needs less, or set a higher limit in"
                  + " `load.template.resources`; for an open load, a shorter `load.timeout` also needs"
                  + " less memory.",
              WORKERS);
      case RUNNING ->
          new ReasonGuide(
              "The run is in progress or queued. The message names the step and what blocks it,"
                  + " if anything does.",
              "Nothing. If a message about what blocks the run stays, fix its cause: for example"
                  + " a quota on ConfigMaps, which prevents results from being written.",
              EVENTS);
      case COMPLETED ->
          new ReasonGuide(
              "Every step is recorded. `status.verdict` says whether the results are good.",
              "If `Ready` is not `True`, read the rows: an SLO was missed or could not be"
                  + " decided, a consistency check was violated, or no reply was good.",
              ROWS);
      case DEADLINE_EXCEEDED ->
          new ReasonGuide(
              "`spec.deadline`, counted from admission, passed before the last step was recorded."
                  + " Recorded rows are retained.",
              "Check in the Events what took the time, such as discarded attempts or replaced"
                  + " workers. Then create a run with a longer `deadline` or fewer stages.",
              EVENTS);
      case CANCELLED ->
          new ReasonGuide(
              "`spec.cancel` was set. Recorded rows are retained; a run that was still queued has"
                  + " none.",
              "Nothing. To measure again, create a new run.");
      case ABORTED ->
          new ReasonGuide(
              "The run cannot continue: an entry of its results index was edited by hand, or this"
                  + " version of the operator does not accept the spec of a run that another version"
                  + " started. Recorded rows are retained.",
              "The message says which of the two it is. Create a new run.",
              "kubectl get configmap RUN-index -o yaml");
      case ATTEMPTS_EXHAUSTED ->
          new ReasonGuide(
              "All `limits.attempts` attempts of one step were discarded, or its target did not"
                  + " become ready again. The message names the targets, or the reason of the last"
                  + " attempt, such as `StartSkew` or `WorkerMissing`.",
              "Look up that reason on this page. The Event `AttemptDiscarded` has the reason of"
                  + " each attempt.",
              EVENTS);
      case TARGETS_FAILED ->
          new ReasonGuide(
              "At least one target could not be measured. The others were measured, unless"
                  + " `limits.onTargetFailure` is `Stop`.",
              "`TargetsReady` and the target's rows have the reason: look it up on this page.",
              ROWS);
      case WORKERS_FAILED ->
          new ReasonGuide(
              "The workers did not start, or did not arm, within `limits.startTimeout`.",
              "`WorkersReady` has the reason: look it up on this page.",
              WORKERS);
      case NOT_STARTED ->
          new ReasonGuide(
              "The run was rejected before anything was started.",
              "`Accepted` has the reason: `Invalid` or `DeadlineTooShort`.");
      case PASSED ->
          new ReasonGuide(
              "Measured with good replies; every consistency check and every SLO is met.",
              "Nothing.");
      case FAILED ->
          new ReasonGuide(
              "Measured, and the measurement is consistent, but an SLO was missed or no reply was"
                  + " good: a result, not an error.",
              "The row's message says which SLO was missed and by how much. `TargetStalled` means"
                  + " that connections waited for replies that took longer than `load.timeout`, or"
                  + " never came, for a larger share of their time than the SLO `StalledRatio` allows"
                  + " (1% unless the spec sets another).",
              ROWS);
      case INCONCLUSIVE ->
          new ReasonGuide(
              "Measured, but the results are not reliable; or the run ended on request.",
              "If `Finished` has the reason `Cancelled`, that is the cause. Otherwise a row has a"
                  + " violation, its attempts are exhausted, or an SLO could not be decided: requests"
                  + " were lost and the limit is above `load.timeout` (raise the timeout; instead of"
                  + " `LatencyMean`, use `LatencyP99` and `ErrorRatio`), an open load was sent late"
                  + " (raise `load.workers`), or the engine does not report its connections (use the"
                  + " worker image of this version).",
              ROWS);
      case ERROR ->
          new ReasonGuide(
              "It could not be measured.",
              "`Finished` has the reason: look it up on this page.",
              ROWS);
      case COUNTS_DIFFER ->
          new ReasonGuide(
              "The figures contradict each other: the counts of wrk or vegeta do not add up.",
              "Repeat the run. If it happens again, it is a bug in the engine or in Podium: save"
                  + " the step's data and report it.",
              CHECKS);
      case GENERATOR_SATURATED ->
          new ReasonGuide(
              "The connections of a closed load did not wait for the target all the time: the"
                  + " load generator was at its limit. (Connections without a reply count as waiting;"
                  + " `TargetStalled` is about them.)",
              "Raise `load.workers` or `load.threads`, or use longer stages; for a target that"
                  + " closes connections, set `keepAlive: false`.",
              CHECKS);
      case RATE_MISSED ->
          new ReasonGuide(
              "An open load sent less than 97 % of its scheduled requests: the load generator was"
                  + " too slow.",
              "Raise `load.workers`, or lower the `rate`.", CHECKS);
      case GENERATOR_STARVED ->
          new ReasonGuide(
              "A worker did not get the CPU time that it needed, so the measured latencies may be"
                  + " its own.",
              "Give the workers their own cores: fewer `load.threads` than cores, other nodes"
                  + " than the target's by `load.template.nodeSelector`, no tight CPU limit.",
              CHECKS);
      case SAMPLES_LOST ->
          new ReasonGuide(
              "Some of the collector's samples of the target in this step are missing, so the row"
                  + " has no `usage`. The measurements of the workers are in the row.",
              "Check whether the collector was restarted (memory, an eviction), or whether the"
                  + " operator was down for longer than the collector retains its samples; then repeat"
                  + " the run.",
              "kubectl get pods -l podium.bench/run=RUN,podium.bench/role=target -o"
                  + " jsonpath='{range .items[*]}{.metadata.name} {.status.containerStatuses[?(@.name==\"collector\")].restartCount}{\"\\n\"}{end}'");
      case WORKER_MISSING ->
          new ReasonGuide(
              "A worker was lost during a step or did not deliver its result, so the attempt was"
                  + " discarded. This reason is in messages and in the Event `AttemptDiscarded`.",
              "Check what terminated the pod: memory, an eviction, a lost node.",
              "kubectl get events --field-selector involvedObject.kind=Pod");
      case START_SKEW ->
          new ReasonGuide(
              "The workers started further apart than `limits.maxStartSkew`, so the attempt was"
                  + " discarded. This reason is in messages and in the Event `AttemptDiscarded`.",
              "The nodes are too busy to start on time: run fewer workers on each of them. Raise"
                  + " `limits.maxStartSkew` only if the skew does not matter for the measurement.",
              EVENTS);
      case TARGET_RESTARTED ->
          new ReasonGuide(
              "In every attempt of a step, a container of the target was restarted or one of its"
                  + " pods was replaced; or this happened in one attempt and the target was not ready"
                  + " again within `limits.startTimeout`.",
              "The message has the cause of the termination: the exit code and its signal (139 is"
                  + " `SIGSEGV`, 137 is `SIGKILL`; with `OOMKilled`, `deploy.resources.limits.memory`"
                  + " is too low for this load), the time, and the last line of the log. The last 20"
                  + " lines are in the results, unless `collect.crashLogs` is false.",
              TARGET_CRASHES);
      case CLOCK_NOT_SYNCHRONISED ->
          new ReasonGuide(
              "Workers ran on several nodes, and the clock of a node has no time source, or too"
                  + " large an error to compare start times.",
              "Run chrony or another NTP client on the nodes, or keep the workers on one node by"
                  + " `load.template.nodeSelector`.",
              CHECKS);
    };
  }
}
