package bench.podium.observe;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.lifecycle.WorkerTalk;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.wire.DecodedLine;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.Fact.Blame;
import bench.podium.wire.Line;
import bench.podium.wire.ReportAssembler;
import bench.podium.wire.WireCodec;
import bench.podium.wire.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/**
 * What one load pod has said so far. Lines may come again, after a new attachment; each counts
 * once. Safe for use by a reader and a reconciler at once.
 */
public final class WorkerJournal implements Journal {

  /** A pod prints a line each 2 s and its results: more than this it never says, in 300 days. */
  private static final int MAX_LINES = 1 << 24;

  private final WireCodec codec;
  private final String run;
  private final String pod;
  private final BitSet seen = new BitSet();
  private WorkerTalk talk = WorkerTalk.silent();
  private Optional<ReportAssembler> assembler = Optional.empty();
  private long ignored;
  private boolean heard;

  WorkerJournal(WireCodec codec, String run, String pod) {
    this.codec = codec;
    this.run = run;
    this.pod = pod;
  }

  @Override
  public synchronized boolean read(String text, Instant arrival) {
    return switch (codec.decodeLine(text)) {
      case DecodedLine.Unreadable unreadable -> {
        ignored++;
        yield false;
      }
      case DecodedLine.Read(Line line) -> read(line, arrival);
    };
  }

  private boolean read(Line line, Instant arrival) {
    boolean ours = line.run().equals(run) && line.pod().equals(pod);
    boolean inRange = line.sequence() >= 0 && line.sequence() < MAX_LINES;
    if (!ours || !inRange) {
      ignored++;
      return false;
    }
    if (seen.get((int) line.sequence())) {
      return false;
    }
    seen.set((int) line.sequence());
    hear(line, arrival);
    return take(line.fact());
  }

  private void hear(Line line, Instant arrival) {
    Instant said = EpochMicros.instant(line.atEpochMicros());
    Duration ahead = Duration.between(arrival, said);
    // A line that was read late makes a clock look slow, never fast: the largest is the best guess.
    Duration most = heard && talk.clockAhead().compareTo(ahead) > 0 ? talk.clockAhead() : ahead;
    heard = true;
    Optional<Instant> heardNow = Optional.of(arrival);
    talk =
        new WorkerTalk(
            talk.about(),
            talk.says(),
            most,
            talk.saidBye(),
            heardNow,
            line.fact() instanceof Fact.Alive ? talk.lastSaid() : heardNow,
            talk.clock().filter(said::isBefore).or(() -> Optional.of(said)),
            talk.ended());
  }

  private boolean take(Fact fact) {
    return switch (fact) {
      case Fact.Alive alive -> false;
      case Fact.Started started -> true;
      case Fact.Refused refused -> true;
      case Fact.Waiting(int step, int attempt, Blame blame, String reason) ->
          say(step, attempt, new Says.Waiting(blame == Blame.TARGET, reason));
      case Fact.Armed(int step, int attempt) -> say(step, attempt, new Says.Armed());
      case Fact.Late(int step, int attempt) -> say(step, attempt, new Says.Late());
      case Fact.Unknown(int step, int attempt) -> say(step, attempt, new Says.Unknown());
      case Fact.Failed(int step, int attempt, Blame blame, String reason) ->
          say(step, attempt, new Says.Failed(blame == Blame.TARGET, reason));
      case Fact.Sample sample -> false;
      case Fact.Repeated repeated -> false;
      case Fact.SharedUser shared -> false;
      case Fact.Ran ran -> {
        boolean news = ended(new StepAttempt(ran.step(), ran.attempt()), ran.sent());
        yield say(ran.step(), ran.attempt(), new Says.Ran()) || news;
      }
      case Fact.AttemptEnded(int step, int attempt, long sent) ->
          ended(new StepAttempt(step, attempt), sent);
      case Fact.ResultPart part -> collect(part);
      case Fact.Bye bye -> {
        talk =
            new WorkerTalk(
                talk.about(),
                talk.says(),
                talk.clockAhead(),
                true,
                talk.lastHeard(),
                talk.lastSaid(),
                talk.clock(),
                talk.ended());
        yield true;
      }
    };
  }

  /** The newest attempt counts; a whole result is the last word on it. */
  private boolean say(int step, int attempt, Says says) {
    StepAttempt about = new StepAttempt(step, attempt);
    int order = talk.about().map(about::compareTo).orElse(1);
    if (order < 0 || (order == 0 && talk.says() instanceof Says.Measured)) {
      return false;
    }
    if (order > 0) {
      assembler = Optional.of(new ReportAssembler(codec, step, attempt));
    }
    talk =
        new WorkerTalk(
            Optional.of(about),
            says,
            talk.clockAhead(),
            talk.saidBye(),
            talk.lastHeard(),
            talk.lastSaid(),
            talk.clock(),
            talk.ended());
    return true;
  }

  /** What it says first of an attempt's end holds: it is said again as often as it is asked for. */
  private boolean ended(StepAttempt attempt, long sent) {
    if (talk.ended().filter(end -> end.attempt().compareTo(attempt) >= 0).isPresent()) {
      return false;
    }
    talk =
        new WorkerTalk(
            talk.about(),
            talk.says(),
            talk.clockAhead(),
            talk.saidBye(),
            talk.lastHeard(),
            talk.lastSaid(),
            talk.clock(),
            Optional.of(new WorkerTalk.Ended(attempt, sent)));
    return true;
  }

  private boolean collect(Fact.ResultPart part) {
    StepAttempt about = new StepAttempt(part.step(), part.attempt());
    if (talk.about().filter(about::equals).isEmpty()
        && !say(part.step(), part.attempt(), new Says.Ran())) {
      return false;
    }
    ReportAssembler parts = assembler.orElseThrow();
    parts.add(part);
    return parts
        .report()
        .map(whole -> say(part.step(), part.attempt(), new Says.Measured(whole.measurement())))
        .orElse(false);
  }

  synchronized WorkerTalk talk() {
    return talk;
  }

  /** What stays of a pod that has ended: how much it sent last. */
  @Override
  public synchronized void close() {
    WorkerTalk silent = WorkerTalk.silent();
    talk =
        new WorkerTalk(
            silent.about(),
            silent.says(),
            silent.clockAhead(),
            silent.saidBye(),
            silent.lastHeard(),
            silent.lastSaid(),
            silent.clock(),
            talk.ended());
    assembler = Optional.empty();
  }

  @Override
  public synchronized boolean saidBye() {
    return talk.saidBye();
  }

  /** The whole report of this attempt, if the pod's last word is on it and all of it is here. */
  public synchronized Optional<WorkerReport> report(StepAttempt attempt) {
    return talk.about()
        .filter(attempt::equals)
        .flatMap(about -> assembler.flatMap(ReportAssembler::report));
  }

  /** Lines that were not for us. */
  synchronized long ignored() {
    return ignored;
  }
}
