package bench.podium.observe;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.lifecycle.WorkerObservation;
import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk;
import bench.podium.wire.Command;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A load pod's object and its talk as one observation. */
final class WorkerReading {

  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private final WireCodec codec;

  WorkerReading(WireCodec codec) {
    this.codec = codec;
  }

  WorkerObservation read(Pod pod, WorkerTalk talk) {
    Map<String, String> annotations = Texts.orEmpty(pod.getMetadata().getAnnotations());
    return new WorkerObservation(
        index(annotations),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        PodNode.of(pod).orElse(""),
        state(pod),
        talk,
        told(annotations));
  }

  private static int index(Map<String, String> annotations) {
    String text = annotations.getOrDefault(INDEX, "");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }

  private static State state(Pod pod) {
    String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
    boolean over = "Failed".equals(phase) || "Succeeded".equals(phase);
    if (over || pod.getMetadata().getDeletionTimestamp() != null) {
      return new State.Lost(ContainerTrouble.ofEnd(pod));
    }
    return "Running".equals(phase) && running(pod)
        ? new State.Running()
        : new State.Starting(ContainerTrouble.of(pod));
  }

  private static boolean running(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .allMatch(state -> state != null && state.getRunning() != null);
  }

  private Optional<Told> told(Map<String, String> annotations) {
    return Optional.ofNullable(annotations.get(Command.ANNOTATION))
        .flatMap(this::command)
        .map(command -> told(command, nudgedAt(annotations)));
  }

  /** Whoever may edit pods may write anything there: what is no command was not told. */
  private Optional<Command> command(String text) {
    try {
      return Optional.of(codec.decodeCommand(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Told told(Command command, Instant at) {
    return switch (command) {
      case Command.Arm arm ->
          new Told(new StepAttempt(arm.step(), arm.attempt()), Told.Kind.ARM, 0, at);
      case Command.Repeat(int step, int attempt, int ask) ->
          new Told(new StepAttempt(step, attempt), Told.Kind.REPEAT, ask, at);
      case Command.Finish() -> new Told(new StepAttempt(-1, 0), Told.Kind.FINISH, 0, at);
    };
  }

  private static Instant nudgedAt(Map<String, String> annotations) {
    String text = annotations.getOrDefault(Command.NUDGE_ANNOTATION, "0");
    return text.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.EPOCH;
  }
}
