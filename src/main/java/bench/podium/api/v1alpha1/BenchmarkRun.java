package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The custom resource: targets, the load that is applied to them, and the results. */
@Group(BenchmarkRun.GROUP)
@Version(BenchmarkRun.VERSION)
@Kind(BenchmarkRun.KIND)
@Singular("benchmarkrun")
@Plural("benchmarkruns")
@ShortNames("bmr")
@Categories("podium")
@AdditionalSelectableField(jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "PHASE",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Phase of the run")
@AdditionalPrinterColumn(
    name = "VERDICT",
    jsonPath = ".status.verdict",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Verdict of the run")
@AdditionalPrinterColumn(
    name = "STEP",
    jsonPath = ".status.display.step",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Recorded steps / steps of the plan")
@AdditionalPrinterColumn(
    name = "BEST",
    jsonPath = ".status.display.best",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Target with rank 1")
@AdditionalPrinterColumn(
    name = "THROUGHPUT",
    jsonPath = ".status.display.throughput",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Requests per second of that target at its best stage")
@AdditionalPrinterColumn(
    name = "P99",
    jsonPath = ".status.display.p99",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "99th percentile of latency in that row")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE,
    getDescription =
        "Time since the run was created; queued runs start in order of creation, those of"
            + " the same second by namespace and name")
@JsonClassDescription(
    "A benchmark run: targets, the load that is applied to them, and the results. Once"
        + " the run has started, its spec is immutable except for cancel, cleanup, deadline"
        + " and suspend; to measure again, create another run.")
public final class BenchmarkRun extends CustomResource<BenchmarkRunSpec, BenchmarkRunStatus>
    implements Namespaced {

  public static final String GROUP = "podium.bench";
  public static final String VERSION = "v1alpha1";
  public static final String KIND = "BenchmarkRun";

  private static final long serialVersionUID = 1L;

  /** Null until the spec is read or set: a record cannot be created empty. */
  @Override
  protected BenchmarkRunSpec initSpec() {
    return null;
  }

  /** Null until the operator writes it: a default status would be sent with every apply. */
  @Override
  protected BenchmarkRunStatus initStatus() {
    return null;
  }
}
