package bench.podium.status;

/**
 * What a reason means to whoever reads it in a status, and what to do then: the source of the page
 * on troubleshooting. RUN stands for the run's name.
 *
 * @param look the command that shows more; empty where the condition's message says it all
 */
public record ReasonGuide(String meaning, String hint, String look) {

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

  /** One for each reason: the compiler asks for that of a new one. */
  public static ReasonGuide of(Reason reason) {
    return switch (reason) {
      case NOT_YET_KNOWN ->
          new ReasonGuide(
              "Nothing can be said yet: what it speaks of has not begun, or the run was rejected before.",
              "Nothing. Read `Finished`, which says how far the run is.");
      case VALID -> new ReasonGuide("The spec makes sense.", "Nothing.");
      case INVALID ->
          new ReasonGuide(
              "The spec makes no sense, and the run has ended without a pod.",
              "The message names the field and what to write. Editing does not help: nothing reads this"
                  + " run again. Delete it and create it anew. Most of this is refused by the API"
                  + " server already; if it was not, the installed CRD may be older than the operator.",
              "kubectl get benchmarkrun RUN -o jsonpath='{.status.conditions[?(@.type==\"Accepted\")].message}'");
      case DEADLINE_TOO_SHORT ->
          new ReasonGuide(
              "`spec.deadline` is shorter than the plan takes. The run has ended without a pod.",
              "Write at least the time that the message gives, or leave `deadline` out. Delete the run and"
                  + " create it anew.");
      case UNSUPPORTED ->
          new ReasonGuide(
              "An earlier version of Podium started the run and wrote its progress in a form that this"
                  + " version cannot continue. The run has ended with verdict Error; results that were"
                  + " recorded before are kept.",
              "Create a new run. Before the next upgrade of the operator let all runs finish."
                  + " Runs that only wait in the queue are not affected.");
      case ADMITTED -> new ReasonGuide("The run had its turn; it has started.", "Nothing.");
      case SUSPENDED ->
          new ReasonGuide(
              "`spec.suspend` is true: the run's pods are gone, its rows so far are kept, and no time counts.",
              "Write `suspend: false`. The run waits for its turn and repeats the step that it was in.",
              "kubectl patch benchmarkrun RUN --type merge -p '{\"spec\":{\"suspend\":false}}'");
      case NO_PROGRESS ->
          new ReasonGuide(
              "The run had its place and made no progress for `limits.startTimeout`. Its pods are gone, the place"
                  + " is left to the others, its rows so far are kept, and its deadline goes on.",
              "The message says what stands in the way: mend that. It is tried again by itself, behind the"
                  + " others, after 1, 2, 4 ... 30 minutes.",
              EVENTS);
      case QUEUED ->
          new ReasonGuide(
              "Another run has the place: one run at a time. The message names it.",
              "Wait, or end the other with `spec.cancel: true`. If the other is over, its pods still go: a"
                  + " worker on a node that is lost holds the place until the node or the pod is gone.",
              "kubectl get pods -A -l podium.bench/role=worker");
      case READY ->
          new ReasonGuide(
              "The target, or all workers, are there for the current step.", "Nothing.");
      case PENDING ->
          new ReasonGuide(
              "Pods are created or start; nothing speaks against it yet.",
              "Wait: `limits.startTimeout` bounds it. If it takes long, look at what the pods wait for.",
              "kubectl describe pods -l podium.bench/run=RUN");
      case IMAGE_PULL_FAILED ->
          new ReasonGuide(
              "A node cannot get an image. The message has the registry's words.",
              "`TargetsReady`: mend `deploy.image`, or name the registry's credentials in"
                  + " `deploy.imagePullSecrets`; on a cluster without a registry load the image onto the"
                  + " nodes. `WorkersReady`: the workers' image comes from the chart's `worker.image`.",
              "kubectl get events --field-selector reason=Failed");
      case UNSCHEDULABLE ->
          new ReasonGuide(
              "No node takes the pod. The message has the scheduler's words.",
              "Check `deploy.podTemplate` or `load.template` for a `nodeSelector` that no node has. Ask for"
                  + " less in `deploy.resources`, or take fewer `replicas` or `load.workers`; or give the"
                  + " cluster room. A worker asks for memory by its share of the connections.",
              "kubectl describe nodes");
      case FORBIDDEN ->
          new ReasonGuide(
              "The API server turned an object of the run down: a quota, a pod security level, an"
                  + " admission webhook, a field that it does not take, or an object of that name which is not this run's. Or a target"
                  + " runs as user 64102, which is its collector's alone.",
              "The message has the API server's words. Mend what refuses, or delete or rename what stands"
                  + " in the way. It is tried again for 5 s, where a name is taken until"
                  + " `limits.startTimeout`. Give an image that runs as 64102"
                  + " another user in `deploy.podTemplate.securityContext`.",
              "kubectl describe resourcequota");
      case TARGET_NOT_READY ->
          new ReasonGuide(
              "The target did not become ready within `limits.startTimeout`, ended at once, or answers no"
                  + " worker through its Service.",
              "See whether it listens on `targets[].port` on all interfaces, and what it printed. The pod is"
                  + " ready once the port takes connections; a worker also wants an answer to"
                  + " `readiness.path`. Give a slow start a longer `limits.startTimeout`.",
              TARGET_LOG);
      case NOT_ARMED ->
          new ReasonGuide(
              "The workers ran, or were to run, and were not ready to send in time: they did not start,"
                  + " ended early, or their clock is wrong.",
              "The message says which pod and why. A busy node needs a longer `limits.startTimeout`; for a"
                  + " clock, see that the node has a time source.",
              WORKERS);
      case WORKER_OOM_KILLED ->
          new ReasonGuide(
              "A worker was killed for its memory. Podium limits it by its connections, threads and rate.",
              "Take more `load.workers`, so that each holds less, or give `load.template.resources` a higher"
                  + " limit; of an open load, a shorter `load.timeout`.",
              WORKERS);
      case RUNNING ->
          new ReasonGuide(
              "The run goes on, or waits for its turn. The message says which step, and what hinders it.",
              "Nothing. If a message about what hinders it stays, mend that: a quota on ConfigMaps, say,"
                  + " which keeps results from being written.",
              EVENTS);
      case COMPLETED ->
          new ReasonGuide(
              "Every step is recorded. Whether the figures are good is said by `status.verdict`.",
              "If `Ready` is not `True`, look at the rows: an SLO was missed or is not decided, a check was broken,"
                  + " or there was no good reply.",
              ROWS);
      case DEADLINE_EXCEEDED ->
          new ReasonGuide(
              "`spec.deadline`, counted from admission, passed before the last step. Rows so far are kept.",
              "See in the Events what took the time: attempts that were void, workers replaced. Then give"
                  + " a new run a longer `deadline` or fewer stages.",
              EVENTS);
      case CANCELLED ->
          new ReasonGuide(
              "`spec.cancel` was set. Rows so far are kept; a run that still waited for its turn has none.",
              "Nothing. To measure again, create a run.");
      case ABORTED ->
          new ReasonGuide(
              "The run cannot go on: an entry of its index was changed by hand, or this version of the"
                  + " operator does not accept a run that another has started. Rows so far are kept.",
              "The message says which. Create the run anew.",
              "kubectl get configmap RUN-index -o yaml");
      case ATTEMPTS_EXHAUSTED ->
          new ReasonGuide(
              "One step was tried `limits.attempts` times, and each attempt was void, or its target did not"
                  + " come back. The message names the targets, or the last reason: `StartSkew`,"
                  + " `WorkerMissing`, ...",
              "Look that word up on this page; the Event `AttemptDiscarded` has each attempt's own.",
              EVENTS);
      case TARGETS_FAILED ->
          new ReasonGuide(
              "At least one target could not be measured; the others were, unless"
                  + " `limits.onTargetFailure` is `Stop`.",
              "`TargetsReady` and the target's rows say why: look that word up on this page.",
              ROWS);
      case WORKERS_FAILED ->
          new ReasonGuide(
              "The workers did not start, or did not arm, within `limits.startTimeout`.",
              "`WorkersReady` says why: look that word up on this page.",
              WORKERS);
      case NOT_STARTED ->
          new ReasonGuide(
              "The run was rejected before anything started.",
              "`Accepted` says why: `Invalid` or `DeadlineTooShort`.");
      case PASSED ->
          new ReasonGuide(
              "Measured, with good replies, no check broken and every SLO kept.", "Nothing.");
      case FAILED ->
          new ReasonGuide(
              "Measured soundly, and an SLO was missed, or there was no good reply: a result, not an error.",
              "The row's message says which SLO and by how much. `TargetStalled` means that connections"
                  + " waited for replies beyond `load.timeout`, or for ever, for more of their time than"
                  + " the SLO `StalledRatio` allows (1% where the spec has none).",
              ROWS);
      case INCONCLUSIVE ->
          new ReasonGuide(
              "Measured and not to be trusted, or ended on request.",
              "If `Finished` says `Cancelled`, that is why. Else a row has a violation, its attempts were"
                  + " used up, or an SLO is not decided: requests were lost and the limit is above"
                  + " `load.timeout` (raise it; for `LatencyMean`, judge by `LatencyP99` and `ErrorRatio`"
                  + " instead), an open load sent late (more `load.workers`), or the engine does not show"
                  + " its connections (use the worker image of this version).",
              ROWS);
      case ERROR ->
          new ReasonGuide(
              "It could not be measured.",
              "`Finished` has the reason: look that word up on this page.",
              ROWS);
      case COUNTS_DIFFER ->
          new ReasonGuide(
              "The figures contradict each other: what wrk or vegeta counted does not add up.",
              "Repeat the run. If it stays, it is a fault of the engine or of Podium: keep the step's data"
                  + " and report it.",
              CHECKS);
      case GENERATOR_SATURATED ->
          new ReasonGuide(
              "A closed load's connections did not wait for the target all the time: the generator was at"
                  + " its limit. (Connections that hang count as waiting; `TargetStalled` speaks of"
                  + " them.)",
              "Take more `load.workers` or `load.threads`, or longer stages; with a target that closes"
                  + " connections, `keepAlive: false`.",
              CHECKS);
      case RATE_MISSED ->
          new ReasonGuide(
              "An open load sent less than 97 in 100 of its requests: the generator was too slow.",
              "Take more `load.workers`, or a lower `rate`.",
              CHECKS);
      case GENERATOR_STARVED ->
          new ReasonGuide(
              "A worker did not get the CPU that it asked for, so latencies may be its own.",
              "Give workers cores of their own: fewer `load.threads` than cores, other nodes than the"
                  + " target's by `load.template.nodeSelector`, no tight CPU limit.",
              CHECKS);
      case SAMPLES_LOST ->
          new ReasonGuide(
              "Not all that the target's collector saw of the step is known, so the row does not say what the"
                  + " target used. What the workers measured stands in it.",
              "See whether the collector was started again (memory, an eviction), or whether the operator was"
                  + " away for longer than it keeps its samples; then run it again.",
              "kubectl get pods -l podium.bench/run=RUN,podium.bench/role=target -o"
                  + " jsonpath='{range .items[*]}{.metadata.name} {.status.containerStatuses[?(@.name==\"collector\")].restartCount}{\"\\n\"}{end}'");
      case WORKER_MISSING ->
          new ReasonGuide(
              "A worker was lost in mid-step or did not give its result; the attempt is discarded. It stands"
                  + " in messages and in the Event `AttemptDiscarded`.",
              "See what ended the pod: memory, an eviction, a node that went.",
              "kubectl get events --field-selector involvedObject.kind=Pod");
      case START_SKEW ->
          new ReasonGuide(
              "The workers began further apart than `limits.maxStartSkew`; the attempt is discarded. It"
                  + " stands in messages and in the Event `AttemptDiscarded`.",
              "The nodes are too busy to start on time: take fewer workers on each. Only if the skew does"
                  + " not matter to you, raise `limits.maxStartSkew`.",
              EVENTS);
      case TARGET_RESTARTED ->
          new ReasonGuide(
              "A container of the target started again, or a pod of it was made anew, in each attempt of"
                  + " a step, or in one and it was not ready again within `limits.startTimeout`.",
              "The message says of what it ended: the exit code, its signal (139 is `SIGSEGV`, 137"
                  + " `SIGKILL`; with `OOMKilled`, `deploy.resources.limits.memory` is too low for this"
                  + " load), when, and the last line of its log. The last 20 lines are in the results,"
                  + " unless `collect.crashLogs` is false.",
              TARGET_CRASHES);
      case CLOCK_NOT_SYNCHRONISED ->
          new ReasonGuide(
              "Workers ran on several nodes, and a node's clock has no time source or too large an error"
                  + " to compare starts by.",
              "Run chrony or another NTP client on the nodes; or keep the workers on one node by"
                  + " `load.template.nodeSelector`.",
              CHECKS);
    };
  }
}
