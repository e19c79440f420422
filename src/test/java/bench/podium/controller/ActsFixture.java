package bench.podium.controller;

import bench.podium.resources.ObserverSetup;
import bench.podium.resources.WorkerImage;
import bench.podium.testing.ApiServer;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What a run does, on the real API server of the tests. */
final class ActsFixture {

  private static final WorkerImage IMAGE = new WorkerImage("example/worker:1", "IfNotPresent");

  private ActsFixture() {}

  static RunActs acts() {
    return acts(ApiServer.client());
  }

  static RunActs acts(KubernetesClient client) {
    WireCodec wire = new WireCodec();
    Clock clock = Clock.systemUTC();
    return new RunActs(
        client,
        new FencedActs(client),
        new PodCommands(client, wire, clock),
        wire,
        IMAGE,
        new ObserverSetup(IMAGE, Duration.ofSeconds(1), 100),
        new Failpoints(Optional.empty(), Path.of("target")),
        clock);
  }
}
