package bench.podium.planning;

import bench.podium.domain.plan.RunPlan;

/** The result of planning a spec. */
public sealed interface PlanResult {

  /** The spec is valid. */
  record Planned(RunPlan plan) implements PlanResult {}

  /**
   * The spec is invalid.
   *
   * @param message names the field, what is wrong and what to write instead
   */
  record Rejected(Reason reason, String message) implements PlanResult {}

  /** Why a spec is rejected. */
  enum Reason {
    /** A value, or a combination of values, is invalid. */
    INVALID,
    /** The deadline is shorter than the planned duration. */
    DEADLINE_TOO_SHORT
  }
}
