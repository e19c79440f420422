package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.EngineResult;
import bench.podium.engine.ExitMeaning;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoadCounts;
import bench.podium.engine.PreparedLoad;
import bench.podium.engine.SequenceNumbers;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.Command;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts the engine for an attempt, supervises it, and turns its results into messages. Not
 * thread-safe.
 */
final class EngineSupervisor {

  private static final Path PROC = Path.of("/proc");
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");

  private final Engines engines;
  private final WorkerSettings settings;
  private final ProtocolCodec codec;
  private final KernelClock kernelClock;
  private final Clock clock;
  private Optional<EngineRun> run = Optional.empty();

  EngineSupervisor(
      Engines engines,
      WorkerSettings settings,
      ProtocolCodec codec,
      KernelClock kernelClock,
      Clock clock) {
    this.engines = engines;
    this.settings = settings;
    this.codec = codec;
    this.kernelClock = kernelClock;
    this.clock = clock;
  }

  /**
   * Starts the engine.
   *
   * @param whenEnded called on another thread when a process ends
   * @return the failure, if the engine could not be started
   */
  Optional<WorkerEvent> start(Command.Arm arm, Runnable whenEnded) {
    try {
      Path directory = settings.workDirectory().resolve("attempt");
      deleteTree(directory);
      Files.createDirectories(directory);
      Instant t0 = WorkerState.t0(arm);
      LoadAssignment assignment = assignment(arm);
      PreparedLoad load = engines.prepare(arm.engine(), t0, assignment, arm.probeRate(), directory);
      EngineCpu cpu = new EngineCpu(PROC, new CpuCgroup(CGROUP));
      EngineRun started = new EngineRun(load, cpu, assignment.measuredFrom(t0), whenEnded);
      run = Optional.of(started);
      started.startDue(clock.instant());
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(
          new WorkerEvent.EngineBroken(arm.attemptId(), String.valueOf(e.getMessage())));
    }
  }

  private LoadAssignment assignment(Command.Arm arm) throws IOException {
    Workload workload = codec.decodeWorkload(Files.readString(settings.workloadFile()));
    return new LoadAssignment(
        settings.worker(),
        settings.workers(),
        workload,
        URI.create(arm.url()),
        arm.load(),
        arm.threads(),
        Duration.ofMillis(arm.timeoutMillis()),
        Duration.ofMillis(arm.warmupMillis()),
        Duration.ofMillis(arm.durationMillis()),
        new SequenceNumbers(
            arm.firstSequence(), settings.worker(), settings.workers(), arm.threads(), false));
  }

  /** Checks the engine of this attempt; empty if there is nothing to report. */
  Optional<WorkerEvent> watch(Command.Arm arm, boolean armed) {
    return run.flatMap(it -> watch(it, arm, armed));
  }

  private Optional<WorkerEvent> watch(EngineRun watched, Command.Arm arm, boolean armed) {
    AttemptId id = arm.attemptId();
    try {
      watched.startDue(clock.instant());
      watched.sampleCpu(clock.instant());
    } catch (IOException e) {
      return Optional.of(new WorkerEvent.EngineBroken(id, String.valueOf(e.getMessage())));
    }
    Optional<ExitMeaning> failure = watched.failure();
    if (failure.isPresent()) {
      return Optional.of(event(id, failure.get()));
    }
    if (watched.exceedsOutputLimit()) {
      return Optional.of(new WorkerEvent.EngineBroken(id, "the engine exceeds its output limit"));
    }
    if (!armed) {
      return watched.isParked() ? Optional.of(new WorkerEvent.EngineParked(id)) : Optional.empty();
    }
    return watched.isDone() ? Optional.of(result(watched, arm)) : Optional.empty();
  }

  private static WorkerEvent event(AttemptId id, ExitMeaning meaning) {
    return switch (meaning) {
      case ExitMeaning.Refused(String reason) -> new WorkerEvent.EngineRefused(id, reason);
      case ExitMeaning.Late() -> new WorkerEvent.EngineLate(id);
      case ExitMeaning.Broken(String reason) -> new WorkerEvent.EngineBroken(id, reason);
    };
  }

  private WorkerEvent result(EngineRun done, Command.Arm arm) {
    AttemptId id = arm.attemptId();
    try {
      EngineResult result = done.load().result(kernelClock.read());
      AttemptResult report =
          new AttemptResult(
              id.step(),
              id.attempt(),
              result.warmupRequests(),
              result.warmupSent(),
              result.measurement().with(done.cpu()),
              result.output());
      List<AgentMessage> messages = new ArrayList<>();
      messages.add(
          ran(
              arm,
              result.measurement().firstRequest(),
              result.warmupRequests() + result.measurement().requests(),
              result.warmupSent() + result.measurement().sent(),
              false));
      messages.addAll(codec.encodeResult(report));
      return new WorkerEvent.EngineDone(id, messages);
    } catch (IOException | IllegalArgumentException e) {
      return new WorkerEvent.EngineBroken(id, "the engine's results: " + e.getMessage());
    }
  }

  private static AgentMessage.Ran ran(
      Command.Arm arm, Optional<Instant> first, long requests, long sent, boolean cutShort) {
    return new AgentMessage.Ran(
        arm.step(),
        arm.attempt(),
        arm.t0EpochMicros(),
        first.map(EpochMicros::of),
        requests,
        sent,
        cutShort);
  }

  /** Kills the engine; returns what it has sent so far. */
  AgentMessage.Ran cutShort(Command.Arm arm) {
    run.ifPresent(it -> it.kill(clock.instant()));
    LoadCounts counts =
        run.map(it -> it.load().counts()).orElse(new LoadCounts(0, 0, Optional.empty()));
    kill();
    return ran(arm, counts.firstRequest(), counts.minReplies(), counts.sent(), true);
  }

  /** Kills the engine, if one is running, and drops its results. */
  void kill() {
    run.ifPresent(
        it -> {
          it.kill(clock.instant());
          it.load().discard();
        });
    run = Optional.empty();
  }

  private static void deleteTree(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
