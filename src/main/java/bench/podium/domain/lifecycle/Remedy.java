package bench.podium.domain.lifecycle;

/**
 * What a person can do about a trouble: it stands before Kubernetes' own words, which may be cut.
 */
public final class Remedy {

  private static final String NAME_TAKEN = "delete that object, or give the run another name";

  private Remedy() {}

  /** The trouble of a target, with what to do about it. */
  static Trouble ofTarget(Trouble trouble) {
    return with(
        trouble,
        switch (trouble.kind()) {
          case IMAGE_PULL_FAILED -> "check deploy.image and deploy.imagePullSecrets of the target";
          case UNSCHEDULABLE ->
              "lower deploy.resources of the target, check deploy.podTemplate.nodeSelector, or make room";
          case FORBIDDEN ->
              "raise the quota or change the rule that refuses the target, or its deploy.resources";
          case RESERVED_USER ->
              "give the target's image, or deploy.podTemplate.securityContext, another user";
          case NAME_TAKEN -> NAME_TAKEN;
          case OOM_KILLED -> "raise the memory in deploy.resources.limits of the target";
          case NOT_READY, NOT_ARMED ->
              "look at the log of the target's pod, and check its port, readiness.path and deploy";
        });
  }

  /** What a target's containers ended of, with what to do about it. */
  static String ofRestarts(int oomKills, String how) {
    return (oomKills > 0
            ? "raise the memory in deploy.resources.limits of the target: "
            : "see what its container printed last (kubectl logs --previous): ")
        + how;
  }

  /** What replaced a target's pod, with what to do about it: no container of the new one ended. */
  static String ofReplacement(String how) {
    return "see who removed it (kubectl get events), such as a drain, an eviction or an autoscaler: "
        + how;
  }

  /** The trouble of the load pods, with what to do about it. */
  static Trouble ofLoad(Trouble trouble) {
    return with(
        trouble,
        switch (trouble.kind()) {
          case IMAGE_PULL_FAILED -> "check the operator's setting of the load pods' image";
          case UNSCHEDULABLE ->
              "take fewer load.workers, check load.template, or make room on the nodes";
          case FORBIDDEN, RESERVED_USER -> "raise the quota or change the rule that refuses them";
          case NAME_TAKEN -> NAME_TAKEN;
          case OOM_KILLED ->
              "raise the memory in load.template.resources.limits, or take more load.workers";
          case NOT_READY, NOT_ARMED -> "look at the load pods' logs and at the load on their nodes";
        });
  }

  /** Why a run's results cannot be written, with what to do about it. */
  public static Trouble ofResults(Trouble trouble) {
    return with(
        trouble,
        trouble.kind() == Trouble.Kind.NAME_TAKEN
            ? NAME_TAKEN
            : "raise the quota of ConfigMaps or change the rule that refuses them");
  }

  private static Trouble with(Trouble trouble, String remedy) {
    return new Trouble(trouble.kind(), remedy + ": " + trouble.message());
  }
}
