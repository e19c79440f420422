package bench.podium.domain.plan;

import java.time.Duration;
import java.util.List;

/**
 * Everything that a run will do, computed from its spec before anything starts. Equal specs give
 * equal plans.
 *
 * @param steps in the order in which they run; the steps of a target are adjacent
 * @param planned estimated time from the first T0 to the end of the last step, including warm-ups,
 *     cool-downs and the start of each target
 * @param deadline after which the run is finished, counted from its admission
 */
public record RunPlan(
    RunIdentity run,
    List<TargetPlan> targets,
    Workload workload,
    LoadPlan load,
    List<Step> steps,
    List<Slo> slos,
    Limits limits,
    Environment environment,
    Duration planned,
    Duration deadline) {

  public RunPlan {
    targets = List.copyOf(targets);
    steps = List.copyOf(steps);
    slos = List.copyOf(slos);
  }

  /**
   * @throws IllegalArgumentException if the plan has no such target
   */
  public TargetPlan target(String name) {
    return targets.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + name + " in the plan"));
  }
}
