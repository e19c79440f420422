package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.invalid;
import static bench.podium.planning.RejectedSpecException.required;
import static bench.podium.planning.RejectedSpecException.size;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.Metric;
import bench.podium.api.v1alpha1.SloSpec;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Plans the service level objectives of a run. */
final class SloPlanner {

  private static final Pattern PERCENTAGE = Pattern.compile(Bounds.PERCENTAGE);

  private SloPlanner() {}

  /**
   * Plans the SLOs of the spec and the implied one.
   *
   * @param engine of the load: StalledRatio applies to closed loads only
   */
  static List<Slo> plan(List<SloSpec> specs, EngineKind engine) {
    size("spec.slo", specs, 0, 10);
    List<Slo> slos = new ArrayList<>();
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    for (SloSpec spec : specs) {
      String field = "spec.slo[" + slos.size() + "]";
      slos.add(plan(field, spec));
      check(metrics.add(spec.metric()), field + ".metric", "is given twice; keep the stricter one");
    }
    return switch (engine) {
      case WRK -> withImplied(slos, metrics);
      case VEGETA -> requireNoStalledRatio(slos, metrics);
    };
  }

  private static List<Slo> withImplied(List<Slo> slos, Set<Metric> metrics) {
    if (!metrics.contains(Metric.STALLED_RATIO)) {
      slos.add(Slo.StalledRatio.IMPLIED);
    }
    return slos;
  }

  private static List<Slo> requireNoStalledRatio(List<Slo> slos, Set<Metric> metrics) {
    check(
        !metrics.contains(Metric.STALLED_RATIO),
        "spec.slo",
        "StalledRatio applies to closed loads only, and engine Vegeta sends an open load:"
            + " use ErrorRatio, which counts every request without a reply, or engine: Wrk");
    return slos;
  }

  private static Slo plan(String field, SloSpec spec) {
    String max = required(field + ".max", spec.max());
    return switch (required(field + ".metric", spec.metric())) {
      case LATENCY_MEAN -> latency(field, LatencyFigure.MEAN, max);
      case LATENCY_P50 -> latency(field, LatencyFigure.P50, max);
      case LATENCY_P90 -> latency(field, LatencyFigure.P90, max);
      case LATENCY_P95 -> latency(field, LatencyFigure.P95, max);
      case LATENCY_P99 -> latency(field, LatencyFigure.P99, max);
      case LATENCY_P999 -> latency(field, LatencyFigure.P999, max);
      case LATENCY_MAX -> latency(field, LatencyFigure.MAX, max);
      case ERROR_RATIO -> new Slo.ErrorRatio(partsPerMillion(field + ".max", max));
      case STALLED_RATIO -> new Slo.StalledRatio(partsPerMillion(field + ".max", max), false);
    };
  }

  private static Slo latency(String field, LatencyFigure figure, String max) {
    Duration bound =
        DurationText.parseLatency(max)
            .filter(Duration::isPositive)
            .orElseThrow(
                () ->
                    invalid(
                        field + ".max",
                        "\"" + max + "\" is not a latency; write one as in 25ms or 800us"));
    return new Slo.Latency(figure, bound.dividedBy(Duration.of(1, ChronoUnit.MICROS)));
  }

  private static long partsPerMillion(String field, String max) {
    check(
        PERCENTAGE.matcher(max).matches(),
        field,
        "\"" + max + "\" is not a percentage from 0% to 100%; write one as in 0.1%");
    return new BigDecimal(max.substring(0, max.length() - 1)).movePointRight(4).longValueExact();
  }
}
