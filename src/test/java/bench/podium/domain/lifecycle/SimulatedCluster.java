package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
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

/** All that outlives an operator: load pods, targets, recorded rows, and the run's own status. */
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

  /** How long a load pod goes on after it was deleted. */
  Supplier<Duration> lingering = () -> Duration.ZERO;

  /** Why nothing can be written of the steps. */
  Optional<Trouble> unwritable = Optional.empty();

  Optional<String> unreadable = Optional.empty();

  /** How far ahead the clocks of the load pods are. */
  Duration clockAhead = Duration.ZERO;

  private final Map<String, Instant> refusedSince = new TreeMap<>();
  private boolean triedToWrite;

  Progress progress;
  Optional<Decision.FinishRun> finished = Optional.empty();
  Observation.Wish wish = Observation.Wish.GO_ON;

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

  /** As if a person had deleted the load Job. */
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
    wish = Observation.Wish.SUSPEND;
    time.after(
        pause,
        () -> {
          wish = Observation.Wish.GO_ON;
          progress = progress.pause().isOn() ? progress.resume(time.now()) : progress;
        });
  }

  Observation seen(Instant attached) {
    LoadObservation load =
        Optional.ofNullable(loads.get(progress.load().number()))
            .<LoadObservation>map(
                pods ->
                    new LoadObservation.Present(
                        pods.stream().anyMatch(SimulatedPod::isLost),
                        pods.stream().map(pod -> pod.seen(attached)).toList(),
                        othersUntil()))
            .orElseGet(LoadObservation.Absent::new);
    return new Observation(
        load,
        targetsSeen(attached),
        new RecordedSteps(rows(), unreadable, unwritable.filter(why -> triedToWrite)),
        wish,
        progress.ending().map(ending -> seen(ending.generation(), attached)).orElse(List.of()));
  }

  private List<WorkerObservation> seen(int generation, Instant attached) {
    return allPods.stream()
        .filter(pod -> pod.generation() == generation)
        .map(pod -> pod.seen(attached))
        .toList();
  }

  private List<TargetObservation> targetsSeen(Instant attached) {
    return Stream.concat(
            targets.values().stream().map(target -> target.seen(attached)),
            refusedSince.entrySet().stream().map(SimulatedCluster::refused))
        .toList();
  }

  private static TargetObservation refused(Map.Entry<String, Instant> target) {
    Trouble quota = new Trouble(Trouble.Kind.FORBIDDEN, "exceeded quota");
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

  void carryOut(Decision decision) {
    switch (decision) {
      case Decision.Write write -> {
        if (write instanceof Decision.IntendStep) {
          sent.assertNoneIsOn(time.now());
        }
        sent.written(progress, write.next());
        progress = write.next();
      }
      case Decision.DeployLoad(int generation) -> deployLoad(generation);
      case Decision.RemoveOldLoads(int generation) ->
          loads.entrySet().stream()
              .filter(load -> load.getKey() < generation)
              .forEach(load -> leave(load.getValue()));
      case Decision.DeployTarget(String name) -> deployTarget(name);
      case Decision.ReopenTarget(String name) -> target(name).ifPresent(SimulatedTarget::reopen);
      case Decision.RemoveTarget(String name) -> {
        services.remove(name);
        deleteTarget(name);
      }
      case Decision.ArmWorkers(List<WorkerObservation> workers) ->
          send(workers, new Told(progress.current(), Told.Kind.ARM, 0, time.now()));
      case Decision.StopAttempt(List<WorkerObservation> workers) ->
          send(workers, new Told(progress.current(), Told.Kind.STOP, 0, time.now()));
      case Decision.AskAgain(List<WorkerObservation> workers, int ask) ->
          send(workers, new Told(progress.current(), Told.Kind.REPEAT, ask, time.now()));
      case Decision.RecordStep(Row row, var merged, var workers, var samples) -> {
        if (unwritable.isEmpty()) {
          sent.recorded(progress);
        }
        record(row);
      }
      case Decision.AskForSamples(var observers, var from, var until, int ask) ->
          tell(observers, new Told(progress.current(), Told.Kind.REPEAT, ask, time.now()));
      case Decision.FinishObserver(var observers) ->
          tell(observers, new Told(new StepAttempt(-1, 0), Told.Kind.FINISH, 0, time.now()));
      case Decision.RecordCrash crash ->
          crashes.add("%s %d/%d".formatted(crash.target(), crash.step(), crash.attempt()));
      case Decision.EndTarget(List<Row> ended) -> ended.forEach(this::record);
      case Decision.FinishRun finish -> finished = Optional.of(finish);
      case Decision.Await await -> {}
      case Decision.SayFinish finish -> throw new AssertionError("before the end");
      case Decision.RemoveLoad remove -> throw new AssertionError("before the end");
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

  private void deployLoad(int generation) {
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

  private void deployTarget(String name) {
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

  private void tell(List<ObserverObservation> observers, Told command) {
    assertThat(observers).as("observers to command").isNotEmpty();
    observers.forEach(
        observer ->
            targets.values().stream()
                .filter(target -> target.name().equals(observer.pod()))
                .forEach(target -> target.observer().command(command)));
  }

  private void send(List<WorkerObservation> workers, Told command) {
    assertThat(workers).as("pods to command").isNotEmpty();
    Instant t0 = progress.t0().or(() -> progress.ending().map(Ending::t0)).orElseThrow();
    for (WorkerObservation worker : workers) {
      allPods.stream()
          .filter(pod -> pod.seen(time.now()).pod().equals(worker.pod()))
          .forEach(pod -> pod.command(command, t0, progress.nextSequence()));
    }
  }
}
