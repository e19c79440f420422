package bench.podium.domain.evaluation;

import bench.podium.domain.evaluation.SloEvaluation.Outcome;
import bench.podium.domain.plan.Slo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which target is best: those that meet every SLO first, by throughput, then by p99; those that
 * miss one follow, by how far the worst of their figures is from its limit.
 *
 * <p>A target stands in it with its best stage by this same order: the highest throughput at which
 * it keeps every SLO or, where it keeps them at none, the stage that comes nearest.
 */
public final class Ranking {

  private Ranking() {}

  /**
   * One place.
   *
   * @param place from 1; equal figures share one
   * @param stage whose figures these are
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

  /** Of two stages with the same figures, the earlier. */
  private static final Comparator<Candidate> BEST_STAGE = ORDER.thenComparingInt(Candidate::step);

  /** Targets whose rows can be trusted and have a good reply; the others have no place. */
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
        slos.stream().mapToDouble(slo -> SloEvaluation.shareOfLimit(slo, figures)).max().orElse(0));
  }
}
