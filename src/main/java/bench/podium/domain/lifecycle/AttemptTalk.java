package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the load pods say of one attempt. */
final class AttemptTalk {

  private final List<WorkerObservation> workers;
  private final StepAttempt attempt;
  private final Instant now;

  AttemptTalk(List<WorkerObservation> workers, StepAttempt attempt, Instant now) {
    this.workers = workers;
    this.attempt = attempt;
    this.now = now;
  }

  boolean all(Predicate<Says> test) {
    return workers.stream().allMatch(worker -> test.test(worker.talk().of(attempt)));
  }

  boolean any(Predicate<Says> test) {
    return workers.stream().anyMatch(worker -> test.test(worker.talk().of(attempt)));
  }

  /** Those for whom this holds, and who were not told so a moment ago. */
  List<WorkerObservation> toCommand(Predicate<Says> whom, Told.Kind kind, int ask) {
    return workers.stream()
        .filter(worker -> whom.test(worker.talk().of(attempt)))
        .filter(worker -> !toldLately(worker, kind, ask))
        .toList();
  }

  private boolean toldLately(WorkerObservation worker, Told.Kind kind, int ask) {
    return worker
        .told(kind, attempt)
        .filter(told -> told.ask() == ask)
        .filter(told -> told.within(Timing.NUDGE, now))
        .isPresent();
  }

  /** Whether one was asked after T0 and waits for the target as before: it will not send. */
  boolean oneStillWaits() {
    return workers.stream()
        .filter(worker -> worker.talk().of(attempt) instanceof Says.Waiting)
        .flatMap(worker -> worker.told(Told.Kind.REPEAT, attempt).stream())
        .anyMatch(told -> !now.isBefore(told.at().plus(Timing.NUDGE)));
  }

  /** Why one of them cannot give a result. */
  Optional<String> failure() {
    return workers.stream()
        .filter(worker -> worker.talk().of(attempt) instanceof Says.Failed)
        .map(worker -> worker.pod() + ": " + ((Says.Failed) worker.talk().of(attempt)).reason())
        .findFirst();
  }

  /** In this attempt or one before it: of the newest a pod may not have said anything yet. */
  boolean everBlamedTarget() {
    return workers.stream()
        .map(WorkerObservation::talk)
        .filter(talk -> talk.about().filter(about -> about.step() == attempt.step()).isPresent())
        .anyMatch(talk -> blamesTarget(talk.says()));
  }

  /** Of each that is not armed, for a person. */
  String lastWords() {
    return String.join(
        "; ",
        workers.stream()
            .filter(worker -> !(worker.talk().of(attempt) instanceof Says.Armed))
            .map(worker -> worker.pod() + " " + LastWord.of(worker.talk().says()))
            .toList());
  }

  static boolean notArmed(Says says) {
    return says instanceof Says.Nothing
        || says instanceof Says.Waiting
        || says instanceof Says.Unknown;
  }

  /** A pod whose clock is ahead of the operator's may be through before T0 has come here. */
  static boolean hasArmed(Says says) {
    return says instanceof Says.Armed || says instanceof Says.Ran || says instanceof Says.Measured;
  }

  /** Its engine was started, or may have been. */
  static boolean mayHaveSent(Says says) {
    return switch (says) {
      case Says.Nothing _, Says.Unknown _, Says.Waiting _ -> false;
      case Says.Armed _, Says.Late _, Says.Failed _, Says.Ran _, Says.Measured _ -> true;
    };
  }

  static boolean cannotStart(Says says) {
    return says instanceof Says.Late || says instanceof Says.Unknown;
  }

  static boolean cannotArm(Says says) {
    return cannotStart(says) || says instanceof Says.Failed;
  }

  static boolean blamesTarget(Says says) {
    return (says instanceof Says.Waiting waiting && waiting.targetIsWhy())
        || (says instanceof Says.Failed failed && failed.targetIsWhy());
  }
}
