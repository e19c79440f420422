package bench.podium.observe;

import bench.podium.domain.lifecycle.ContainerEnd;
import bench.podium.domain.lifecycle.LoadObservation;
import bench.podium.domain.lifecycle.Observation;
import bench.podium.domain.lifecycle.ObserverObservation;
import bench.podium.domain.lifecycle.ObserverTalk;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RecordedSteps;
import bench.podium.domain.lifecycle.TargetObservation;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.lifecycle.WorkerObservation;
import bench.podium.domain.lifecycle.WorkerTalk;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.resources.Labels;
import bench.podium.resources.Names;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes one observation of a run out of its objects and its pods' talk; never acts. */
public final class RunObserver {

  private static final Set<String> FAILED = Set.of("Failed", "FailureTarget");

  /** By then the pods of a Job that may have them are there. */
  private static final Duration MAKES_PODS = Duration.ofSeconds(1);

  private final PodLogs<WorkerJournal> loads;
  private final PodLogs<ObserverJournal> observers;
  private final JobRefusals refusals;
  private final ContainerEnds ends;
  private final ToldReading told;
  private final WorkerReading workers;
  private final Clock clock;

  /**
   * @param loads the logs of load pods
   * @param observers the logs of the observers in the targets' pods
   */
  public RunObserver(
      WireCodec codec,
      PodLogs<WorkerJournal> loads,
      PodLogs<ObserverJournal> observers,
      JobRefusals refusals,
      ContainerEnds ends,
      Clock clock) {
    this.loads = loads;
    this.observers = observers;
    this.refusals = refusals;
    this.ends = ends;
    this.told = new ToldReading(codec);
    this.workers = new WorkerReading(told);
    this.clock = clock;
  }

  /**
   * @param progress says which generation of load pods counts, and which is to end
   * @param targets of the plan
   * @param logs what may be read of the targets' own logs
   */
  public Observation observe(
      RunIdentity run,
      Progress progress,
      List<TargetPlan> targets,
      RunObjects objects,
      RecordedSteps recorded,
      Observation.Wish wish,
      CrashLogPolicy logs) {
    KeptNeighbours neighbours = new KeptNeighbours(objects.neighbours());
    return new Observation(
        neighbours.named(load(run, progress.load().number(), objects)),
        targets(run, targets, objects, logs).stream().map(neighbours::named).toList(),
        recorded,
        wish,
        progress
            .ending()
            .map(ending -> loadPods(run, ending.generation(), objects))
            .orElse(List.of()));
  }

  private List<WorkerObservation> loadPods(RunIdentity run, int generation, RunObjects objects) {
    return objects.loadPods().stream()
        .filter(pod -> isOf(pod, generation))
        .map(pod -> worker(run, pod))
        .toList();
  }

  /** All load pods, whatever their generation. */
  public List<WorkerObservation> loadPods(RunIdentity run, RunObjects objects) {
    return objects.loadPods().stream().map(pod -> worker(run, pod)).toList();
  }

  /**
   * All targets that stand in whole or in part, of a run for which their ends mean nothing more.
   */
  public List<TargetObservation> targets(RunIdentity run, RunObjects objects) {
    return targets(run, objects, pod -> List.of());
  }

  private List<TargetObservation> targets(
      RunIdentity run, RunObjects objects, Function<Pod, List<ContainerEnd>> ends) {
    Map<String, Pod> observed =
        objects.observedPods().stream()
            .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
    return TargetReading.read(
        objects,
        pod ->
            Optional.ofNullable(observed.get(pod.getMetadata().getUid()))
                .map(each -> observer(run, each)),
        ends,
        clock.instant());
  }

  private ObserverObservation observer(RunIdentity run, Pod pod) {
    return new ObserverObservation(
        pod.getMetadata().getName(),
        observers
            .journal(run.uid(), pod.getMetadata().getUid())
            .map(ObserverJournal::talk)
            .orElseGet(ObserverTalk::silent),
        told.read(pod));
  }

