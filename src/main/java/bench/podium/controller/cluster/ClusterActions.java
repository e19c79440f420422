package bench.podium.controller.cluster;

import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.controller.agent.CommandSender;
import bench.podium.domain.lifecycle.ActionName;
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

/**
 * Carries out a run's actions on the cluster. Each action is idempotent, and none undoes the effect
 * of another.
 */
public final class ClusterActions {

  /**
   * Added to the run's deadline to get the Job's activeDeadlineSeconds, after which workers end
   * even without an operator.
   */
  private static final Duration DEADLINE_MARGIN = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final GuardedWrites writes;
  private final CommandSender commands;
  private final ProtocolCodec codec;
  private final WorkerImage image;
  private final CollectorSetup collector;
  private final Failpoints failpoints;
  private final Clock clock;
  private final Map<String, Map<String, Refusal>> refusals = new ConcurrentHashMap<>();

  public ClusterActions(
      KubernetesClient client,
      GuardedWrites writes,
      CommandSender commands,
      ProtocolCodec codec,
      WorkerImage image,
      CollectorSetup collector,
      Failpoints failpoints,
      Clock clock) {
    this.client = client;
    this.writes = writes;
    this.commands = commands;
    this.codec = codec;
    this.image = image;
    this.collector = collector;
    this.failpoints = failpoints;
    this.clock = clock;
  }

  /** The last creation failure of each of this run's objects, by the object's name. */
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
    long deadline = plan.deadline().plus(DEADLINE_MARGIN).toSeconds();
    create(
        ActionName.CREATE_WORKERS.text(),
        plan.run(),
        Names.workersJob(plan.run().name(), generation),
        resources.workload(codec.encodeWorkload(plan.workload())),
        resources.job(generation, deadline));
  }

  public void createTarget(RunPlan plan, String target, DeploySpec deploy) {
    TargetResources resources = new TargetResources(plan, plan.target(target), deploy, collector);
    create(
        ActionName.CREATE_TARGET.text(),
        plan.run(),
        Names.target(plan.run().name(), target),
        resources.service(),
        resources.deployment());
  }

  /**
   * Makes the target's Service route to its pods whether they are ready or not; creates the Service
   * where it is missing.
   */
  public void restoreService(RunPlan plan, String target, DeploySpec deploy, RunObjects objects) {
    String name = Names.target(plan.run().name(), target);
    Optional<Problem> problem =
        objects.services().stream()
            .filter(service -> service.getMetadata().getName().equals(name))
            .findFirst()
            .map(service -> writes.update(TargetResources.publishingNotReadyAddresses(service)))
            .orElseGet(
                () ->
                    writes.create(
                        plan.run(),
                        new TargetResources(plan, plan.target(target), deploy, collector)
                            .service()));
    updateRefusal(plan.run(), name, problem);
  }

  private void create(
      String action, RunIdentity run, String name, HasMetadata first, HasMetadata second) {
    updateRefusal(run, name, writes.create(run, first).or(() -> createSecond(action, run, second)));
  }

  private void updateRefusal(RunIdentity run, String name, Optional<Problem> problem) {
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

  private Optional<Problem> createSecond(String action, RunIdentity run, HasMetadata second) {
    failpoints.within(action);
    return writes.create(run, second);
  }

  /**
   * Deletes the worker Jobs of generations below this one.
   *
   * @param action name of the action, for the failpoint after each deletion
   */
  public void deleteWorkers(String action, RunObjects objects, int generation) {
    objects.jobs().stream()
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .filter(job -> generation(job) < generation)
        .forEach(
            job -> {
              writes.delete(job);
              failpoints.within(action);
            });
  }

  /**
   * A Job with the run's labels that the run did not create has no valid generation label and is
   * kept.
   */
  private static int generation(Job job) {
    String text = job.getMetadata().getLabels().getOrDefault(Labels.GENERATION, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  /**
   * Deletes the Service before the Deployment: the action is repeated as long as the Deployment
   * exists, so that both are deleted even if the operator restarts in between.
   */
  public void deleteTarget(RunIdentity run, String target, RunObjects objects) {
    String name = Names.target(run.name(), target);
    Service service = client.services().inNamespace(run.namespace()).withName(name).get();
    if (service != null && GuardedWrites.belongsTo(run, service)) {
      writes.delete(service);
    }
    failpoints.within(ActionName.DELETE_TARGET.text());
    objects.deployments().stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .forEach(writes::delete);
  }
}
