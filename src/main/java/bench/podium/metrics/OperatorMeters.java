package bench.podium.metrics;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.lifecycle.RunAction;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** Metrics of the operator; all label values are from fixed sets, so the cardinality is bounded. */
public final class OperatorMeters {

  private static final double MICROS_PER_SECOND = 1e6;

  private final Counter actions;
  private final Counter finished;
  private final Counter steps;
  private final Counter ignoredPods;
  private final Histogram startSkew;

  /**
   * @param registry in which the metrics are registered; only one instance per registry
   */
  public OperatorMeters(CollectorRegistry registry) {
    actions =
        Counter.build("podium_actions_total", "Actions carried out for running runs, by name.")
            .labelNames("action")
            .register(registry);
    finished =
        Counter.build("podium_runs_finished_total", "Runs finished, by verdict and reason.")
            .labelNames("verdict", "reason")
            .register(registry);
    steps =
        Counter.build("podium_steps_recorded_total", "Steps recorded, by the row's verdict.")
            .labelNames("verdict")
            .register(registry);
    ignoredPods =
        Counter.build(
                "podium_ignored_pods_total",
                "Pods that bear a run's labels and were not made for it.")
            .register(registry);
    startSkew =
        Histogram.build(
                "podium_start_skew_seconds",
                "Between the first requests of the first and the last worker of a step.")
            .buckets(0.0005, 0.001, 0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1)
            .register(registry);
  }

  public void action(RunAction action) {
    actions.labels(action.action()).inc();
  }

  public void finished(RunAction.FinishRun finish) {
    finished.labels(finish.verdict().text(), finish.reason().text()).inc();
  }

  /** Counts a pod that has the labels of a run but was not created for it. */
  public void ignoredPod() {
    ignoredPods.inc();
  }

  public void recorded(Row row) {
    steps.labels(row.verdict().text()).inc();
    row.figures()
        .map(StepMetrics::startSkewMicros)
        .ifPresent(micros -> startSkew.observe(micros / MICROS_PER_SECOND));
  }
}
