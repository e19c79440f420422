package bench.podium.domain.observation;

/**
 * Why something does not run.
 *
 * @param message Kubernetes' own words where there are any
 */
public record Problem(Kind kind, String message) {

  /** Whether a container that has ended may be why. */
  public boolean isOfAnEnd() {
    return kind == Kind.NOT_READY || kind == Kind.OOM_KILLED;
  }

  /** The kinds that a condition tells apart. */
  public enum Kind {
    IMAGE_PULL_FAILED,
    UNSCHEDULABLE,
    FORBIDDEN,
    /** The API server does not take an object for what stands in one of its fields. */
    INVALID,
    /** A target runs as a user that is the collector's alone. */
    RESERVED_USER,
    /** An object that is not this run's has the name of one that it needs. */
    NAME_TAKEN,
    NOT_READY,
    NOT_ARMED,
    OOM_KILLED
  }
}
