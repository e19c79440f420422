package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observe.ContainerEnds;
import bench.podium.observe.KubernetesEndedLog;
import bench.podium.observe.KubernetesJobRefusals;
import bench.podium.observe.KubernetesPodLog;
import bench.podium.observe.KubernetesWholeLog;
import bench.podium.observe.ObserverJournal;
import bench.podium.observe.PodLogs;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObserver;
import bench.podium.observe.WorkerJournal;
import bench.podium.planning.PlanResult;
import bench.podium.process.LeaseSettings;
import bench.podium.resources.EventResources;
import bench.podium.resources.Labels;
import bench.podium.resources.ObserverSetup;
import bench.podium.resources.WorkerImage;
import bench.podium.results.ResultCodec;
import bench.podium.status.Reason;
import bench.podium.status.RunView;
import bench.podium.status.StatusFactory;
import bench.podium.wire.WireCodec;
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

/** The parts that lead a run, put together once. */
@ApplicationScoped
public class RunParts {

  private static final Logger LOG = Logger.getLogger(RunParts.class);

  /** A node that is lost does not keep the decision that its target is lost with it. */
  private static final Duration CRASH_LOG_PATIENCE = Duration.ofSeconds(2);

  private final StatusWriter status;
  private final AdmissionGate gate;
  private final RunActs acts;
  private final ResultStore results;
  private final RunExecution execution;
  private final KeptPods keptPods;
  private final RunCleanUp cleanUp;
  private final PodLogs<WorkerJournal> loads;
  private final PodLogs<ObserverJournal> observers;
  private final ContainerEnds containerEnds;
  private final OperatorMeters meters;
  private final Clock clock;

  public RunParts(
      KubernetesClient client,
      OperatorSettings settings,
      LeaseSettings lease,
      CollectorRegistry registry,
      Clock clock) {
    this.clock = clock;
    WireCodec codec = new WireCodec();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-timer").factory());
    Failpoints failpoints =
        new Failpoints(settings.failpoint().name(), Path.of(settings.failpoint().marks()));
    FencedActs fenced = new FencedActs(client);
    EventWriter events =
        new EventWriter(
            event -> client.resource(event).create(), new EventResources(lease.identity()), clock);
    this.status = new StatusWriter(client, new StatusFactory(clock));
    Departures departures = new Departures(clock);
    this.gate = new AdmissionGate(status, events, departures, clock);
    KubernetesPodLog log = new KubernetesPodLog(client);
    this.loads = PodLogs.ofLoad(codec, log, clock, timer);
    this.observers = PodLogs.ofObservers(codec, log, clock, timer);
    WorkerImage load = new WorkerImage(settings.worker().image(), settings.worker().pullPolicy());
    this.acts =
        new RunActs(
            client,
            fenced,
            new PodCommands(client, codec, clock),
            codec,
            load,
            new ObserverSetup(
                settings
                    .observer()
                    .image()
                    .map(image -> new WorkerImage(image, load.pullPolicy()))
                    .orElse(load),
                settings.observer().interval(),
                settings.observer().kept()),
            failpoints,
            clock);
    this.containerEnds = new ContainerEnds(new KubernetesEndedLog(client), CRASH_LOG_PATIENCE);
    RunObserver observer =
        new RunObserver(
            codec, loads, observers, new KubernetesJobRefusals(client), containerEnds, clock);
    this.results = new ResultStore(client, fenced, new ResultCodec(codec), failpoints);
    this.meters = new OperatorMeters(registry);
    StepRecorder recorder = new StepRecorder(results, loads, meters);
    this.execution =
        new RunExecution(
            status, results, observer, recorder, acts, events, meters, failpoints, clock);
    this.keptPods =
        new KeptPods(
            new KeptLogs(new KubernetesWholeLog(client), status, results, clock), events, clock);
    this.cleanUp =
        new RunCleanUp(status, observer, acts, events, keptPods, departures, failpoints, clock);
  }

  StatusWriter status() {
    return status;
  }

  AdmissionGate gate() {
    return gate;
  }

  RunActs acts() {
    return acts;
  }

  RunExecution execution() {
    return execution;
  }

  RunCleanUp cleanUp() {
    return cleanUp;
  }

  /** Follows what the run's pods say, and no others. */
  void listen(RunIdentity run, RunObjects objects, Consumer<RunIdentity> wake) {
    loads.follow(run, objects.talkingLoadPods(), wake);
    observers.follow(run, objects.observedPods(), wake);
  }

  /**
   * Ends a run that cannot be run as it is. One that has started, under another version, keeps what
   * is written of it.
   */
  void reject(BenchmarkRun live, PlanResult.Rejected rejected) {
    Reason reason =
        switch (rejected.reason()) {
          case INVALID -> Reason.INVALID;
          case DEADLINE_TOO_SHORT -> Reason.DEADLINE_TOO_SHORT;
        };
    status.write(
        live,
        new RunView(
            live.getMetadata().getGeneration(),
            RunStates.isStarted(RunSummary.of(live))
                ? new RunView.Phase.Abandoned(
                    reason,
                    "it has started, and this version cannot go on with it; the rows so far are"
                        + " kept: "
                        + rejected.message(),
                    clock.instant())
                : new RunView.Phase.Rejected(reason, rejected.message(), clock.instant())));
  }

  /** Counts a pod that bears a run's labels and was not made for it. */
  void ignore(Pod foreign) {
    LOG.warnf(
        "pod %s/%s bears the labels of run %s, which has not made it: it is ignored",
        foreign.getMetadata().getNamespace(),
        foreign.getMetadata().getName(),
        foreign.getMetadata().getLabels().get(Labels.RUN));
    meters.ignoredPod();
  }

  /**
   * Drops what is remembered of a run; all of it could be read again. What was told of it is
   * remembered until it is no news: its end would be told again at each look.
   */
  void forget(String runUid) {
    loads.forget(runUid);
    observers.forget(runUid);
    containerEnds.forget(runUid);
    acts.forget(runUid);
    results.forget(runUid);
    keptPods.forget(runUid);
    execution.backoff().forget(runUid);
  }
}
