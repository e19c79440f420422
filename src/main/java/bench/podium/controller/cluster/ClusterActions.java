package bench.podium.controller.cluster;

import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.controller.agent.CommandSender;
import bench.podium.domain.observation.AgentPod;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObjects.Refusal;
import bench.podium.protocol.Command;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.CollectorSetup;
import bench.podium.resources.Labels;
import bench.podium.resources.Names;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerImage;
import bench.podium.resources.WorkerResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a run does to the cluster. Each act can be repeated; none undoes another's. */
public final class ClusterActions {

  /** Beyond the run's deadline, after which workers end even without an operator. */
  private static final Duration BEYOND_DEADLINE = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final GuardedWrites fenced;
  private final CommandSender commands;
  private final ProtocolCodec codec;
  private final WorkerImage image;
  private final CollectorSetup collector;
  private final Failpoints failpoints;
  private final Clock clock;
  private final Map<String, Map<String, Refusal>> refusals = new ConcurrentHashMap<>();

  public ClusterActions(
      KubernetesClient client,
      GuardedWrites fenced,
      CommandSender commands,
      ProtocolCodec codec,
      WorkerImage image,
      CollectorSetup collector,
      Failpoints failpoints,
      Clock clock) {
    this.client = client;
    this.fenced = fenced;
    this.commands = commands;
    this.codec = codec;
    this.image = image;
    this.collector = collector;
    this.failpoints = failpoints;
    this.clock = clock;
  }

  /** Why objects of this run, by their names, could not be created when it was last tried. */
  public Map<String, Refusal> refusals(String runUid) {
    return Map.copyOf(refusals.getOrDefault(runUid, Map.of()));
  }

  public void forget(String runUid) {
    refusals.remove(runUid);
  }

  public void send(RunIdentity run, List<? extends AgentPod> pods, Command command) {
    commands.send(run.namespace(), pods, command);
  }

  public void createWorkers(RunPlan plan, int generation, LoadTemplateSpec template) {
    WorkerResources resources = new WorkerResources(plan, image, template);
    long deadline = plan.deadline().plus(BEYOND_DEADLINE).toSeconds();
    create(
        "create-workers",
        plan.run(),
        Names.workersJob(plan.run().name(), generation),
        resources.workload(codec.encodeWorkload(plan.workload())),
        resources.job(generation, deadline));
  }

  public void createTarget(RunPlan plan, String target, DeploySpec deploy) {
    TargetResources resources = new TargetResources(plan, plan.target(target), deploy, collector);
    create(
        "create-target",
        plan.run(),
        Names.target(plan.run().name(), target),
        resources.service(),
        resources.deployment());
  }

  /** A Service that is there leads from now on to the target's pods, ready or not. */
  public void restoreService(RunPlan plan, String target, DeploySpec deploy, RunObjects objects) {
    String name = Names.target(plan.run().name(), target);
    Optional<Problem> problem =
        objects.services().stream()
            .filter(service -> service.getMetadata().getName().equals(name))
            .findFirst()
            .map(service -> fenced.update(TargetResources.publishingNotReadyAddresses(service)))
            .orElseGet(
                () ->
                    fenced.create(
                        plan.run(),
                        new TargetResources(plan, plan.target(target), deploy, collector)
                            .service()));
    note(plan.run(), name, problem);
  }

  private void create(
      String action, RunIdentity run, String name, HasMetadata first, HasMetadata second) {
    note(run, name, fenced.create(run, first).or(() -> then(action, run, second)));
  }

  private void note(RunIdentity run, String name, Optional<Problem> problem) {
    Map<String, Refusal> known =
        refusals.computeIfAbsent(run.uid(), uid -> new ConcurrentHashMap<>());
    if (problem.isEmpty()) {
      known.remove(name);
    } else {
      known.merge(
          name,
          new Refusal(problem.get(), clock.instant()),
          (before, now) -> new Refusal(now.problem(), before.since()));
    }
  }

  private Optional<Problem> then(String action, RunIdentity run, HasMetadata second) {
    failpoints.within(action);
    return fenced.create(run, second);
  }

  /**
   * Deletes the worker Jobs of generations below this one.
   *
   * @param action whose failpoint stands behind each that was deleted
   */
  public void deleteWorkers(String action, RunObjects objects, int generation) {
    objects.jobs().stream()
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .filter(job -> generation(job) < generation)
        .forEach(
            job -> {
              fenced.delete(job);
              failpoints.within(action);
            });
  }

  /** A Job that bears a run's uid without being of its making has none, and stays. */
  private static int generation(Job job) {
    String text = job.getMetadata().getLabels().getOrDefault(Labels.GENERATION, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  /** The Service first: while the Deployment stands, the act is repeated until both are gone. */
  public void deleteTarget(RunIdentity run, String target, RunObjects objects) {
    String name = Names.target(run.name(), target);
    Service service = client.services().inNamespace(run.namespace()).withName(name).get();
    if (service != null && GuardedWrites.isOf(run, service)) {
      fenced.delete(service);
    }
    failpoints.within("delete-target");
    objects.deployments().stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .forEach(fenced::delete);
  }
}
