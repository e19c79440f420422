package bench.podium.collector;

import static bench.podium.agent.AgentRuntime.guarded;

import bench.podium.agent.Commands;
import bench.podium.agent.MessageWriter;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Samples the target periodically and carries out commands, all on one thread. */
final class CollectorLoop {

  /**
   * Low frequency, because the collector shares the cores with the target and commands are rare.
   */
  private static final Duration COMMAND_POLL_INTERVAL = Duration.ofMillis(200);

  private final Commands commands;
  private final ProtocolCodec codec;
  private final TargetProcesses target;
  private final SampleRing ring;
  private final MessageWriter lines;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private long samplesTaken;
  private boolean finished;

  CollectorLoop(
      Commands commands,
      ProtocolCodec codec,
      TargetProcesses target,
      SampleRing ring,
      MessageWriter lines,
      Clock clock,
      ScheduledExecutorService thread) {
    this.commands = commands;
    this.codec = codec;
    this.target = target;
    this.ring = ring;
    this.lines = lines;
    this.clock = clock;
    this.thread = thread;
  }

  /**
   * Runs until the pod ends: a sidecar that exits would be restarted.
   *
   * @param every sampling interval
   */
  void start(Duration every) {
    repeat(this::sample, every);
    repeat(() -> commands.next().ifPresent(this::command), COMMAND_POLL_INTERVAL);
  }

  private void repeat(Runnable task, Duration every) {
    var _ = thread.scheduleAtFixedRate(guarded(task), 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sample() {
    if (finished) {
      return;
    }
    try {
      TargetProcesses.ProcessSample sample = target.sample(samplesTaken++, clock.instant());
      ring.add(sample.sample());
      lines.write(message(sample.sample()));
      sample.sharedUser().ifPresent(program -> lines.write(new AgentMessage.SharedUser(program)));
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
  }

  private void command(String text) {
    try {
      handle(codec.decodeCommand(text));
    } catch (IllegalArgumentException e) {
      lines.write(new AgentMessage.Refused(String.valueOf(e.getMessage())));
    }
  }

  private void handle(Command command) {
    switch (command) {
      case Command.RepeatSamples(int step, int attempt, long from, long until, int ask) -> {
        ring.around(EpochMicros.instant(from), EpochMicros.instant(until))
            .forEach(sample -> lines.write(message(sample)));
        lines.write(new AgentMessage.Repeated(step, attempt, ask));
      }
      case Command.Finish() -> {
        if (!finished) {
          finished = true;
          lines.write(new AgentMessage.Stopped());
        }
      }
      case Command.Arm _, Command.Abort _, Command.Discard _, Command.Repeat _ ->
          lines.write(new AgentMessage.Refused("a collector does not apply load"));
    }
  }

  private static AgentMessage.Sample message(TargetSample sample) {
    return new AgentMessage.Sample(
        sample.index(),
        EpochMicros.of(sample.takenAt()),
        TimeUnit.NANOSECONDS.toMicros(sample.cpu().toNanos()),
        sample.memoryBytes(),
        sample.threads(),
        sample.mainStarts());
  }
}
