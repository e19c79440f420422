package bench.podium.domain.plan;

import java.util.List;

/** Builds variants of a plan for tests. */
public final class RunPlanBuilder {

  private final RunPlan plan;
  private Workload workload;
  private List<Step> steps;
  private List<Slo> slos;

  private RunPlanBuilder(RunPlan plan) {
    this.plan = plan;
    this.workload = plan.workload();
    this.steps = plan.steps();
    this.slos = plan.slos();
  }

  /** A copy of this plan. */
  public static RunPlanBuilder from(RunPlan plan) {
    return new RunPlanBuilder(plan);
  }

  public RunPlanBuilder workload(Workload value) {
    workload = value;
    return this;
  }

  public RunPlanBuilder steps(Step... values) {
    steps = List.of(values);
    return this;
  }

  public RunPlanBuilder slos(Slo... values) {
    slos = List.of(values);
    return this;
  }

  public RunPlan build() {
    return new RunPlan(
        plan.run(),
        plan.targets(),
        workload,
        plan.load(),
        steps,
        slos,
        plan.limits(),
        plan.environment(),
        plan.planned(),
        plan.deadline());
  }
}
