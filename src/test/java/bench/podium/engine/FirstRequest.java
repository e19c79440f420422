package bench.podium.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The first request of a load: when its engine says that it left, and when its target saw it.
 *
 * @param said by the engine; never before T0
 * @param arrived at the target
 */
public record FirstRequest(Instant said, Instant arrived) {

  /** Runs an engine's shortest load. */
  @FunctionalInterface
  public interface Load {
    EngineResult run(URI target, Instant t0, Path directory) throws Exception;
  }

  private static final Duration CLOSE = Duration.ofMillis(2);

  /** A busy machine may hold the server's thread back, so the closest of up to five. */
  public static FirstRequest of(Load load, Path directory) throws Exception {
    FirstRequest closest = once(load, directory.resolve("run0"));
    for (int run = 1; run < 5 && closest.way().compareTo(CLOSE) > 0; run++) {
      FirstRequest another = once(load, directory.resolve("run" + run));
      closest = another.way().compareTo(closest.way()) < 0 ? another : closest;
    }
    return closest;
  }

  private static FirstRequest once(Load load, Path directory) throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      Instant t0 = GatedRun.soon();
      Instant said =
          load.run(target.uri(), t0, directory).measurement().firstRequest().orElseThrow();
      Instant arrived =
          target.requests().stream()
              .map(LoopbackTarget.Request::arrived)
              .min(Comparator.naturalOrder())
              .orElseThrow();
      assertThat(said).as("behind the gate, before it arrived").isBetween(t0, arrived);
      return new FirstRequest(said, arrived);
    }
  }

  /** That it left when the engine says it did. */
  public void leftAsSaid() {
    assertThat(way()).as("from the engine's word to its arrival").isLessThanOrEqualTo(CLOSE);
  }

  private Duration way() {
    return Duration.between(said, arrived);
  }
}
