package bench.podium.domain.observation;

/**
 * Why a pod does not run, or an object cannot be created.
 *
 * @param message Kubernetes' message where there is one
 */
public record Problem(Kind kind, String message) {

  /** Whether the termination of a container may be the cause. */
  public boolean mayFollowFromTermination() {
    return kind == Kind.NOT_READY || kind == Kind.OOM_KILLED;
  }

  /** The kinds of problem that lead to different reasons of a condition. */
  public enum Kind {
    IMAGE_PULL_FAILED,
    UNSCHEDULABLE,
    FORBIDDEN,
    /** The API server rejects an object because of the value of a field. */
    INVALID,
    /** A target runs as the user that is reserved for the collector. */
    RESERVED_USER,
    /** An object that belongs to somebody else has the name of one that the run needs. */
    NAME_TAKEN,
    NOT_READY,
    NOT_ARMED,
    OOM_KILLED
  }
}
