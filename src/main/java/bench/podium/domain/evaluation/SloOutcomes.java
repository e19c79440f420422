package bench.podium.domain.evaluation;

import bench.podium.domain.evaluation.SloEvaluation.Outcome;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of all SLOs for the figures of one attempt.
 *
 * @param missed SLOs that the figures miss
 * @param undecided SLOs that the figures do not decide
 * @param contradicted whether a consistency check is violated
 */
record SloOutcomes(
    StepMetrics figures, List<Slo> missed, List<Slo> undecided, boolean contradicted) {

  static SloOutcomes of(List<Slo> slos, StepMetrics figures, List<Violation> violations) {
    return new SloOutcomes(
        figures,
        slosWith(Outcome.MISSED, slos, figures),
        slosWith(Outcome.UNDECIDED, slos, figures),
        !violations.isEmpty());
  }

  private static List<Slo> slosWith(Outcome outcome, List<Slo> slos, StepMetrics figures) {
    return slos.stream().filter(slo -> SloEvaluation.outcome(slo, figures) == outcome).toList();
  }

  /** A target without a good reply has failed, even without an SLO. */
  Verdict verdict() {
    if (contradicted) {
      return Verdict.INCONCLUSIVE;
    }
    if (!missed.isEmpty() || !figures.hasGoodReply()) {
      return Verdict.FAILED;
    }
    return undecided.isEmpty() ? Verdict.PASSED : Verdict.INCONCLUSIVE;
  }

  /** Message that names each SLO that is not met; empty where all are met. */
  String message() {
    Stream<String> none = figures.hasGoodReply() ? Stream.empty() : Stream.of(noGoodReply());
    Stream<String> slos =
        Stream.concat(missed.stream(), undecided.stream())
            .map(slo -> SloEvaluation.message(slo, figures));
    return Stream.concat(none, slos).collect(Collectors.joining("; "));
  }

  private String noGoodReply() {
    return "no good reply: %d of %d replies had a status above 399, %d requests had none in time"
        .formatted(
            figures.errors().status(),
            figures.requests(),
            figures.errors().timeout() + figures.errors().connections());
  }

  /**
   * Warnings of the row, in the spelling of the status.
   *
   * @param sharedCores whether a worker runs on a node of the target
   */
  List<String> warnings(boolean sharedCores) {
    List<String> warnings = new ArrayList<>();
    if (sharedCores) {
      warnings.add(Warning.SHARED_CORES.text());
    }
    if (!missed.isEmpty()) {
      warnings.add(Warning.SLO_MISSED.text());
    }
    if (SloEvaluation.isSendDelayed(LatencyFigure.P99, figures)) {
      warnings.add(Warning.SEND_DELAYED.text());
    }
    warnings.add(Warning.SINGLE_RUN.text());
    return List.copyOf(warnings);
  }
}
