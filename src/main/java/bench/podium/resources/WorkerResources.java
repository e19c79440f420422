package bench.podium.resources;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of the workers: one Indexed Job for the whole run, and the workload they read. */
public final class WorkerResources {

  /** Name of the worker's container, whose log the operator reads. */
  public static final String CONTAINER = "worker";

  /** User id of the worker's container; reserved for it. */
  public static final long USER_ID = Bounds.LOAD_USER_ID;

  private static final String WORKLOAD_VOLUME = "workload";
  private static final String WORK_VOLUME = "work";

  private static final long MEMORY_BASE_MIB = 160;
  private static final long MEMORY_PER_CONNECTION_KIB = 32;

  private final RunPlan plan;
  private final WorkerImage image;
  private final LoadTemplateSpec template;

  public WorkerResources(RunPlan plan, WorkerImage image, LoadTemplateSpec template) {
    this.plan = plan;
    this.image = image;
    this.template = template;
  }

  /**
   * @param json the workload as the workers read it
   */
  public ConfigMap workload(String json) {
    return new ConfigMapBuilder()
        .withMetadata(
            Ownership.metadata(
                plan.run(), Names.workload(plan.run().name()), Labels.of(plan, Labels.ROLE_DATA)))
        .withImmutable(true)
        .withData(Map.of("workload.json", json))
        .build();
  }

  /**
   * A Job that fails as a whole if one pod fails: a lost worker is replaced by the next generation,
   * which is faster than a replacement by the Job controller.
   *
   * @param deadlineSeconds after which Kubernetes stops it even if no operator is running
   */
  public Job job(int generation, long deadlineSeconds) {
    int workers = plan.load().workers();
    return new JobBuilder()
        .withMetadata(
            Ownership.metadata(
                plan.run(),
                Names.workersJob(plan.run().name(), generation),
                Labels.ofWorkers(plan, generation)))
        .withNewSpec()
        .withCompletionMode("Indexed")
        .withCompletions(workers)
        .withParallelism(workers)
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(deadlineSeconds)
        .withTemplate(TemplateOverlay.onWorkers(template(generation), template))
        .endSpec()
        .build();
  }

  private PodTemplateSpec template(int generation) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.ofWorkers(plan, generation))
        .withAnnotations(Ownership.DO_NOT_DISRUPT)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(2L)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER_ID)
        .withRunAsGroup(USER_ID)
        .withFsGroup(USER_ID)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .addNewSysctl()
        .withName("net.ipv4.ip_local_port_range")
        .withValue("1024 65535")
        .endSysctl()
        .endSecurityContext()
        .withContainers(container())
        .withVolumes(volumes())
        .endSpec()
        .build();
  }

  private Container container() {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(image.image())
        .withImagePullPolicy(image.pullPolicy())
        .withStdin(true)
        .addToEnv(AgentContainerDefaults.runUid(plan))
        .addNewEnv()
        .withName("PODIUM_WORKERS")
        .withValue(Integer.toString(plan.load().workers()))
        .endEnv()
        .addToEnv(AgentContainerDefaults.podUid())
        .withNewResources()
        .withRequests(new TreeMap<>(Map.of("cpu", new Quantity("25m"), "memory", memory())))
        .withLimits(Map.of("memory", memory()))
        .endResources()
        .withSecurityContext(AgentContainerDefaults.restrictedSecurityContext().build())
        .addToVolumeMounts(CommandVolume.mount())
        .addNewVolumeMount()
        .withName(WORKLOAD_VOLUME)
        .withMountPath("/podium/workload")
        .withReadOnly(true)
        .endVolumeMount()
        .addNewVolumeMount()
        .withName(WORK_VOLUME)
        .withMountPath("/podium/work")
        .endVolumeMount()
        .build();
  }

  private List<Volume> volumes() {
    return List.of(
        CommandVolume.volume(),
        new VolumeBuilder()
            .withName(WORKLOAD_VOLUME)
            .withNewConfigMap()
            .withName(Names.workload(plan.run().name()))
            .endConfigMap()
            .build(),
        new VolumeBuilder()
            .withName(WORK_VOLUME)
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("128Mi"))
            .endEmptyDir()
            .build());
  }

  /**
   * Memory for the program and for a receive buffer per connection of warm-up and measured part.
   */
  private Quantity memory() {
    long connections =
        plan.steps().stream().mapToLong(step -> maxConnections(step.stage())).max().orElse(0);
    long perWorkerKib = connections * MEMORY_PER_CONNECTION_KIB + plan.load().threads() * 2048L;
    return new Quantity(MEMORY_BASE_MIB + perWorkerKib / 1024 + "Mi");
  }

  /** Maximum of one worker. Open load needs most if no request is answered before its timeout. */
  private long maxConnections(Stage stage) {
    int workers = plan.load().workers();
    long held =
        switch (stage.load()) {
          case LoadModel.Closed(int connections) -> connections / workers;
          case LoadModel.Open(int from, int to) -> unanswered(Math.max(from, to)) / workers;
        };
    return Math.min(Bounds.CONNECTIONS_PER_WORKER, held)
        + stage.probeRate().map(this::unanswered).orElse(0L);
  }

  private long unanswered(int rate) {
    return rate * plan.load().timeout().toSeconds();
  }
}
