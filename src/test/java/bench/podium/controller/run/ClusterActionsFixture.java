package bench.podium.controller.run;

import bench.podium.controller.agent.CommandSender;
import bench.podium.controller.cluster.ClusterActions;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.GuardedWrites;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.CollectorSetup;
import bench.podium.resources.WorkerImage;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Cluster actions on the real API server of the tests. */
public final class ClusterActionsFixture {

  private static final WorkerImage IMAGE = new WorkerImage("example/worker:1", "IfNotPresent");

  private ClusterActionsFixture() {}

  public static ClusterActions actions() {
    return actions(ApiServer.client());
  }

  public static ClusterActions actions(KubernetesClient client) {
    ProtocolCodec codec = new ProtocolCodec();
    Clock clock = Clock.systemUTC();
    return new ClusterActions(
        client,
        new GuardedWrites(client),
        new CommandSender(client, codec, clock),
        codec,
        IMAGE,
        new CollectorSetup(IMAGE, Duration.ofSeconds(1), 100),
        new Failpoints(Optional.empty(), Path.of("target")),
        clock);
  }
}
