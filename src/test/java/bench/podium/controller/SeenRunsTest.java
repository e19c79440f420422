package bench.podium.controller;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.RunSummary;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeenRunsTest {

  private final SeenRuns seen = new SeenRuns();

  @Test
  void whatWasReadCountsWhileTheWatchLagsBehind() {
    // Given
    seen.read(run("9"));

    // When
    Stream<RunSummary> newest = seen.newest(Stream.of(run("8")));

    // Then
    assertThat(newest).containsExactly(run("9"));
  }

  @Test
  void whatIsWatchedCountsOnceItIsAsNew() {
    // Given: 10 is newer than 9, though not as a text
    seen.read(run("9"));

    // When
    Stream<RunSummary> newest = seen.newest(Stream.of(run("10")));

    // Then
    assertThat(newest).containsExactly(run("10"));
  }

  @Test
  void whatTheWatchHasShownIsNotHeldTwice() {
    // Given
    seen.read(run("9"));
    seen.watched(run("9"));

    // When
    Stream<RunSummary> newest = seen.newest(Stream.of(run("8")));

    // Then
    assertThat(newest).containsExactly(run("8"));
  }

  private static RunSummary run(String version) {
    RunSummary run = new RunSummary();
    run.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("bench")
            .withName("shop")
            .withUid("uid-1")
            .withResourceVersion(version)
            .build());
    return run;
  }
}
