package bench.podium.observation;

import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.CollectorReport;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.Labels;
import bench.podium.resources.Names;
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
public final class RunObservationMapper {

  private static final Set<String> FAILED = Set.of("Failed", "FailureTarget");

  /** By then the pods of a Job that may have them are there. */
  private static final Duration MAKES_PODS = Duration.ofSeconds(1);

  private final PodLogs<WorkerLogState> loads;
  private final PodLogs<CollectorLogState> collectors;
  private final JobPodCreationFailures refusals;
  private final ContainerTerminations ends;
  private final LastCommandMapper lastCommand;
  private final WorkerMapper workers;
  private final Clock clock;

  /**
   * @param loads the logs of workers
   * @param collectors the logs of the collectors in the targets' pods
   */
  public RunObservationMapper(
      ProtocolCodec codec,
      PodLogs<WorkerLogState> loads,
      PodLogs<CollectorLogState> collectors,
      JobPodCreationFailures refusals,
      ContainerTerminations ends,
      Clock clock) {
    this.loads = loads;
    this.collectors = collectors;
    this.refusals = refusals;
    this.ends = ends;
    this.lastCommand = new LastCommandMapper(codec);
    this.workers = new WorkerMapper(lastCommand);
    this.clock = clock;
  }

  /**
   * @param progress says which generation of workers counts, and which is to end
   * @param targets of the plan
   * @param logs what may be read of the targets' own logs
   */
  public RunObservation observe(
      RunIdentity run,
      Progress progress,
      List<TargetPlan> targets,
      RunObjects objects,
      RecordedSteps recorded,
      RunObservation.RequestedState requestedState,
      CrashLogPolicy logs) {
    RetainedNeighbours neighbours = new RetainedNeighbours(objects.neighbours());
    return new RunObservation(
        neighbours.named(load(run, progress.load().number(), objects)),
        targets(run, targets, objects, logs).stream().map(neighbours::named).toList(),
        recorded,
        requestedState,
        progress
            .ending()
            .map(ending -> workers(run, ending.generation(), objects))
            .orElse(List.of()));
  }

  private List<WorkerObservation> workers(RunIdentity run, int generation, RunObjects objects) {
    return objects.workers().stream()
        .filter(pod -> isOf(pod, generation))
        .map(pod -> worker(run, pod))
        .toList();
  }

  /** All workers, whatever their generation. */
  public List<WorkerObservation> workers(RunIdentity run, RunObjects objects) {
    return objects.workers().stream().map(pod -> worker(run, pod)).toList();
  }

  /**
   * All targets that stand in whole or in part, of a run for which their ends mean nothing more.
   */
  public List<TargetObservation> targets(RunIdentity run, RunObjects objects) {
    return targets(run, objects, pod -> List.of());
  }

  private List<TargetObservation> targets(
      RunIdentity run, RunObjects objects, Function<Pod, List<ContainerTermination>> ends) {
    Map<String, Pod> observed =
        objects.observedPods().stream()
            .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
    return TargetMapper.read(
        objects,
        pod ->
            Optional.ofNullable(observed.get(pod.getMetadata().getUid()))
                .map(each -> collector(run, each)),
        ends,
        clock.instant());
  }

  private CollectorObservation collector(RunIdentity run, Pod pod) {
    return new CollectorObservation(
        pod.getMetadata().getName(),
        collectors
            .logState(run.uid(), pod.getMetadata().getUid())
            .map(CollectorLogState::report)
            .orElseGet(CollectorReport::silent),
        lastCommand.read(pod));
  }

  private WorkersObservation load(RunIdentity run, int generation, RunObjects objects) {
    String name = Names.workersJob(run.name(), generation);
    Optional<Job> job =
        objects.jobs().stream()
            .filter(each -> each.getMetadata().getName().equals(name))
            .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
            .findFirst();
    if (job.isEmpty()) {
      return Optional.ofNullable(objects.refusals().get(name))
          .<WorkersObservation>map(
              refusal -> new WorkersObservation.Refused(refusal.problem(), refusal.since()))
          .orElseGet(WorkersObservation.Absent::new);
    }
    List<WorkerObservation> pods = workers(run, generation, objects);
    return new WorkersObservation.Present(
        failed(job.get()),
        pods,
        othersUntil(generation, job.get(), objects),
        forbidden(job.get(), pods.size()));
  }

  /** Asked only where pods are missing: it costs a request each time. */
  private Optional<WorkersObservation.Forbidden> forbidden(Job job, int pods) {
    int wanted = Optional.ofNullable(job.getSpec()).map(JobSpec::getCompletions).orElse(0);
    return time(job.getMetadata().getCreationTimestamp())
        .filter(made -> pods < wanted && !clock.instant().isBefore(made.plus(MAKES_PODS)))
        .flatMap(
            made ->
                refusals
                    .of(job)
                    .map(why -> new Problem(Problem.Kind.FORBIDDEN, why))
                    .map(problem -> new WorkersObservation.Forbidden(problem, made)));
  }

  /**
   * Pods that are on their way out have their grace period and then some; those that nobody has
   * told to go yet were to go when this generation was made. One of a lost node may never go.
   */
  private Optional<Instant> othersUntil(int generation, Job job, RunObjects objects) {
    Instant made = time(job.getMetadata().getCreationTimestamp()).orElseGet(clock::instant);
    return objects.talkingWorkers().stream()
        .filter(pod -> !isOf(pod, generation))
        .map(pod -> time(pod.getMetadata().getDeletionTimestamp()).orElse(made))
        .map(end -> end.plus(TargetMapper.OVERDUE))
        .max(Instant::compareTo);
  }

  private static Optional<Instant> time(String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }

  private WorkerObservation worker(RunIdentity run, Pod pod) {
    return workers.read(
        pod,
        loads
            .logState(run.uid(), pod.getMetadata().getUid())
            .map(WorkerLogState::report)
            .orElseGet(WorkerReport::silent));
  }

  private List<TargetObservation> targets(
      RunIdentity run, List<TargetPlan> planned, RunObjects objects, CrashLogPolicy logs) {
    Map<String, List<ContainerTermination>> ended =
        ends.of(run, TargetMapper.podsOfStanding(objects), logs);
    List<TargetObservation> observed =
        new ArrayList<>(
            targets(
                run, objects, pod -> ended.getOrDefault(pod.getMetadata().getUid(), List.of())));
    for (TargetPlan target : planned) {
      RunObjects.Refusal refusal = objects.refusals().get(Names.target(run.name(), target.name()));
      boolean whole =
          observed.stream()
              .anyMatch(each -> each.name().equals(target.name()) && !isServiceUnavailable(each));
      if (refusal != null && !whole) {
        observed.removeIf(each -> each.name().equals(target.name()));
        observed.add(
            new TargetObservation(
                target.name(),
                new TargetObservation.State.Refused(refusal.problem(), refusal.since()),
                false,
                0,
                0,
                Optional.empty(),
                Set.of(),
                List.of()));
      }
    }
    return observed;
  }

  private static boolean isServiceUnavailable(TargetObservation target) {
    return target.state() instanceof TargetObservation.State.ServiceUnavailable;
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