  private LoadObservation load(RunIdentity run, int generation, RunObjects objects) {
    String name = Names.load(run.name(), generation);
    Optional<Job> job =
        objects.jobs().stream()
            .filter(each -> each.getMetadata().getName().equals(name))
            .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
            .findFirst();
    if (job.isEmpty()) {
      return Optional.ofNullable(objects.refusals().get(name))
          .<LoadObservation>map(
              refusal -> new LoadObservation.Refused(refusal.trouble(), refusal.since()))
          .orElseGet(LoadObservation.Absent::new);
    }
    List<WorkerObservation> pods = loadPods(run, generation, objects);
    return new LoadObservation.Present(
        failed(job.get()),
        pods,
        othersUntil(generation, job.get(), objects),
        forbidden(job.get(), pods.size()));
  }

  /** Asked only where pods are missing: it costs a request each time. */
  private Optional<LoadObservation.Forbidden> forbidden(Job job, int pods) {
    int wanted = Optional.ofNullable(job.getSpec()).map(JobSpec::getCompletions).orElse(0);
    return time(job.getMetadata().getCreationTimestamp())
        .filter(made -> pods < wanted && !clock.instant().isBefore(made.plus(MAKES_PODS)))
        .flatMap(
            made ->
                refusals
                    .of(job)
                    .map(why -> new Trouble(Trouble.Kind.FORBIDDEN, why))
                    .map(trouble -> new LoadObservation.Forbidden(trouble, made)));
  }

  /**
   * Pods that are on their way out have their grace period and then some; those that nobody has
   * told to go yet were to go when this generation was made. One of a lost node may never go.
   */
  private Optional<Instant> othersUntil(int generation, Job job, RunObjects objects) {
    Instant made = time(job.getMetadata().getCreationTimestamp()).orElseGet(clock::instant);
    return objects.talkingLoadPods().stream()
        .filter(pod -> !isOf(pod, generation))
        .map(pod -> time(pod.getMetadata().getDeletionTimestamp()).orElse(made))
        .map(end -> end.plus(TargetReading.OVERDUE))
        .max(Instant::compareTo);
  }

  private static Optional<Instant> time(String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }

  private WorkerObservation worker(RunIdentity run, Pod pod) {
    return workers.read(
        pod,
        loads
            .journal(run.uid(), pod.getMetadata().getUid())
            .map(WorkerJournal::talk)
            .orElseGet(WorkerTalk::silent));
  }

  private List<TargetObservation> targets(
      RunIdentity run, List<TargetPlan> planned, RunObjects objects, CrashLogPolicy logs) {
    Map<String, List<ContainerEnd>> ended =
        ends.of(run, TargetReading.podsOfStanding(objects), logs);
    List<TargetObservation> seen =
        new ArrayList<>(
            targets(
                run, objects, pod -> ended.getOrDefault(pod.getMetadata().getUid(), List.of())));
    for (TargetPlan target : planned) {
      RunObjects.Refusal refusal = objects.refusals().get(Names.target(run.name(), target.name()));
      boolean whole =
          seen.stream().anyMatch(each -> each.name().equals(target.name()) && !isCutOff(each));
      if (refusal != null && !whole) {
        seen.removeIf(each -> each.name().equals(target.name()));
        seen.add(
            new TargetObservation(
                target.name(),
                new TargetObservation.State.Refused(refusal.trouble(), refusal.since()),
                false,
                0,
                0,
                Optional.empty(),
                Set.of(),
                List.of()));
      }
    }
    return seen;
  }

  private static boolean isCutOff(TargetObservation target) {
    return target.state() instanceof TargetObservation.State.CutOff;
  }

  private static boolean failed(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    FAILED.contains(condition.getType()) && "True".equals(condition.getStatus()));
  }

  private static boolean isOf(Pod pod, int generation) {
    return Integer.toString(generation)
        .equals(pod.getMetadata().getLabels().get(Labels.GENERATION));
  }
}
