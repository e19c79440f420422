package bench.podium.observer;

import static bench.podium.pod.PodProgram.guarded;

import bench.podium.domain.measure.TargetSample;
import bench.podium.pod.Commands;
import bench.podium.pod.LineWriter;
import bench.podium.wire.Command;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.WireCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the target again and again and obeys commands; all of it on one thread. */
final class ObserverLoop {

  /** It shares the cores with the target; what it is asked for is rare. */
  private static final Duration LOOK_FOR_COMMAND = Duration.ofMillis(200);

  private final Commands commands;
  private final WireCodec codec;
  private final TargetProcesses target;
  private final SampleRing ring;
  private final LineWriter lines;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private long looks;
  private boolean finished;

  ObserverLoop(
      Commands commands,
      WireCodec codec,
      TargetProcesses target,
      SampleRing ring,
      LineWriter lines,
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
   * Goes on until its pod ends: a sidecar that ended by itself would be started again.
   *
   * @param every between two looks at the target
   */
  void start(Duration every) {
    repeat(this::sample, every);
    repeat(() -> commands.next().ifPresent(this::command), LOOK_FOR_COMMAND);
  }

  private void repeat(Runnable task, Duration every) {
    var _ = thread.scheduleAtFixedRate(guarded(task), 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sample() {
    if (finished) {
      return;
    }
    try {
      TargetProcesses.Look look = target.look(looks++, clock.instant());
      ring.add(look.sample());
      lines.say(fact(look.sample()));
      look.sharedUser().ifPresent(program -> lines.say(new Fact.SharedUser(program)));
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
  }

  private void command(String text) {
    try {
      obey(codec.decodeCommand(text));
    } catch (IllegalArgumentException e) {
      lines.say(new Fact.Refused(String.valueOf(e.getMessage())));
    }
  }

  private void obey(Command command) {
    switch (command) {
      case Command.RepeatSamples(int step, int attempt, long from, long until, int ask) -> {
        ring.around(EpochMicros.instant(from), EpochMicros.instant(until))
            .forEach(sample -> lines.say(fact(sample)));
        lines.say(new Fact.Repeated(step, attempt, ask));
      }
      case Command.Finish() -> {
        if (!finished) {
          finished = true;
          lines.say(new Fact.Bye());
        }
      }
      case Command.Arm _, Command.Abort _, Command.Discard _, Command.Repeat _ ->
          lines.say(new Fact.Refused("an observer applies no load"));
    }
  }

  private static Fact.Sample fact(TargetSample sample) {
    return new Fact.Sample(
        sample.index(),
        EpochMicros.of(sample.takenAt()),
        TimeUnit.NANOSECONDS.toMicros(sample.cpu().toNanos()),
        sample.memoryBytes(),
        sample.threads(),
        sample.mainStarts());
  }
}
