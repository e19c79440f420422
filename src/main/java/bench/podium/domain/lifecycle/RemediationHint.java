package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.Problem;
import java.util.Optional;

/**
 * Hints that say what to do about a problem. A hint precedes Kubernetes' message, which may be
 * truncated.
 */
public final class RemediationHint {

  private static final String MORE_MEMORY =
      "raise the memory in deploy.resources.limits of the target";

  // Exit codes of shells and container runtimes.
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private static final String NAME_TAKEN = "delete that object, or give the run another name";

  private RemediationHint() {}

  /** The problem of a target, with a hint. */
  static Problem ofTarget(Problem problem) {
    return with(
        problem,
        switch (problem.kind()) {
          case IMAGE_PULL_FAILED -> "check deploy.image and deploy.imagePullSecrets of the target";
          case UNSCHEDULABLE ->
              "lower deploy.resources of the target, check deploy.podTemplate.nodeSelector, or make room";
          case FORBIDDEN ->
              "raise the quota or change the rule that refuses the target, or its deploy.resources";
          case INVALID ->
              "create a new run with a valid value in the field of deploy that Kubernetes names";
          case RESERVED_USER ->
              "give the target's image, or deploy.podTemplate.securityContext, another user";
          case NAME_TAKEN -> NAME_TAKEN;
          case OOM_KILLED -> MORE_MEMORY;
          case NOT_READY, NOT_ARMED ->
              "look at the log of the target's pod, and check its port, readiness.path and deploy";
        });
  }

  /**
   * Message on a target that restarted, with a hint.
   *
   * @param last the last known termination; absent where it was lost together with its pod
   */
  static String ofRestarts(Optional<ContainerTermination> last, int oomKills, String how) {
    return last.map(RemediationHint::ofTermination)
            .orElse(
                oomKills > 0
                    ? MORE_MEMORY
                    : "look at the events of its pods (kubectl get events), since the pod that ended is"
                        + " gone")
        + ": "
        + how;
  }

  /**
   * Message on a target whose pod was replaced, with a hint: no container of the new pod has
   * terminated.
   */
  static String ofReplacement(String how) {
    return "see who removed it (kubectl get events), such as a drain, an eviction or an autoscaler: "
        + how;
  }

  /** The hint for this termination of a target's container. */
  public static String ofTermination(ContainerTermination end) {
    ExitStatus exit = end.exit();
    if (end.podDeleted()) {
      return "find out who drains the node, or deletes or evicts pods (kubectl get events)";
    }
    if (exit.outOfMemory()) {
      return MORE_MEMORY;
    }
    if (exit.code() == 0) {
      return "the program ends by itself: check deploy.image and deploy.args of the target";
    }
    return exit.signal().map(RemediationHint::ofSignal).orElseGet(() -> ofCode(exit.code()));
  }

  private static String ofSignal(String signal) {
    return switch (signal) {
      case "SIGKILL" ->
          "it was killed from outside, and not at its memory limit: look at the events of its pod and"
              + " node (kubectl get events) for memory pressure or an eviction";
      case "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT" ->
          "it received a signal to terminate: look at the events of its pod and node (kubectl get"
              + " events)";
      case "SIGSYS" ->
          "a system call was refused: check deploy.podTemplate.securityContext of the target";
      default -> "the program itself crashed: run the image alone under this load to see where";
    };
  }

  private static String ofCode(int code) {
    return code == NOT_EXECUTABLE || code == NOT_FOUND
        ? "its program cannot be started: check deploy.image and deploy.args of the target"
        : "the program exited with an error: see the end of its log, and check deploy.args and"
            + " deploy.env of the target";
  }

  /** The problem of a target whose container terminated before it was ready, with a hint. */
  static Problem ofTarget(Problem problem, ContainerTermination end) {
    return with(problem, ofTermination(end));
  }

  /** The problem of the workers, with a hint. */
  static Problem ofWorkers(Problem problem) {
    return with(
        problem,
        switch (problem.kind()) {
          case IMAGE_PULL_FAILED -> "check the operator's setting of the workers' image";
          case UNSCHEDULABLE ->
              "take fewer load.workers, check load.template, or make room on the nodes";
          case INVALID ->
              "create a new run with a valid value in the field of load.template that Kubernetes"
                  + " names";
          case FORBIDDEN, RESERVED_USER -> "raise the quota or change the rule that refuses them";
          case NAME_TAKEN -> NAME_TAKEN;
          case OOM_KILLED ->
              "raise the memory in load.template.resources.limits, or take more load.workers";
          case NOT_READY, NOT_ARMED -> "look at the workers' logs and at the load on their nodes";
        });
  }

  /** The problem that prevents a run's results from being written, with a hint. */
  public static Problem ofResults(Problem problem) {
    return with(
        problem,
        problem.kind() == Problem.Kind.NAME_TAKEN
            ? NAME_TAKEN
            : "raise the quota of ConfigMaps or change the rule that refuses them");
  }

  private static Problem with(Problem problem, String hint) {
    return new Problem(problem.kind(), hint + ": " + problem.message());
  }
}
