package bench.podium.planning;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.AdmissionCase;
import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import bench.podium.planning.PlanResult.Planned;
import bench.podium.planning.PlanResult.Reason;
import bench.podium.planning.PlanResult.Rejected;
import bench.podium.protocol.ProtocolCodec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanFactoryTest {

  private static final String RUN =
      """
      metadata: {name: shop, namespace: bench, uid: u-1}
      spec:
        targets:
        - {name: gin, deploy: {image: example/gin:1}, port: 9090, readiness: {path: /healthz}}
        - {name: chi, deploy: {image: example/chi:1}}
        workload:
          seed: 42
          requests:
          - {name: read, path: "/users/@{int 1 9}", weight: 7}
          - {name: write, method: POST, path: /users, body: '{"id":@{seq}}'}
        load:
          workers: 4
          warmup: {duration: 5s}
          stages:
          - {name: c64, connections: 64, duration: 15s}
          - {name: c256, connections: 256, duration: 15s}
          cooldown: 2s
        slo:
        - {metric: LatencyP99, max: 25ms}
        - {metric: ErrorRatio, max: 0.1%}
      """;

  static Stream<AdmissionCase> valid() {
    return Stream.concat(AdmissionCase.in("valid"), AdmissionCase.samples());
  }

  static Stream<AdmissionCase> invalid() {
    return AdmissionCase.in("invalid").filter(c -> c.comment("seen only by").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void plansSpecsThatTheApiServerAccepts(AdmissionCase given) {
    // Given
    BenchmarkRun run = given.runs().getFirst();

    // When
    PlanResult result = PlanFactory.plan(run);

    // Then
    assertThat(result).isInstanceOf(Planned.class);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void rejectsSpecsThatTheApiServerRejects(AdmissionCase given) {
    // Given
    BenchmarkRun run = given.runs().getFirst();

    // When
    PlanResult result = PlanFactory.plan(run);

    // Then
    assertThat(result).isInstanceOf(Rejected.class);
  }

  @Test
  void ordersStepsByTarget() {
    // When
    RunPlan plan = planned(RUN);

    // Then
    assertThat(plan.steps())
        .extracting(step -> step.index() + " " + step.target() + " " + step.stage().name())
        .containsExactly("0 gin c64", "1 gin c256", "2 chi c64", "3 chi c256");
    assertThat(plan.steps().getLast().stage().load()).isEqualTo(new LoadModel.Closed(256));
  }

  @Test
  void plansARateForVegeta() {
    // When
    RunPlan plan =
        planned(
            RUN.replace("workers: 4", "engine: Vegeta\n    workers: 4")
                .replace("connections: 64,", "rate: 100, rampTo: 300,")
                .replace("connections: 256", "rate: 100"));

    // Then
    assertThat(plan.load().engine()).isEqualTo(EngineKind.VEGETA);
    assertThat(plan.steps())
        .extracting(step -> step.stage().load())
        .startsWith(new LoadModel.Open(100, 300), new LoadModel.Open(100, 100));
  }

  @Test
  void addressesATargetByItsService() {
    // When
    RunPlan plan = planned(RUN);

    // Then
    assertThat(plan.target("gin").url()).isEqualTo("http://shop-gin.bench.svc:9090");
    assertThat(plan.target("gin").readinessPath()).isEqualTo("/healthz");
    assertThat(plan.target("chi").url()).isEqualTo("http://shop-chi.bench.svc:8080");
  }

  @Test
  void addsUpTheDurationsOfAllParts() {
    // When
    RunPlan plan = planned(RUN);

    // Then: 2 targets x (5s + 2 stages x (3s + 5s + 1s + 15s)) + 3 pauses x 2s
    assertThat(plan.planned()).isEqualTo(Duration.ofSeconds(2 * (5 + 2 * 24) + 6));
    assertThat(plan.deadline()).isEqualTo(Duration.ofSeconds(168 + 600));
  }

  @Test
  void convertsSlosToMicrosecondsAndPartsPerMillion() {
    // When
    RunPlan plan = planned(RUN);

    // Then
    assertThat(plan.slos())
        .containsExactly(
            new Slo.Latency(LatencyFigure.P99, 25_000),
            new Slo.ErrorRatio(1_000),
            Slo.StalledRatio.IMPLIED);
  }

  @Test
  void addsTheEnvironmentHashToEachRequest() {
    // Given
    String declared = RUN + "  environment: {values: {b: '2', a: \"1\"}}\n";
    String reordered = RUN + "  environment: {values: {a: \"1\", b: '2'}}\n";

    // When
    RunPlan plan = planned(declared);

    // Then: sha256 of {"a":"1","b":"2"}
    assertThat(plan.environment().sha256())
        .isEqualTo("21f76dfbfe6dfe21f762080ef484112cf2952974cef30741fd1931e1c6d92112")
        .isEqualTo(planned(reordered).environment().sha256());
    assertThat(plan.workload().headers()).containsEntry("X-Env-ID", plan.environment().version());
  }

  @Test
  void namesDeadlineAndPlannedDurationIfTheDeadlineIsTooShort() {
    // Given
    String run = RUN + "  deadline: 1m\n";

    // When
    Rejected rejected = rejected(run);

    // Then
    assertThat(rejected.reason()).isEqualTo(Reason.DEADLINE_TOO_SHORT);
    assertThat(rejected.message())
        .isEqualTo(
            "spec.deadline: 1m is shorter than the plan, which takes 1m52s; write at least that, or"
                + " leave it out for 12m48s");
  }

  @Test
  void acceptsAShorterDeadlineOfAStartedRun() {
    // Given
    String run = RUN + "  deadline: 1m\nstatus: {startTime: \"2026-01-01T00:00:00Z\"}\n";

    // When
    RunPlan plan = planned(run);

    // Then
    assertThat(plan.deadline()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/users/@{int 1 9}|/u/@{int 9 1}|spec.workload.requests[0].path: \"@{int 9 1}\" is empty",
        "/users/@{int 1 9}|/u/@{uuid}|spec.workload.requests[0].path: unknown placeholder",
        "/users/@{int 1 9}|/my users|spec.workload.requests[0].path: \"/my users\" has a character",
        "/users/@{int 1 9}|/ä|spec.workload.requests[0].path: \"/ä\" has a character",
        "'{\"id\":@{seq}}'|'@{seq'|spec.workload.requests[1].body: \"@{\" without \"}\"",
        "connections: 64|connections: 66|spec.load.stages[0].connections: 66 connections cannot be"
            + " shared evenly by 4 workers x 1 threads: take 64 or 68",
        "connections: 64|connections: 3|take 4 or 8",
        "duration: 5s|duration: 1500ms|spec.load.warmup.duration: 1500ms is not in whole seconds, as"
            + " wrk needs it; write 2s",
        "cooldown: 2s|cooldown: soon|spec.load.cooldown: \"soon\" is not a duration",
        "max: 25ms|max: 0ms|spec.slo[0].max: \"0ms\" is not a latency",
        "{image: example/chi:1}|{image: example/chi:1, resources: {requests: {cpu: 2}, limits:"
            + " {cpu: 500m}}}|spec.targets[1].deploy.resources.requests.cpu: 2 is more than the limit"
            + " of 500m",
        "{image: example/chi:1}|{image: example/chi:1, resources: {limits: {memory:"
            + " 1Q}}}|spec.targets[1].deploy.resources.limits.memory: \"1Q\" is not a quantity",
        "body:|headers: [{name: Accept, value: a}, {name: accept, value: b}], body:|"
            + "spec.workload.requests[1].headers[1].name: \"accept\" is given twice",
        "{image: example/chi:1}|{image: example/chi:1, podTemplate: {securityContext: {runAsUser:"
            + " 64102}}}|spec.targets[1].deploy.podTemplate.securityContext.runAsUser: 64102 is the id"
            + " of a program of Podium's own; choose another",
        "{image: example/chi:1}|{image: example/chi:1, podTemplate: {serviceAccountName:"
            + " admin}}|spec.targets[1].deploy.podTemplate.serviceAccountName: a pod gets no account",
        "{image: example/chi:1}|{image: example/chi:1, podTemplate: {labels: {a/b/c:"
            + " d}}}|spec.targets[1].deploy.podTemplate.labels: \"a/b/c\" is not a key",
        "workers: 4|`workers: 4\n    template: {resources: {requests: {memory: 2Gi}, limits: {memory:"
            + " 1Gi}}}`|spec.load.template.resources.requests.memory: 2Gi is more than the limit of 1Gi",
        "path: /users,|path: /users/50%,|spec.workload.requests[1].path: \"/users/50%\" has a % that begins"
            + " no escape of two hexadecimal digits; write %25",
        "warmup: {duration: 5s}|warmup: {duration: 0s}|spec.load.warmup.duration: must be from 1s to 24h,"
            + " not 0s; leave spec.load.warmup out for none",
        "name: chi|name: gin|spec.targets[1].name: \"gin\" stands twice",
      })
  void namesTheFieldAndTheHint(String written, String instead, String message) {
    // Given
    String run = RUN.replace(written, instead);

    // When
    Rejected rejected = rejected(run);

    // Then
    assertThat(rejected.reason()).isEqualTo(Reason.INVALID);
    assertThat(rejected.message()).contains(message);
  }

  /** CEL does not count that a quote has two bytes in JSON. */
  @Test
  void rejectsASpecThatIsTooLargeForItsObjects() {
    // Given
    String bodies =
        IntStream.range(0, 10)
            .mapToObj(
                each -> "- {name: b%d, path: /, body: '%s'}".formatted(each, "\"".repeat(60_000)))
            .collect(Collectors.joining("\n    "));

    // When
    Rejected rejected = rejected(RUN.replace("requests:", "requests:\n    " + bodies));

    // Then
    assertThat(rejected.message())
        .matches(
            "spec: has 12\\d{5} bytes as JSON, at most 1000000 fit into a ConfigMap; shorten the bodies,"
                + " or split the run");
  }

  @Test
  void acceptsOnlySpecsThatFitIntoTheWorkloadConfigMap() {
    // Given: just below the limit
    String bodies =
        IntStream.range(0, 15)
            .mapToObj(
                each -> "- {name: b%d, path: /, body: '%s'}".formatted(each, "x".repeat(65_536)))
            .collect(Collectors.joining("\n    "));

    // When
    RunPlan plan = planned(RUN.replace("requests:", "requests:\n    " + bodies));

    // Then
    String json = new ProtocolCodec().encodeWorkload(plan.workload());
    assertThat(json.getBytes(StandardCharsets.UTF_8).length).isBetween(980_000, 1 << 20);
  }

  @Test
  void rejectsARunWithoutSpec() {
    // When
    Rejected rejected = rejected("metadata: {name: shop, namespace: bench, uid: u-1}");

    // Then
    assertThat(rejected.message()).isEqualTo("spec: is missing; set it");
  }

  private static RunPlan planned(String yaml) {
    return ((Planned) PlanFactory.plan(Serialization.unmarshal(yaml, BenchmarkRun.class))).plan();
  }

  private static Rejected rejected(String yaml) {
    return (Rejected) PlanFactory.plan(Serialization.unmarshal(yaml, BenchmarkRun.class));
  }
}
