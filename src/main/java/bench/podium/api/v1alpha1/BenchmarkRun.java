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

/** A benchmark: targets, the load they are put under, and what came of it. */
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
    getDescription = "Where the run is")
@AdditionalPrinterColumn(
    name = "VERDICT",
    jsonPath = ".status.verdict",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "What came of it")
@AdditionalPrinterColumn(
    name = "STEP",
    jsonPath = ".status.display.step",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Steps done, of all")
@AdditionalPrinterColumn(
    name = "BEST",
    jsonPath = ".status.display.best",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "The target that ranks first")
@AdditionalPrinterColumn(
    name = "THROUGHPUT",
    jsonPath = ".status.display.throughput",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Of the best target, at its best stage")
@AdditionalPrinterColumn(
    name = "P99",
    jsonPath = ".status.display.p99",
    type = AdditionalPrinterColumn.Type.STRING,
    getDescription = "Measured latency of that row")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE,
    getDescription =
        "Time since the run was created; runs start in this order, those of one second by name")
@JsonClassDescription(
    "A benchmark: targets, the load they are put under, and what came of it. Once started its"
        + " spec is"
        + " fixed, but for cancel, cleanup, deadline and suspend; to run again, create another.")
public final class BenchmarkRun extends CustomResource<BenchmarkRunSpec, BenchmarkRunStatus>
    implements Namespaced {

  public static final String GROUP = "podium.bench";
  public static final String VERSION = "v1alpha1";
  public static final String KIND = "BenchmarkRun";

  private static final long serialVersionUID = 1L;

  /** A record has no empty form; an absent spec is null until it is read or set. */
  @Override
  protected BenchmarkRunSpec initSpec() {
    return null;
  }

  /** Absent until the operator writes it; a default one would be sent with every apply. */
  @Override
  protected BenchmarkRunStatus initStatus() {
    return null;
  }
}
