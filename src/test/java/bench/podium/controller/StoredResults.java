package bench.podium.controller;

import bench.podium.domain.judge.AttemptHistory;
import bench.podium.domain.judge.JudgeFixture;
import bench.podium.domain.judge.Row;
import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.domain.measure.StepMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.results.ResultCodec;
import bench.podium.results.StepData;
import bench.podium.testing.ApiServer;
import bench.podium.wire.WireCodec;
import bench.podium.wire.WorkerReport;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The run {@code shop} on a real API server, with what is recorded of it. */
final class StoredResults {

  static final ResultCodec CODEC = new ResultCodec(new WireCodec());

  private final StoredRuns runs = new StoredRuns();
  private final RunPlan plan = StoredRuns.plan(runs.create("shop"));

  RunPlan plan() {
    return plan;
  }

  String namespace() {
    return runs.namespace();
  }

  ResultStore store(KubernetesClient through) {
    return new ResultStore(
        through,
        new FencedActs(through),
        CODEC,
        new Failpoints(Optional.empty(), Path.of("target")));
  }

  ConfigMap index() {
    return configMap("shop-index");
  }

  ConfigMap configMap(String name) {
    return ApiServer.client().configMaps().inNamespace(namespace()).withName(name).require();
  }

  /** Of two load pods. */
  StepData data(Row row) {
    return data(row, List.of(report(0, "printed"), report(1, "printed")));
  }

  StepData data(Row row, List<WorkerReport> reports) {
    StepMeasurement merged =
        StepMeasurement.merge(reports.stream().map(WorkerReport::measurement).toList());
    return new StepData(
        plan.run().uid(), 1, 0, row, merged, reports, List.of(), AttemptHistory.NONE);
  }

  static Row row(int step, long throughput) {
    return JudgeFixture.row(
        step, step == 0 ? "gin" : "chi", "low", JudgeFixture.figures(throughput, 1_000, 0));
  }

  static WorkerReport report(int worker, String output) {
    return new WorkerReport(0, 1, 10, 14, MeasurementFixture.sound(worker), output);
  }
}
