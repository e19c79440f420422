package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.bootstrap.LeaseSettings;
import bench.podium.controller.agent.CommandSender;
import bench.podium.controller.cluster.ClusterActions;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.GuardedWrites;
import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observation.CollectorLogState;
import bench.podium.observation.ContainerTerminations;
import bench.podium.observation.KubernetesEndedContainerLog;
import bench.podium.observation.KubernetesJobPodCreationFailures;
import bench.podium.observation.KubernetesPodLog;
import bench.podium.observation.KubernetesWholeLog;
import bench.podium.observation.PodLogs;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObservationMapper;
import bench.podium.observation.WorkerLogState;
import bench.podium.planning.PlanResult;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.CollectorSetup;
import bench.podium.resources.EventResources;
import bench.podium.resources.Labels;
import bench.podium.resources.WorkerImage;
import bench.podium.results.ResultCodec;
import bench.podium.status.Reason;
import bench.podium.status.RunSnapshot;
import bench.podium.status.StatusFactory;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Creates the components that carry out runs, and connects them. */
@ApplicationScoped
public class RunComponents {

  private static final Logger LOG = Logger.getLogger(RunComponents.class);

  /**
   * Time that a decision waits for the logs of terminated containers; a lost node must not delay
   * the decision that its target failed.
   */
  private static final Duration CRASH_LOG_TIMEOUT = Duration.ofSeconds(2);

  private final StatusWriter status;
  private final AdmissionGate admissionGate;
  private final ClusterActions actions;
  private final ResultStore results;
  private final RunExecutor executor;
  private final RetainedPods retainedPods;
  private final RunCleanUp cleanUp;
  private final PodLogs<WorkerLogState> workerLogs;
  private final PodLogs<CollectorLogState> collectorLogs;
  private final ContainerTerminations containerTerminations;
  private final OperatorMeters meters;
  private final Clock clock;

  public RunComponents(
      KubernetesClient client,
      OperatorSettings settings,
      LeaseSettings lease,
      CollectorRegistry registry,
      Clock clock) {
    this.clock = clock;
    ProtocolCodec codec = new ProtocolCodec();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-timer").factory());
    Failpoints failpoints =
        new Failpoints(settings.failpoint().name(), Path.of(settings.failpoint().marks()));
    GuardedWrites writes = new GuardedWrites(client);
    EventWriter events =
        new EventWriter(
            event -> client.resource(event).create(), new EventResources(lease.identity()), clock);
    this.status = new StatusWriter(client, new StatusFactory(clock));
    PodTerminationTracker terminations = new PodTerminationTracker(clock);
    this.admissionGate = new AdmissionGate(status, events, terminations, clock);
    KubernetesPodLog log = new KubernetesPodLog(client);
    this.workerLogs = PodLogs.ofWorkers(codec, log, clock, timer);
    this.collectorLogs = PodLogs.ofCollectors(codec, log, clock, timer);
    WorkerImage workerImage =
        new WorkerImage(settings.worker().image(), settings.worker().pullPolicy());
    this.actions =
        new ClusterActions(
            client,
            writes,
            new CommandSender(client, codec, clock),
            codec,
            workerImage,
            new CollectorSetup(
                settings
                    .collector()
                    .image()
                    .map(image -> new WorkerImage(image, workerImage.pullPolicy()))
                    .orElse(workerImage),
                settings.collector().interval(),
                settings.collector().kept()),
            failpoints,
            clock);
    this.containerTerminations =
        new ContainerTerminations(new KubernetesEndedContainerLog(client), CRASH_LOG_TIMEOUT);
    RunObservationMapper observations =
        new RunObservationMapper(
            codec,
            workerLogs,
            collectorLogs,
            new KubernetesJobPodCreationFailures(client),
            containerTerminations,
            clock);
    this.results = new ResultStore(client, writes, new ResultCodec(codec), failpoints);
    this.meters = new OperatorMeters(registry);
    StepRecorder recorder = new StepRecorder(results, workerLogs, meters);
    this.executor =
        new RunExecutor(
            status, results, observations, recorder, actions, events, meters, failpoints, clock);
    this.retainedPods =
        new RetainedPods(
            new RetainedLogs(new KubernetesWholeLog(client), status, results, clock),
            events,
            clock);
    this.cleanUp =
        new RunCleanUp(
            status, observations, actions, events, retainedPods, terminations, failpoints, clock);
  }

  StatusWriter status() {
    return status;
  }

  AdmissionGate admissionGate() {
    return admissionGate;
  }

  ClusterActions actions() {
    return actions;
  }

  RunExecutor executor() {
    return executor;
  }

  RunCleanUp cleanUp() {
    return cleanUp;
  }

  /** Follows the logs of these pods of the run, and no others. */
  void followLogs(RunIdentity run, RunObjects objects, Consumer<RunIdentity> wake) {
    workerLogs.follow(run, objects.runningWorkers(), wake);
    collectorLogs.follow(run, objects.podsWithCollector(), wake);
  }

  /**
   * Finishes a run whose spec cannot be carried out. A run that has already started, under another
   * version, keeps its recorded results.
   */
  void reject(BenchmarkRun live, PlanResult.Rejected rejected) {
    Reason reason =
        switch (rejected.reason()) {
          case INVALID -> Reason.INVALID;
          case DEADLINE_TOO_SHORT -> Reason.DEADLINE_TOO_SHORT;
        };
    write(
        live,
        RunStates.isStarted(RunSummary.of(live))
            ? new RunSnapshot.Phase.Unplannable(
                reason,
                "the run has started and this version cannot continue it; recorded rows are"
                    + " kept: "
                    + rejected.message(),
                clock.instant())
            : new RunSnapshot.Phase.Rejected(reason, rejected.message(), clock.instant()));
  }

  /** Ends a run whose progress an earlier version wrote, in a form that this one cannot read. */
  void endUnsupported(BenchmarkRun live) {
    write(
        live,
        new RunSnapshot.Phase.Unplannable(
            Reason.UNSUPPORTED,
            "an earlier version of Podium started this run and wrote its progress in a form"
                + " that this version cannot continue; create a new run, and let all runs"
                + " finish before the next upgrade",
            clock.instant()));
  }

  private void write(BenchmarkRun live, RunSnapshot.Phase phase) {
    status.write(live, new RunSnapshot(live.getMetadata().getGeneration(), phase));
  }

  /** Logs and counts a pod that has a run's labels but was not created for it. */
  void countForeignPod(Pod foreign) {
    LOG.warnf(
        "pod %s/%s has the labels of run %s but was not created for it: ignored",
        foreign.getMetadata().getNamespace(),
        foreign.getMetadata().getName(),
        foreign.getMetadata().getLabels().get(Labels.RUN));
    meters.ignoredPod();
  }

  /**
   * Drops the state kept in memory for a run; all of it can be read again. The names of its Events
   * are kept for a while, since the end of the run would otherwise be recorded at each
   * reconciliation.
   */
  void forget(String runUid) {
    workerLogs.forget(runUid);
    collectorLogs.forget(runUid);
    containerTerminations.forget(runUid);
    actions.forget(runUid);
    results.forget(runUid);
    retainedPods.forget(runUid);
    executor.backoff().forget(runUid);
  }
}
