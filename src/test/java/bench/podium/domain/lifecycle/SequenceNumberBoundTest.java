package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.RunPlanBuilder;
import bench.podium.domain.plan.Stage;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.SequenceNumbers;
import bench.podium.engine.SequenceNumbers.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the numbers that the engines use with the operator's bound. */
class SequenceNumberBoundTest {

  private static final RunPlan PLAN = PlanFixture.plan();
  private static final int WORKERS = PLAN.load().workers();
  private static final int THREADS = PLAN.load().threads();
  private static final int CONNECTIONS = 4;

  private final SequenceNumberBound bound = new SequenceNumberBound(PLAN, PLAN.steps().getFirst());

  @Property(tries = 200)
  void neverReusesANumberWhateverTheAttemptsSent(@ForAll Random random) {
    // Given
    Set<Long> used = new HashSet<>();
    long first = 1;
    for (int attempt = 0; attempt < 8; attempt++) {
      List<Optional<Long>> reported = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        long sent = random.nextInt(3) == 0 ? 0 : random.nextInt(300);
        long drawn = sent + (sent == 0 ? 0 : random.nextInt(CONNECTIONS + 1));
        // When
        boolean known = random.nextInt(4) > 0;
        reported.add(known ? Optional.of(sent) : Optional.empty());
        // Then
        draw(random, new SequenceNumbers(first, worker, WORKERS, THREADS, false), drawn, used);
      }
      long next = bound.after(first, reported.stream());
      assertThat(next).isGreaterThanOrEqualTo(first);
      first = next;
    }
  }

  @Property(tries = 20)
  void neverReusesANumberOfAnOpenLoadWithoutConnections(@ForAll Random random) {
    // Given: 30 requests a second for 5 s of warm-up and 10 s, each worker every second one
    RunPlan open = openPlan(30);
    SequenceNumberBound ofOpen = new SequenceNumberBound(open, open.steps().getFirst());
    int planned = (5 + 10) * 30 / WORKERS;
    Set<Long> used = new HashSet<>();
    long first = 1;
    for (int attempt = 0; attempt < 8; attempt++) {
      List<Optional<Long>> reported = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        int drawn = 1 + random.nextInt(planned);
        int sent = 1 + random.nextInt(drawn);
        reported.add(Optional.of((long) sent));
        draw(random, new SequenceNumbers(first, worker, WORKERS, THREADS, false), drawn, used);
      }
      // When
      first = ofOpen.after(first, reported.stream());
    }

    // Then
    assertThat(Collections.max(used)).isLessThan(first);
  }

  @Test
  void usesNoNumberInAnOpenLoadThatSentNothing() {
    // Given
    RunPlan open = openPlan(30);

    // When
    long next =
        new SequenceNumberBound(open, open.steps().getFirst())
            .after(17, Stream.of(Optional.of(0L), Optional.of(0L)));

    // Then
    assertThat(next).isEqualTo(17);
  }

  private static RunPlan openPlan(int rate) {
    Stage open =
        new Stage("open", new LoadModel.Open(rate, rate), Duration.ofSeconds(10), Optional.empty());
    return RunPlanBuilder.from(PLAN).steps(new Step(0, "gin", open)).build();
  }

  /** Draws numbers in one of the phases, or in all of them at random. */
  private static void draw(Random random, SequenceNumbers numbers, long drawn, Set<Long> used) {
    long[] next = {
      numbers.firstOf(Phase.MEASURED, 0),
      numbers.firstOf(Phase.WARMUP, 0),
      numbers.ofProbe().firstOf(Phase.MEASURED, 0)
    };
    int only = random.nextInt(4);
    for (long i = 0; i < drawn; i++) {
      int phase = only < 3 ? only : random.nextInt(3);
      assertThat(used.add(next[phase])).as("%d is new", next[phase]).isTrue();
      next[phase] += numbers.stride();
    }
  }

  @Test
  void usesNoNumberInAnAttemptThatSentNothing() {
    // When
    long next = bound.after(17, Stream.of(Optional.of(0L), Optional.of(0L)));

    // Then
    assertThat(next).isEqualTo(17);
  }

  @Test
  void followsTheWorkerThatSentMost() {
    // Given: one number for each request, connection and thread, of 4 kinds x 2 workers x 1 thread

    // When
    long next = bound.after(1, Stream.of(Optional.of(10L), Optional.of(95L)));

    // Then
    assertThat(next).isEqualTo(1 + (95 + CONNECTIONS + 1) * 8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /      |            |          | false
          /@{seq}|            |          | true
          /      | id=@{seq}  |          | true
          /      |            | k-@{seq} | true
          /@{seq}| id=@{seq}  | k-@{seq} | true
          """)
  void countsOneNumberPerRequestWhereverItIsCarried(
      String path, String body, String header, boolean draws) {
    // Given
    Workload.Request request =
        new Workload.Request(
            "read",
            "POST",
            RequestTemplate.parse(path),
            Map.of("Idempotency-Key", RequestTemplate.parse(header == null ? "k" : header)),
            RequestTemplate.parse(body == null ? "" : body),
            1);
    RunPlan plan =
        RunPlanBuilder.from(PLAN)
            .workload(new Workload(List.of(request), 1, true, Map.of()))
            .build();

    // When
    long next =
        new SequenceNumberBound(plan, plan.steps().getFirst())
            .after(1, Stream.of(Optional.of(10L), Optional.of(95L)));

    // Then
    assertThat(next).isEqualTo(draws ? 1 + (95 + CONNECTIONS + 1) * 8 : 1);
  }

  @Test
  void assumesTheMaximumForAWorkerWithoutAReport() {
    // Given: 5 s of warm-up and 1 s until the stage of 10 s, timeout 2 s, 6 s of grace, and 1 s

    // When
    long next = bound.after(1, Stream.of(Optional.of(10L), Optional.empty()));

    // Then
    assertThat(next)
        .isEqualTo(
            1 + SequenceNumberBound.MAX_REQUESTS_PER_THREAD_AND_SECOND * (16 + 2 + 6 + 1) * 8);
  }
}
