package bench.podium.controller;

import bench.podium.domain.lifecycle.CommandedPod;
import bench.podium.domain.lifecycle.Decision;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.wire.Command;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Sends commands to load pods and observers: one annotation each, all pods at once, and by standard
 * input where that is late.
 */
final class PodCommands {

  private static final Logger LOG = Logger.getLogger(PodCommands.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final WireCodec codec;
  private final Clock clock;
  private final PodInput input;
  private final OverdueCommands overdue = new OverdueCommands();

  PodCommands(KubernetesClient client, WireCodec codec, Clock clock) {
    this.client = client;
    this.codec = codec;
    this.clock = clock;
    this.input = new PodInput(client);
  }

  /** The command to start the current attempt. */
  static Command.Arm arm(RunPlan plan, Progress progress) {
    Step step = plan.steps().get(progress.step());
    TargetPlan target = plan.target(step.target());
    LoadPlan load = plan.load();
    return new Command.Arm(
        progress.step(),
        progress.atHand().number(),
        target.url(),
        target.readinessPath(),
        load.engine(),
        step.stage().load().share(load.workers()),
        load.threads(),
        load.timeout().toMillis(),
        load.warmup().toMillis(),
        step.stage().duration().toMillis(),
        step.stage().probeRate(),
        EpochMicros.of(progress.t0().orElseThrow()),
        1);
  }

  /** The command to say again what was seen in the current attempt. */
  static Command.RepeatSamples repeat(Progress progress, Decision.AskForSamples ask) {
    return new Command.RepeatSamples(
        progress.step(),
        progress.atHand().number(),
        EpochMicros.of(ask.from()),
        EpochMicros.of(ask.until()),
        ask.ask());
  }

  /**
   * Patches all pods in parallel, each with a fresh nudge: the kubelet can miss a change for a
   * minute, and any further change heals it. A pod that is gone is passed over. What is sent again
   * and again is said to the pod's standard input, too.
   */
  void send(String namespace, List<? extends CommandedPod> pods, Command command) {
    String text = codec.encodeCommand(command);
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> patches =
          pods.stream()
              .<Future<?>>map(pod -> each.submit(() -> patch(namespace, pod.pod(), text)))
              .toList();
      patches.forEach(Future::state);
    }
    pods.stream()
        .filter(pod -> overdue.isOverdue(namespace + "/" + pod.pod(), command, clock.instant()))
        .forEach(pod -> input.say(namespace, pod, text));
  }

  private void patch(String namespace, String pod, String command) {
    var patch =
        new PodBuilder()
            .withMetadata(
                new ObjectMetaBuilder()
                    .addToAnnotations(Command.ANNOTATION, command)
                    .addToAnnotations(
                        Command.NUDGE_ANNOTATION, Long.toString(clock.instant().toEpochMilli()))
                    .build())
            .build();
    try {
      client
          .pods()
          .inNamespace(namespace)
          .withName(pod)
          .patch(MERGE, io.fabric8.kubernetes.client.utils.Serialization.asJson(patch));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        // The next nudge tries again; whether the pod was reached shows in what it says.
        LOG.warnf("command to pod %s/%s: %s", namespace, pod, e.getMessage());
      }
    }
  }
}
