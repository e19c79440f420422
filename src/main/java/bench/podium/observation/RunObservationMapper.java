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

/** Derives an observation of a run from its objects and the logs of its pods. Only reads. */
public final class RunObservationMapper {

  private static final Set<String> FAILED = Set.of("Failed", "FailureTarget");

  /** Time after which a Job's pods exist unless their creation fails. */
  private static final Duration POD_CREATION_TIME = Duration.ofSeconds(1);

  private final PodLogs<WorkerLogState> workerLogs;
  private final PodLogs<CollectorLogState> collectorLogs;
  private final JobPodCreationFailures jobPodFailures;
  private final ContainerTerminations terminations;
  private final LastCommandMapper lastCommand;
  private final WorkerMapper workers;
  private final Clock clock;

  /**
   * @param workerLogs logs of the workers
   * @param collectorLogs logs of the collectors in the targets' pods
   */
  public RunObservationMapper(
      ProtocolCodec codec,
      PodLogs<WorkerLogState> workerLogs,
      PodLogs<CollectorLogState> collectorLogs,
      JobPodCreationFailures jobPodFailures,
      ContainerTerminations terminations,
      Clock clock) {
    this.workerLogs = workerLogs;
    this.collectorLogs = collectorLogs;
    this.jobPodFailures = jobPodFailures;
    this.terminations = terminations;
    this.lastCommand = new LastCommandMapper(codec);
    this.workers = new WorkerMapper(lastCommand);
    this.clock = clock;
  }

  /**
   * Observes a run that is being carried out.
   *
   * @param progress determines the current generation of workers and the attempt that is being
   *     ended
   * @param targets the plan's targets
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
        neighbours.addNeighbours(workersOfGeneration(run, progress.load().number(), objects)),
        targets(run, targets, objects, logs).stream().map(neighbours::addNeighbours).toList(),
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

  /** All workers of all generations. */
  public List<WorkerObservation> workers(RunIdentity run, RunObjects objects) {
    return objects.workers().stream().map(pod -> worker(run, pod)).toList();
  }

  /**
   * All targets that exist in whole or in part, without the terminations of their containers, which
   * no longer matter for a finished run.
   */
  public List<TargetObservation> targets(RunIdentity run, RunObjects objects) {
    return targets(run, objects, pod -> List.of());
  }

  private List<TargetObservation> targets(
      RunIdentity run, RunObjects objects, Function<Pod, List<ContainerTermination>> terminations) {
    Map<String, Pod> observed =
        objects.podsWithCollector().stream()
            .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
    return TargetMapper.read(
        objects,
        pod ->
            Optional.ofNullable(observed.get(pod.getMetadata().getUid()))
                .map(each -> collector(run, each)),
        terminations,
        clock.instant());
  }

  private CollectorObservation collector(RunIdentity run, Pod pod) {
    return new CollectorObservation(
        pod.getMetadata().getName(),
        collectorLogs
            .logState(run.uid(), pod.getMetadata().getUid())
            .map(CollectorLogState::report)
            .orElseGet(CollectorReport::none),
        lastCommand.read(pod));
  }

  private WorkersObservation workersOfGeneration(
      RunIdentity run, int generation, RunObjects objects) {
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

  /**
   * Why pods of the Job cannot be created. Looked up only while pods are missing, because each
   * look-up costs a request.
   */
  private Optional<WorkersObservation.Forbidden> forbidden(Job job, int pods) {
    int desired = Optional.ofNullable(job.getSpec()).map(JobSpec::getCompletions).orElse(0);
    return time(job.getMetadata().getCreationTimestamp())
        .filter(
            created -> pods < desired && !clock.instant().isBefore(created.plus(POD_CREATION_TIME)))
        .flatMap(
            created ->
                jobPodFailures
                    .of(job)
                    .map(why -> new Problem(Problem.Kind.FORBIDDEN, why))
                    .map(problem -> new WorkersObservation.Forbidden(problem, created)));
  }

  /**
   * Until when to wait for workers of other generations. Terminating pods get their grace period
   * and {@link TargetMapper#OVERDUE_MARGIN}; pods without a deletion timestamp should have been
   * deleted when this generation was created. Pods of a lost node may never terminate.
   */
  private Optional<Instant> othersUntil(int generation, Job job, RunObjects objects) {
    Instant created = time(job.getMetadata().getCreationTimestamp()).orElseGet(clock::instant);
    return objects.runningWorkers().stream()
        .filter(pod -> !isOf(pod, generation))
        .map(pod -> time(pod.getMetadata().getDeletionTimestamp()).orElse(created))
        .map(end -> end.plus(TargetMapper.OVERDUE_MARGIN))
        .max(Instant::compareTo);
  }

  private static Optional<Instant> time(String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }

  private WorkerObservation worker(RunIdentity run, Pod pod) {
    return workers.read(
        pod,
        workerLogs
            .logState(run.uid(), pod.getMetadata().getUid())
            .map(WorkerLogState::report)
            .orElseGet(WorkerReport::none));
  }

  private List<TargetObservation> targets(
      RunIdentity run, List<TargetPlan> planned, RunObjects objects, CrashLogPolicy logs) {
    Map<String, List<ContainerTermination>> ended =
        terminations.of(run, TargetMapper.podsOfExisting(objects), logs);
    List<TargetObservation> observed =
        new ArrayList<>(
            targets(
                run, objects, pod -> ended.getOrDefault(pod.getMetadata().getUid(), List.of())));
    for (TargetPlan target : planned) {
      RunObjects.Refusal refusal = objects.refusals().get(Names.target(run.name(), target.name()));
      boolean complete =
          observed.stream()
              .anyMatch(each -> each.name().equals(target.name()) && !isServiceUnavailable(each));
      if (refusal != null && !complete) {
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
