package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two operators with one Lease. */
class LeadershipE2E {

  private static final String NAMESPACE = "podium-lease";
  private static final String LEASE = "leaders";
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @BeforeEach
  void deleteLease() {
    CLUSTER.client().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
    CLUSTER.remove("lease");
  }

  @Test
  void exitsWithoutActionsWhenResumedAfterAnotherTookTheLease() throws IOException {
    try (OperatorProcess paused = operator("paused")) {
      // Given
      awaitLeader("paused");
      try (OperatorProcess other = operator("other")) {
        CLUSTER.apply("lease");
        CLUSTER.awaitRun("lease", "in a step", Duration.ofMinutes(1), run -> isAtStep(run, 2));

        // When
        paused.pause();
        awaitLeader("other");
        await("the end of the pause")
            .pollDelay(PAUSE)
            .atMost(PAUSE.plusSeconds(5))
            .until(() -> true);
        int logLengthBefore = paused.log().length();
        paused.resume();
        BenchmarkRun finished = CLUSTER.awaitFinished("lease", Duration.ofMinutes(2));

        // Then
        assertThat(finished).hasVerdict(Verdict.PASSED);
        assertThat(finished.getStatus().results())
            .extracting(row -> row.stage() + " in " + row.attempts())
            .containsExactly(
                "s1 in 1", "s2 in 1", "s3 in 1", "s4 in 1", "s5 in 1", "s6 in 1", "s7 in 1",
                "s8 in 1");
        assertThat(paused.starts()).as("starts of the paused operator").isEqualTo(2);
        assertThat(paused.log().substring(logLengthBefore))
            .contains("the Lease is lost: this process ends")
            .doesNotContain("run " + NAMESPACE);
        assertThat(other.starts()).isEqualTo(1);
      }
    }
  }

  @Test
  void takesItsOwnLeaseBackAfterARestartWithoutWaiting() throws IOException {
    try (OperatorProcess leader = operator("leader")) {
      // Given
      awaitLeads(leader, 1);
      LeaseSpec before = lease().orElseThrow();

      // When
      leader.kill();
      awaitLeads(leader, 2);
      LeaseSpec after = awaitRenewalAfter(before);

      // Then
      assertThat(after.getAcquireTime()).isEqualTo(before.getAcquireTime());
      assertThat(after.getHolderIdentity()).isEqualTo("leader");
    }
  }

  private OperatorProcess operator(String identity) throws IOException {
    return new OperatorProcess(
        NAMESPACE,
        "",
        Files.createDirectories(folder.resolve(identity)),
        Map.of(
            "PODIUM_LEASE_NAMESPACE", NAMESPACE,
            "PODIUM_LEASE_NAME", LEASE,
            "PODIUM_LEASE_IDENTITY", identity));
  }

  private static void awaitLeader(String identity) {
    await(identity + " to lead")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> lease().map(LeaseSpec::getHolderIdentity).filter(identity::equals).isPresent());
  }

  /** The log line follows the Lease: a process killed in between would never write it. */
  private static void awaitLeads(OperatorProcess operator, int times) {
    await("log line %d of the process that it leads".formatted(times))
        .atMost(Duration.ofSeconds(60))
        .until(() -> occurrences(operator.log(), "this operator is the leader") == times);
  }

  /**
   * The elector reports that it leads as soon as it reads its name in the Lease, and renews it
   * later.
   */
  private static LeaseSpec awaitRenewalAfter(LeaseSpec before) {
    return await("the Lease to be renewed")
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> lease().orElseThrow(),
            lease -> lease.getRenewTime().isAfter(before.getRenewTime()));
  }

  private static Optional<LeaseSpec> lease() {
    return Optional.ofNullable(
            CLUSTER.client().leases().inNamespace(NAMESPACE).withName(LEASE).get())
        .map(Lease::getSpec);
  }

  private static boolean isAtStep(BenchmarkRun run, int step) {
    return run.getStatus().progress() != null && run.getStatus().progress().step() == step;
  }

  private static int occurrences(String text, String word) {
    return text.split("\\b" + word + "\\b", -1).length - 1;
  }
}
