package bench.podium.controller.cluster;

import bench.podium.controller.run.StoredRuns;
import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.results.ResultCodec;
import bench.podium.results.StepData;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The run {@code shop} on a real API server, with its recorded results. */
public final class StoredResults {

  static final ResultCodec CODEC = new ResultCodec(new ProtocolCodec());

  private final StoredRuns runs = new StoredRuns();
  private final RunPlan plan = StoredRuns.plan(runs.create("shop"));

  public RunPlan plan() {
    return plan;
  }

  public String namespace() {
    return runs.namespace();
  }

  public ResultStore store(KubernetesClient through) {
    return new ResultStore(
        through,
        new GuardedWrites(through),
        CODEC,
        new Failpoints(Optional.empty(), Path.of("target")));
  }

  public ConfigMap index() {
    return configMap("shop-index");
  }

  ConfigMap configMap(String name) {
    return ApiServer.client().configMaps().inNamespace(namespace()).withName(name).require();
  }

  /** The data of two workers. */
  public StepData data(Row row) {
    return data(row, List.of(report(0, "printed"), report(1, "printed")));
  }

  public StepData data(Row row, List<AttemptResult> reports) {
    StepMeasurement merged =
        StepMeasurement.merge(reports.stream().map(AttemptResult::measurement).toList());
    return new StepData(
        plan.run().uid(), 1, 0, row, merged, reports, List.of(), AttemptHistory.NONE);
  }

  public static Row row(int step, long throughput) {
    return EvaluationFixture.row(
        step, step == 0 ? "gin" : "chi", "low", EvaluationFixture.figures(throughput, 1_000, 0));
  }

  static AttemptResult report(int worker, String output) {
    return new AttemptResult(0, 1, 10, 14, MeasurementFixture.sound(worker), output);
  }
}
