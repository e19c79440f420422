package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that survives an operator: workers, targets, recorded rows, and the status of the run.
 */
final class SimulatedCluster {

  private final RunPlan plan;
  private final VirtualTime time;
  private final Map<Integer, List<SimulatedPod>> podsByGeneration = new TreeMap<>();
  private final Map<String, SimulatedTarget> targets = new TreeMap<>();
  private final List<SimulatedPod> allPods = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final SimulatedLoads loads;

  private final Map<Integer, Instant> createdAt = new TreeMap<>();

  /** Target, step and attempt of each stored crash log. */
  final Set<String> crashes = new TreeSet<>();

  /** Targets that never become ready. */
  final Set<String> broken = new HashSet<>();

  /** Targets whose Deployments are refused. */
  final Set<String> refused = new HashSet<>();

  /** Names of the targets whose Service exists. */
  final Set<String> services = new HashSet<>();

  /** How long a worker keeps running after it was deleted. */
  Supplier<Duration> lingerTime = () -> Duration.ZERO;

  /** Why steps cannot be written. */
  Optional<Problem> unwritable = Optional.empty();

  Optional<String> unreadable = Optional.empty();

  /** How far ahead the clocks of the workers are. */
  Duration clockAhead = Duration.ZERO;

  private final Map<String, Instant> refusedSince = new TreeMap<>();
  private boolean triedToWrite;

  Progress progress;
  Optional<RunAction.FinishRun> finished = Optional.empty();
  RunObservation.RequestedState requestedState = RunObservation.RequestedState.GO_ON;

  SimulatedCluster(RunPlan plan, VirtualTime time) {
    this.plan = plan;
    this.time = time;
    this.progress = Progress.atAdmission(time.now());
    this.loads = new SimulatedLoads(plan);
  }

  RunPlan plan() {
    return plan;
  }

  List<Row> rows() {
    return rows.stream().sorted(Comparator.comparingInt(Row::step)).toList();
  }

  List<SimulatedPod> allPods() {
    return allPods;
  }

  List<SimulatedPod> pods() {
    return podsByGeneration.getOrDefault(progress.load().number(), List.of());
  }

  Optional<SimulatedTarget> target(String name) {
    return Optional.ofNullable(targets.get(name));
  }

  /** Deletes its Deployment, as a user would. */
  void deleteTarget(String name) {
    target(name).filter(target -> !target.isTerminating()).ifPresent(this::terminate);
  }

  void crash(String name) {
    target(name)
        .ifPresent(
            target -> {
              target.crash(time.now());
              time.after(time.between(0.8, 3), () -> target.becomeReady(time.now()));
            });
  }

  /** Deletes its Service, as a user would. */
  void breakService(String name) {
    target(name).ifPresent(SimulatedTarget::breakService);
  }

  /** Deletes the worker Job, as a user would. */
  void deleteWorkers() {
    podsByGeneration.values().forEach(this::terminate);
    podsByGeneration.clear();
  }

  /** Deletes the ConfigMap that lists the results, as a user would. */
  void deleteIndex() {
    rows.clear();
  }

  private void terminate(List<SimulatedPod> pods) {
    pods.forEach(pod -> pod.delete(lingerTime.get()));
  }

  SimulatedLoads loads() {
    return loads;
  }

  /** Suspends the run, as a user would; afterwards it gets its slot at once. */
  void suspendFor(Duration pause) {
    requestedState = RunObservation.RequestedState.SUSPEND;
    time.after(
        pause,
        () -> {
          requestedState = RunObservation.RequestedState.GO_ON;
          progress = progress.pause().isOn() ? progress.resume(time.now()) : progress;
        });
  }

  RunObservation observed(Instant attached) {
    WorkersObservation load =
        Optional.ofNullable(podsByGeneration.get(progress.load().number()))
            .<WorkersObservation>map(
                pods ->
                    new WorkersObservation.Present(
                        pods.stream().anyMatch(SimulatedPod::isLost),
                        pods.stream().map(pod -> pod.observed(attached)).toList(),
                        othersUntil()))
            .orElseGet(WorkersObservation.Absent::new);
    return new RunObservation(
        load,
        observedTargets(attached),
        new RecordedSteps(rows(), unreadable, unwritable.filter(why -> triedToWrite)),
        requestedState,
        progress.ending().map(ending -> observed(ending.generation(), attached)).orElse(List.of()));
  }

  private List<WorkerObservation> observed(int generation, Instant attached) {
    return allPods.stream()
        .filter(pod -> pod.generation() == generation)
        .map(pod -> pod.observed(attached))
        .toList();
  }

  private List<TargetObservation> observedTargets(Instant attached) {
    return Stream.concat(
            targets.values().stream().map(target -> target.observed(attached)),
            refusedSince.entrySet().stream().map(SimulatedCluster::refused))
        .toList();
  }

  private static TargetObservation refused(Map.Entry<String, Instant> target) {
    Problem quota = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");
    return TargetObservationBuilder.of(
            target.getKey(), new TargetObservation.State.Refused(quota, target.getValue()))
        .build();
  }

