package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.ConsistencyChecks;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.ResourceUsage;
import bench.podium.domain.measurement.StartSkew;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides whether an attempt counts, once all of its workers have reported their results. */
public sealed interface StepAssessment {

  /** The attempt is discarded because of this violation. */
  record Discarded(Violation violation) implements StepAssessment {}

  /**
   * The attempt counts. The row's verdict says whether its figures can be trusted.
   *
   * @param merged the measurement from which the row's figures were computed
   */
  record Valid(Row row, StepMeasurement merged) implements StepAssessment {}

  /**
   * What is known of an attempt apart from its measurement.
   *
   * @param attempt number of the attempt among those that count against the limit, from 1
   * @param restarts of the target before this attempt
   * @param oomKills number of OOM kills among the restarts
   * @param sharedCores whether a worker runs on a node of the target
   */
  record AttemptContext(
      int attempt, int restarts, int oomKills, boolean sharedCores, TargetContext target) {}

  /** Merges the measurements, runs the consistency checks and evaluates the SLOs. */
  static StepAssessment assess(
      RunPlan plan, Step step, List<WorkerMeasurement> measurements, AttemptContext context) {
    LoadPlan load = plan.load();
    boolean keepAlive = plan.workload().keepAlive();
    StepMeasurement merged = StepMeasurement.merge(measurements);
    List<Violation> violations =
        new ArrayList<>(
            new ConsistencyChecks(
                    load.workers(), plan.limits().maxStartSkew(), keepAlive, context.sharedCores())
                .check(measurements, merged));
    samplesLost(context.target()).ifPresent(violations::add);
    Optional<Violation> discarding =
        violations.stream()
            .filter(
                violation -> violation.check().effect() == ConsistencyCheck.Effect.DISCARDS_ATTEMPT)
            .findFirst();
    if (discarding.isPresent()) {
      return new Discarded(discarding.get());
    }
    StepMetrics figures = figures(plan, step, merged, context.target());
    SloOutcomes outcomes = SloOutcomes.of(plan.slos(), figures, violations);
    return new Valid(
        new Row(
            step.index(),
            step.target(),
            step.stage().name(),
            Optional.of(figures),
            RowReason.MEASURED,
            outcomes.message(),
            violations,
            outcomes.warnings(context.sharedCores()),
            context.attempt(),
            context.restarts(),
            context.oomKills(),
            outcomes.verdict()),
        merged);
  }

  /**
   * The row of a target that restarted under load.
   *
   * @param how message: whether it restarted in every attempt or did not come back, with a hint
   */
  static Row restarted(Step step, String how, int restarts, int oomKills) {
    return restartedRow(step, how + restartCounts(restarts, oomKills), restarts, oomKills);
  }

  /** The row without figures of a target that was failed. */
  static Row failed(Step step, RowReason reason, String message, int restarts, int oomKills) {
    return reason == RowReason.TARGET_RESTARTED
        ? restartedRow(step, message, restarts, oomKills)
        : Row.notMeasured(step, reason, message).withRestarts(restarts, oomKills);
  }

  private static Row restartedRow(Step step, String message, int restarts, int oomKills) {
    return new Row(
        step.index(),
        step.target(),
        step.stage().name(),
        Optional.empty(),
        RowReason.TARGET_RESTARTED,
        message,
        List.of(new Violation(ConsistencyCheck.TARGET_RESTARTED, message)),
        List.of(),
        0,
        restarts,
        oomKills,
        Verdict.INCONCLUSIVE);
  }

  /** Empty if both are 0: a pod that replaces another starts its own count. */
  private static String restartCounts(int restarts, int oomKills) {
    if (restarts + oomKills == 0) {
      return "";
    }
    String times = restarts == 1 ? "1 restart" : restarts + " restarts";
    return ": " + times + (oomKills == 0 ? "" : ", %d out of memory".formatted(oomKills));
  }

  private static Optional<Violation> samplesLost(TargetContext target) {
    return target.podsWithLostSamples().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                ConsistencyCheck.SAMPLES_LOST,
                "samples of the collector are missing for "
                    + String.join(", ", target.podsWithLostSamples())
                    + "; the measurements of the workers are complete"));
  }

  private static StepMetrics figures(
      RunPlan plan, Step step, StepMeasurement merged, TargetContext target) {
    return new StepMetrics(
        merged.requests(),
        merged.sent(),
        merged.duration().toMillis(),
        merged.throughputPerSecond(),
        merged.latency(),
        merged.correctedLatency(),
        merged.errors(),
        merged.errorPartsPerMillion(),
        merged.startSkew().map(StartSkew::micros).orElse(0L),
        merged.startSkew().map(StartSkew::errorMicros).orElse(0L),
        merged.connectionUtilization(plan.workload().keepAlive()),
        merged.generatorWaitPermille(),
        openLoad(step.stage().load(), merged.offered()),
        merged.series().p99JitterMicros(),
        merged.spikePermille(p99Limit(plan.slos())),
        target.usage().map(usage -> targetUsage(usage, merged)),
        LatencySummary.of(merged.measured()),
        merged.stalls().map(StepMetrics.Stalls::of),
        merged.goodReplies(),
        merged.reconnects());
  }

  private static StepMetrics.TargetUsage targetUsage(ResourceUsage usage, StepMeasurement merged) {
    return new StepMetrics.TargetUsage(
        usage.cpuMillicores(),
        usage.memoryMaxBytes(),
        usage.threadsMax(),
        usage.requestsPerCpuSecond(merged.throughput()));
  }

  private static Optional<StepMetrics.OpenLoad> openLoad(LoadModel load, OfferedLoad offered) {
    if (load instanceof LoadModel.Open open && offered instanceof OfferedLoad.Rate rate) {
      return Optional.of(
          new StepMetrics.OpenLoad(Math.round(open.mean()), LatencySummary.of(rate.sendDelay())));
    }
    return Optional.empty();
  }

  /** Limit of the SLO of the 99th percentile; 0 if there is none. */
  private static long p99Limit(List<Slo> slos) {
    return slos.stream()
        .filter(Slo.Latency.class::isInstance)
        .map(Slo.Latency.class::cast)
        .filter(slo -> slo.figure() == Slo.LatencyFigure.P99)
        .mapToLong(Slo.Latency::maxMicros)
        .findFirst()
        .orElse(0);
  }
}
