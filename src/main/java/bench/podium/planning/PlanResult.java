package bench.podium.planning;

import bench.podium.domain.plan.RunPlan;

/** What became of a spec. */
public sealed interface PlanResult {

  /** The spec makes sense. */
  record Planned(RunPlan plan) implements PlanResult {}

  /**
   * The run cannot be carried out as it is written.
   *
   * @param message names the field, what is wrong and what to write instead
   */
  record Rejected(Reason reason, String message) implements PlanResult {}

  /** Why a spec is rejected. */
  enum Reason {
    /** A value, or two together, make no sense. */
    INVALID,
    /** The plan takes longer than its deadline. */
    DEADLINE_TOO_SHORT
  }
}
