package bench.podium.controller;

import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.domain.lifecycle.CommandedPod;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObjects.Refusal;
import bench.podium.resources.Labels;
import bench.podium.resources.LoadResources;
import bench.podium.resources.Names;
import bench.podium.resources.ObserverSetup;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerImage;
import bench.podium.wire.Command;
import bench.podium.wire.WireCodec;
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
final class RunActs {

  /** Beyond the run's deadline, after which load pods end even without an operator. */
  private static final Duration BEYOND_DEADLINE = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final FencedActs fenced;
  private final PodCommands commands;
  private final WireCodec codec;
  private final WorkerImage image;
  private final ObserverSetup observer;
  private final Failpoints failpoints;
  private final Clock clock;
  private final Map<String, Map<String, Refusal>> refusals = new ConcurrentHashMap<>();

  RunActs(
      KubernetesClient client,
      FencedActs fenced,
      PodCommands commands,
      WireCodec codec,
      WorkerImage image,
      ObserverSetup observer,
      Failpoints failpoints,
      Clock clock) {
    this.client = client;
    this.fenced = fenced;
    this.commands = commands;
    this.codec = codec;
    this.image = image;
    this.observer = observer;
    this.failpoints = failpoints;
    this.clock = clock;
  }

  /** Why objects of this run, by their names, could not be created when it was last tried. */
  Map<String, Refusal> refusals(String runUid) {
    return Map.copyOf(refusals.getOrDefault(runUid, Map.of()));
  }

  void forget(String runUid) {
    refusals.remove(runUid);
  }

  void send(RunIdentity run, List<? extends CommandedPod> pods, Command command) {
    commands.send(run.namespace(), pods, command);
  }

  void deployLoad(RunPlan plan, int generation, LoadTemplateSpec template) {
    LoadResources resources = new LoadResources(plan, image, template);
    long deadline = plan.deadline().plus(BEYOND_DEADLINE).toSeconds();
    create(
        "deploy-load",
        plan.run(),
        Names.load(plan.run().name(), generation),
        resources.workload(codec.encodeWorkload(plan.workload())),
        resources.job(generation, deadline));
  }

  void deployTarget(RunPlan plan, String target, DeploySpec deploy) {
    TargetResources resources = new TargetResources(plan, plan.target(target), deploy, observer);
    create(
        "deploy-target",
        plan.run(),
        Names.target(plan.run().name(), target),
        resources.service(),
        resources.deployment());
  }

  /** A Service that is there leads from now on to the target's pods, ready or not. */
  void reopenTarget(RunPlan plan, String target, DeploySpec deploy, RunObjects objects) {
    String name = Names.target(plan.run().name(), target);
    Optional<Trouble> trouble =
        objects.services().stream()
            .filter(service -> service.getMetadata().getName().equals(name))
            .findFirst()
            .map(service -> fenced.update(TargetResources.readyOrNot(service)))
            .orElseGet(
                () ->
                    fenced.create(
                        plan.run(),
                        new TargetResources(plan, plan.target(target), deploy, observer)
                            .service()));
    note(plan.run(), name, trouble);
  }

  private void create(
      String arrow, RunIdentity run, String name, HasMetadata first, HasMetadata second) {
    note(run, name, fenced.create(run, first).or(() -> then(arrow, run, second)));
  }

  private void note(RunIdentity run, String name, Optional<Trouble> trouble) {
    Map<String, Refusal> known =
        refusals.computeIfAbsent(run.uid(), uid -> new ConcurrentHashMap<>());
    if (trouble.isEmpty()) {
      known.remove(name);
    } else {
      known.merge(
          name,
          new Refusal(trouble.get(), clock.instant()),
          (before, now) -> new Refusal(now.trouble(), before.since()));
    }
  }

  private Optional<Trouble> then(String arrow, RunIdentity run, HasMetadata second) {
    failpoints.within(arrow);
    return fenced.create(run, second);
  }

  /**
   * Deletes the load Jobs of generations below this one.
   *
   * @param arrow whose failpoint stands behind each that was deleted
   */
  void removeLoads(String arrow, RunObjects objects, int generation) {
    objects.jobs().stream()
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .filter(job -> generation(job) < generation)
        .forEach(
            job -> {
              fenced.delete(job);
              failpoints.within(arrow);
            });
  }

  /** A Job that bears a run's uid without being of its making has none, and stays. */
  private static int generation(Job job) {
    String text = job.getMetadata().getLabels().getOrDefault(Labels.GENERATION, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  /** The Service first: while the Deployment stands, the act is repeated until both are gone. */
  void removeTarget(RunIdentity run, String target, RunObjects objects) {
    String name = Names.target(run.name(), target);
    Service service = client.services().inNamespace(run.namespace()).withName(name).get();
    if (service != null && FencedActs.isOf(run, service)) {
      fenced.delete(service);
    }
    failpoints.within("remove-target");
    objects.deployments().stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .forEach(fenced::delete);
  }
}
