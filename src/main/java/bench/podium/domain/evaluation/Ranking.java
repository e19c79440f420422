package bench.podium.domain.evaluation;

import bench.podium.domain.evaluation.SloEvaluation.Outcome;
import bench.podium.domain.plan.Slo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks the targets: first those that meet every SLO, by throughput, then by p99; then those that
 * miss one, by the largest ratio of a figure to its limit.
 *
 * <p>A target is represented by its best stage in the same order: the one with the highest
 * throughput at which it meets every SLO or, if there is none, the one that comes closest.
 */
public final class Ranking {

  private Ranking() {}

  /**
   * The rank of one target.
   *
   * @param place from 1; equal figures share a rank, and the next one is skipped
   * @param stage name of the stage whose figures these are
   * @param latencyP99AtLeast whether the 99th percentile is only a lower bound
   */
  public record RankEntry(
      int place,
      String target,
      String stage,
      long throughput,
      long latencyP99Micros,
      boolean latencyP99AtLeast,
      boolean sloMet) {}

  private record Candidate(
      int step,
      String target,
      String stage,
      StepMetrics figures,
      boolean sloMet,
      double overLimit) {}

  private static final Comparator<Candidate> ORDER =
      Comparator.comparing((Candidate candidate) -> !candidate.sloMet())
          .thenComparingDouble(candidate -> candidate.sloMet() ? 0 : candidate.overLimit())
          .thenComparing(candidate -> candidate.figures().throughput(), Comparator.reverseOrder())
          .thenComparingLong(candidate -> candidate.figures().latencyP99Micros());

  /** Of two stages with equal figures, the earlier one is better. */
  private static final Comparator<Candidate> BEST_STAGE = ORDER.thenComparingInt(Candidate::step);

  /** The ranks of all targets that have a trusted row; the other targets are left out. */
  public static List<RankEntry> of(List<Row> rows, List<Slo> slos) {
    Map<String, Candidate> best = new LinkedHashMap<>();
    rows.stream()
        .filter(Row::trusted)
        .map(row -> candidate(row, slos))
        .forEach(candidate -> best.merge(candidate.target(), candidate, Ranking::better));
    List<Candidate> candidates = best.values().stream().sorted(ORDER).toList();
    List<RankEntry> places = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      boolean tie = i > 0 && ORDER.compare(candidates.get(i - 1), candidate) == 0;
      places.add(
          new RankEntry(
              tie ? places.getLast().place() : i + 1,
              candidate.target(),
              candidate.stage(),
              candidate.figures().throughput(),
              candidate.figures().latencyP99Micros(),
              candidate.figures().latencyP99IsAtLeast(),
              candidate.sloMet()));
    }
    return List.copyOf(places);
  }

  private static Candidate better(Candidate one, Candidate other) {
    return BEST_STAGE.compare(one, other) <= 0 ? one : other;
  }

  private static Candidate candidate(Row row, List<Slo> slos) {
    StepMetrics figures = row.figures().orElseThrow();
    return new Candidate(
        row.step(),
        row.target(),
        row.stage(),
        figures,
        slos.stream().allMatch(slo -> SloEvaluation.outcome(slo, figures) == Outcome.MET),
        slos.stream().mapToDouble(slo -> SloEvaluation.ratioToLimit(slo, figures)).max().orElse(0));
  }
}
