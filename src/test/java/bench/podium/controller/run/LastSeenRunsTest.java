package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.RunSummary;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastSeenRunsTest {

  private final LastSeenRuns lastSeenRuns = new LastSeenRuns();

  @Test
  void returnsTheLiveVersionWhileTheCacheIsOlder() {
    // Given
    lastSeenRuns.recordRead(run("9"));

    // When
    Stream<RunSummary> newest = lastSeenRuns.newest(Stream.of(run("8")));

    // Then
    assertThat(newest).containsExactly(run("9"));
  }

  @Test
  void returnsTheCachedVersionOnceItIsAsNew() {
    // Given: 10 is newer than 9, though not in the order of strings
    lastSeenRuns.recordRead(run("9"));

    // When
    Stream<RunSummary> newest = lastSeenRuns.newest(Stream.of(run("10")));

    // Then
    assertThat(newest).containsExactly(run("10"));
  }

  @Test
  void dropsTheLiveVersionOnceTheCacheHasIt() {
    // Given
    lastSeenRuns.recordRead(run("9"));
    lastSeenRuns.recordCached(run("9"));

    // When
    Stream<RunSummary> newest = lastSeenRuns.newest(Stream.of(run("8")));

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
