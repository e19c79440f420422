package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
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

/** All that outlives an operator: workers, targets, recorded rows, and the run's own status. */
final class SimulatedCluster {

  private final RunPlan plan;
  private final VirtualTime time;
  private final Map<Integer, List<SimulatedPod>> loads = new TreeMap<>();
  private final Map<String, SimulatedTarget> targets = new TreeMap<>();
  private final List<SimulatedPod> allPods = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final SimulatedLoads sent;

  private final Map<Integer, Instant> loadMadeAt = new TreeMap<>();

  /** Of what the logs are kept: target, step and attempt. */
  final Set<String> crashes = new TreeSet<>();

  /** Targets that never become ready. */
  final Set<String> broken = new HashSet<>();

  /** Targets whose Deployments are refused. */
  final Set<String> refused = new HashSet<>();

  /** Services of targets that stand. */
  final Set<String> services = new HashSet<>();

  /** How long a worker goes on after it was deleted. */
  Supplier<Duration> lingering = () -> Duration.ZERO;

  /** Why nothing can be written of the steps. */
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
    this.sent = new SimulatedLoads(plan);
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
    return loads.getOrDefault(progress.load().number(), List.of());
  }

  Optional<SimulatedTarget> target(String name) {
    return Optional.ofNullable(targets.get(name));
  }

  /** As if a person had deleted its Deployment. */
  void deleteTarget(String name) {
    target(name).filter(target -> !target.leaves()).ifPresent(this::leave);
  }

  void crash(String name) {
    target(name)
        .ifPresent(
            target -> {
              target.crash(time.now());
              time.after(time.between(0.8, 3), () -> target.becomeReady(time.now()));
            });
  }

  /** As if a person had deleted its Service. */
  void cutOff(String name) {
    target(name).ifPresent(SimulatedTarget::cutOff);
  }

  /** As if a person had deleted the worker Job. */
  void deleteLoad() {
    loads.values().forEach(this::leave);
    loads.clear();
  }

  /** As if a person had deleted the ConfigMap that lists the results. */
  void deleteIndex() {
    rows.clear();
  }

  private void leave(List<SimulatedPod> pods) {
    pods.forEach(pod -> pod.leave(lingering.get()));
  }

  SimulatedLoads loads() {
    return sent;
  }

  /** As if a person had asked for a pause; afterwards it has its place at once. */
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
        Optional.ofNullable(loads.get(progress.load().number()))
            .<WorkersObservation>map(
                pods ->
                    new WorkersObservation.Present(
                        pods.stream().anyMatch(SimulatedPod::isLost),
                        pods.stream().map(pod -> pod.observed(attached)).toList(),
                        othersUntil()))
            .orElseGet(WorkersObservation.Absent::new);
    return new RunObservation(
        load,
        targetsSeen(attached),
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

  private List<TargetObservation> targetsSeen(Instant attached) {
    return Stream.concat(
            targets.values().stream().map(target -> target.observed(attached)),
            refusedSince.entrySet().stream().map(SimulatedCluster::refused))
        .toList();
  }

  private static TargetObservation refused(Map.Entry<String, Instant> target) {
    Problem quota = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");
    return new TargetObservation(
        target.getKey(),
        new TargetObservation.State.Refused(quota, target.getValue()),
        false,
        0,
        0,
        Optional.empty(),
        Set.of(),
        List.of());
  }

  private Optional<Instant> othersUntil() {
    Instant made = loadMadeAt.get(progress.load().number());
    return allPods.stream()
        .filter(pod -> pod.generation() != progress.load().number())
        .flatMap(pod -> pod.awaitedUntil(made).stream())
        .max(Instant::compareTo);
  }

  void carryOut(RunAction decision) {
    switch (decision) {
      case RunAction.Write write -> {
        if (write instanceof RunAction.ScheduleAttempt) {
          sent.assertNoneIsOn(time.now());
        }
        sent.written(progress, write.next());
        progress = write.next();
      }
      case RunAction.CreateWorkers(int generation) -> createWorkers(generation);
      case RunAction.DeleteStaleWorkerJobs(int generation) ->
          loads.entrySet().stream()
              .filter(load -> load.getKey() < generation)
              .forEach(load -> leave(load.getValue()));
      case RunAction.CreateTarget(String name) -> createTarget(name);
      case RunAction.RestoreService(String name) -> target(name).ifPresent(SimulatedTarget::reopen);
      case RunAction.DeleteTarget(String name) -> {
        services.remove(name);
        deleteTarget(name);
      }
      case RunAction.ArmWorkers(List<WorkerObservation> workers) ->
          send(workers, new LastCommand(progress.current(), LastCommand.Kind.ARM, 0, time.now()));
      case RunAction.TerminateAttempt(List<WorkerObservation> workers) ->
          send(workers, new LastCommand(progress.current(), LastCommand.Kind.STOP, 0, time.now()));
      case RunAction.RequestResults(List<WorkerObservation> workers, int ask) ->
          send(
              workers,
              new LastCommand(progress.current(), LastCommand.Kind.REPEAT, ask, time.now()));
      case RunAction.RecordStep(Row row, var merged, var workers, var samples) -> {
        if (unwritable.isEmpty()) {
          sent.recorded(progress);
        }
        record(row);
      }
      case RunAction.RequestSamples(var collectors, var from, var until, int ask) ->
          tell(
              collectors,
              new LastCommand(progress.current(), LastCommand.Kind.REPEAT, ask, time.now()));
      case RunAction.StopCollector(var collectors) ->
          tell(
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
      time.passTo(time.now().plusSeconds(2));
      return;
    }
    assertThat(rows.stream().map(Row::step)).as("recorded twice").doesNotContain(row.step());
    rows.add(row);
  }

  private void createWorkers(int generation) {
    if (loads.containsKey(generation)) {
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
    loads.put(generation, pods);
    loadMadeAt.put(generation, time.now());
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
    assertThat(targets).as("targets that stand when %s is created", name).isEmpty();
    SimulatedTarget target = new SimulatedTarget(name, time);
    targets.put(name, target);
    if (!broken.contains(name)) {
      time.after(time.between(1, 5), () -> target.becomeReady(time.now()));
    }
  }

  private void leave(SimulatedTarget target) {
    target.leave(time.now().plusSeconds(35));
    time.after(time.between(0.2, 6), () -> targets.remove(target.name(), target));
  }

  private void tell(List<CollectorObservation> collectors, LastCommand command) {
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
