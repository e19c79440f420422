package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.inRange;
import static bench.podium.planning.RejectedSpecException.required;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.CleanupSpec;
import bench.podium.api.v1alpha1.LimitsSpec;
import bench.podium.domain.plan.Environment;
import bench.podium.domain.plan.Limits;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Stage;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.planning.PlanResult.Planned;
import bench.podium.planning.PlanResult.Reason;
import bench.podium.planning.PlanResult.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts the spec of a run to its plan, or rejects it. The same spec always gives the same plan.
 */
public final class PlanFactory {

  private PlanFactory() {}

  /**
   * Plans a run. A rejection names the first invalid field only, in the order of the spec.
   *
   * @param run as read from the cluster, with name, namespace and uid
   */
  public static PlanResult plan(BenchmarkRun run) {
    try {
      return new Planned(planOrReject(run));
    } catch (RejectedSpecException e) {
      return new Rejected(e.reason(), e.getMessage());
    }
  }

  private static RunPlan planOrReject(BenchmarkRun run) {
    RunIdentity identity = identity(run);
    BenchmarkRunSpec spec = required("spec", run.getSpec());
    List<TargetPlan> targets = new TargetPlanner(identity).plan(spec.targets());
    Environment environment = EnvironmentHash.of(spec.environment());
    LoadPlan load = LoadPlanner.plan(required("spec.load", spec.load()));
    List<Step> steps = steps(targets, LoadPlanner.stages(spec.load()));
    List<Stage> stages = steps.stream().map(Step::stage).distinct().toList();
    Duration planned = DurationEstimate.of(targets.size(), load, stages);
    checkCleanup(spec.cleanup());
    SpecSize.check(spec);
    return new RunPlan(
        identity,
        targets,
        WorkloadPlanner.plan(required("spec.workload", spec.workload()), environment),
        load,
        steps,
        SloPlanner.plan(spec.slo(), load.engine()),
        limits(spec.limits()),
        environment,
        planned,
        deadline(spec.deadline(), planned, isStarted(run)));
  }

  private static boolean isStarted(BenchmarkRun run) {
    return run.getStatus() != null && run.getStatus().startTime() != null;
  }

  private static RunIdentity identity(BenchmarkRun run) {
    String name = run.getMetadata().getName();
    check(
        name.matches(Bounds.RUN_NAME),
        "metadata.name",
        "\""
            + name
            + "\" must begin with a letter and have at most 40 characters a-z, 0-9 and -,"
            + " because the names of its Services begin with it");
    return new RunIdentity(run.getMetadata().getNamespace(), name, run.getMetadata().getUid());
  }

  private static List<Step> steps(List<TargetPlan> targets, List<Stage> stages) {
    int rows = targets.size() * stages.size();
    check(
        rows <= Bounds.ROWS,
        "spec.targets",
        "%d targets x %d stages are %d rows, a run holds %d: split it into several runs"
            .formatted(targets.size(), stages.size(), rows, Bounds.ROWS));
    List<Step> steps = new ArrayList<>();
    for (TargetPlan target : targets) {
      for (Stage stage : stages) {
        steps.add(new Step(steps.size(), target.name(), stage));
      }
    }
    return steps;
  }

  /** Checked here because it is used only after the run, when it can no longer be rejected. */
  private static void checkCleanup(CleanupSpec cleanup) {
    if (cleanup.ttlAfterFinished() != null) {
      String field = "spec.cleanup.ttlAfterFinished";
      DurationField ttl = DurationField.of(field, cleanup.ttlAfterFinished());
      check(
          ttl.value().compareTo(Duration.ofSeconds(1)) >= 0,
          field,
          "must be at least 1s, not " + ttl.text() + "; set pods: Always to keep nothing");
    }
  }

  private static Limits limits(LimitsSpec limits) {
    return new Limits(
        DurationField.of("spec.limits.startTimeout", limits.startTimeout())
            .between(Duration.ofSeconds(5), Duration.ofHours(1)),
        inRange("spec.limits.attempts", limits.attempts(), 1, 10),
        DurationField.of("spec.limits.maxStartSkew", limits.maxStartSkew())
            .between(Duration.ofMillis(1), Duration.ofSeconds(10)),
        switch (limits.onTargetFailure()) {
          case CONTINUE -> Limits.OnTargetFailure.CONTINUE;
          case STOP -> Limits.OnTargetFailure.STOP;
        });
  }

  /** A deadline that was shortened after the start ends the run; the spec is not rejected. */
  private static Duration deadline(String text, Duration planned, boolean started) {
    if (text == null) {
      return DurationEstimate.defaultDeadline(planned);
    }
    Duration deadline = DurationField.of("spec.deadline", text).value();
    if (!started && deadline.compareTo(planned) < 0) {
      throw new RejectedSpecException(
          Reason.DEADLINE_TOO_SHORT,
          ("spec.deadline: %s is shorter than the plan, which takes %s; write at least that, or"
                  + " leave it out for %s")
              .formatted(
                  text,
                  DurationText.of(planned),
                  DurationText.of(DurationEstimate.defaultDeadline(planned))));
    }
    return deadline;
  }
}
