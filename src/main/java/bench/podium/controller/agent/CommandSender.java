package bench.podium.controller.agent;

import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.observation.AgentPod;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.protocol.Command;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
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
 * Sends commands to workers and collectors: as an annotation, patched on all pods in parallel, and
 * over standard input where the annotation is delivered late.
 */
public final class CommandSender {

  private static final Logger LOG = Logger.getLogger(CommandSender.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final ProtocolCodec codec;
  private final Clock clock;
  private final StdinCommandSender stdin;
  private final CommandDeliveryTracker deliveries = new CommandDeliveryTracker();

  public CommandSender(KubernetesClient client, ProtocolCodec codec, Clock clock) {
    this.client = client;
    this.codec = codec;
    this.clock = clock;
    this.stdin = new StdinCommandSender(client);
  }

  /** The command to start the current attempt. */
  public static Command.Arm arm(RunPlan plan, Progress progress) {
    Step step = plan.steps().get(progress.step());
    TargetPlan target = plan.target(step.target());
    LoadPlan load = plan.load();
    return new Command.Arm(
        progress.step(),
        progress.attempt().number(),
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
        progress.nextSequence());
  }

  /** The command to end the attempt that is being aborted or discarded. */
  public static Command stop(Progress progress) {
    int step = progress.step();
    int attempt = progress.attempt().number();
    return switch (progress.ending().orElseThrow().kind()) {
      case ABORT, ABANDON -> new Command.Abort(step, attempt);
      case DISCARD -> new Command.Discard(step, attempt);
    };
  }

  /** The command to print the samples of the current attempt again. */
  public static Command.RepeatSamples repeatSamples(
      Progress progress, RunAction.RequestSamples request) {
    return new Command.RepeatSamples(
        progress.step(),
        progress.attempt().number(),
        EpochMicros.of(request.from()),
        EpochMicros.of(request.until()),
        request.ask());
  }

  /**
   * Patches all pods in parallel, each with a new resend timestamp: a kubelet can miss a change for
   * a minute, and any further change makes it read the pod again. Pods that no longer exist are
   * skipped.
   *
   * <p>Overdue commands are also written to the pod's standard input. Commands that end an attempt
   * are written there at the first send already, because its load may be about to start.
   */
  public void send(String namespace, List<? extends AgentPod> pods, Command command) {
    String text = codec.encodeCommand(command);
    pods.stream()
        .filter(pod -> needsStdin(namespace, pod, command))
        .forEach(pod -> stdin.send(namespace, pod, text));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> patches =
          pods.stream()
              .<Future<?>>map(pod -> executor.submit(() -> patch(namespace, pod.pod(), text)))
              .toList();
      patches.forEach(Future::state);
    }
  }

  private boolean needsStdin(String namespace, AgentPod pod, Command command) {
    boolean overdue = deliveries.isOverdue(namespace + "/" + pod.pod(), command, clock.instant());
    return switch (command) {
      case Command.Abort(int step, int attempt) -> overdue || !isStopSent(pod, step, attempt);
      case Command.Discard(int step, int attempt) -> overdue || !isStopSent(pod, step, attempt);
      case Command.Arm _, Command.Repeat _, Command.RepeatSamples _, Command.Finish _ -> overdue;
    };
  }

  private static boolean isStopSent(AgentPod pod, int step, int attempt) {
    return pod.lastCommand(LastCommand.Kind.STOP, new AttemptId(step, attempt)).isPresent();
  }

  private void patch(String namespace, String pod, String command) {
    var patch =
        new PodBuilder()
            .withMetadata(
                new ObjectMetaBuilder()
                    .addToAnnotations(Command.ANNOTATION, command)
                    .addToAnnotations(
                        Command.RESEND_ANNOTATION, Long.toString(clock.instant().toEpochMilli()))
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
        // The next resend tries again; the pod's log shows whether the command arrived.
        LOG.warnf("command to pod %s/%s: %s", namespace, pod, e.getMessage());
      }
    }
  }
}