  private Optional<Instant> othersUntil() {
    Instant made = createdAt.get(progress.load().number());
    return allPods.stream()
        .filter(pod -> pod.generation() != progress.load().number())
        .flatMap(pod -> pod.awaitedUntil(made).stream())
        .max(Instant::compareTo);
  }

  void carryOut(RunAction decision) {
    switch (decision) {
      case RunAction.Write write -> {
        if (write instanceof RunAction.ScheduleAttempt) {
          loads.assertNoneIsRunning(time.now());
        }
        loads.written(progress, write.next());
        progress = write.next();
      }
      case RunAction.CreateWorkers(int generation) -> createWorkers(generation);
      case RunAction.DeleteStaleWorkerJobs(int generation) ->
          podsByGeneration.entrySet().stream()
              .filter(load -> load.getKey() < generation)
              .forEach(load -> terminate(load.getValue()));
      case RunAction.CreateTarget(String name) -> createTarget(name);
      case RunAction.RestoreService(String name) ->
          target(name).ifPresent(SimulatedTarget::restoreService);
      case RunAction.DeleteTarget(String name) -> {
        services.remove(name);
        deleteTarget(name);
      }
      case RunAction.ArmWorkers(List<WorkerObservation> workers) ->
          send(workers, new LastCommand(progress.attemptId(), LastCommand.Kind.ARM, 0, time.now()));
      case RunAction.TerminateAttempt(List<WorkerObservation> workers) ->
          send(
              workers, new LastCommand(progress.attemptId(), LastCommand.Kind.STOP, 0, time.now()));
      case RunAction.RequestResults(List<WorkerObservation> workers, int ask) ->
          send(
              workers,
              new LastCommand(progress.attemptId(), LastCommand.Kind.REPEAT, ask, time.now()));
      case RunAction.RecordStep(Row row, var merged, var workers, var samples) -> {
        if (unwritable.isEmpty()) {
          loads.recorded(progress);
        }
        record(row);
      }
      case RunAction.RequestSamples(var collectors, var from, var until, int ask) ->
          sendToCollectors(
              collectors,
              new LastCommand(progress.attemptId(), LastCommand.Kind.REPEAT, ask, time.now()));
      case RunAction.StopCollector(var collectors) ->
          sendToCollectors(
              collectors,
              new LastCommand(new AttemptId(-1, 0), LastCommand.Kind.FINISH, 0, time.now()));
      case RunAction.RecordCrash crash ->
          crashes.add("%s %d/%d".formatted(crash.target(), crash.step(), crash.attempt()));
      case RunAction.FailTarget(List<Row> ended) -> ended.forEach(this::record);
      case RunAction.FinishRun finish -> finished = Optional.of(finish);
      case RunAction.Await await -> {}
      case RunAction.StopWorkers finish -> throw new AssertionError("before the end");
      case RunAction.DeleteWorkers remove -> throw new AssertionError("before the end");
    }
  }

  private void record(Row row) {
    triedToWrite = true;
    if (unwritable.isPresent()) {
      time.moveTo(time.now().plusSeconds(2));
      return;
    }
    assertThat(rows.stream().map(Row::step)).as("recorded twice").doesNotContain(row.step());
    rows.add(row);
  }

  private void createWorkers(int generation) {
    if (podsByGeneration.containsKey(generation)) {
      return;
    }
    List<SimulatedPod> pods = new ArrayList<>();
    for (int index = 0; index < plan.load().workers(); index++) {
      SimulatedPod pod = new SimulatedPod(this, time, index, generation);
      pods.add(pod);
      time.after(
          time.between(1, 4),
          () -> {
            if (!pod.isLost()) {
              pod.start();
            }
          });
    }
    podsByGeneration.put(generation, pods);
    createdAt.put(generation, time.now());
    allPods.addAll(pods);
  }

  private void createTarget(String name) {
    if (targets.containsKey(name)) {
      return;
    }
    services.add(name);
    if (refused.contains(name)) {
      refusedSince.putIfAbsent(name, time.now());
      return;
    }
    assertThat(targets).as("targets that exist when %s is created", name).isEmpty();
    SimulatedTarget target = new SimulatedTarget(name, time);
    targets.put(name, target);
    if (!broken.contains(name)) {
      time.after(time.between(1, 5), () -> target.becomeReady(time.now()));
    }
  }

  private void terminate(SimulatedTarget target) {
    target.terminate(time.now().plusSeconds(35));
    time.after(time.between(0.2, 6), () -> targets.remove(target.name(), target));
  }

  private void sendToCollectors(List<CollectorObservation> collectors, LastCommand command) {
    assertThat(collectors).as("collectors to command").isNotEmpty();
    collectors.forEach(
        collector ->
            targets.values().stream()
                .filter(target -> target.name().equals(collector.pod()))
                .forEach(target -> target.collector().command(command)));
  }

  private void send(List<WorkerObservation> workers, LastCommand command) {
    assertThat(workers).as("pods to command").isNotEmpty();
    Instant t0 =
        progress.t0().or(() -> progress.ending().map(AttemptTermination::t0)).orElseThrow();
    for (WorkerObservation worker : workers) {
      allPods.stream()
          .filter(pod -> pod.observed(time.now()).pod().equals(worker.pod()))
          .forEach(pod -> pod.command(command, t0, progress.nextSequence()));
    }
  }
}
