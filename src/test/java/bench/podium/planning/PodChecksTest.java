package bench.podium.planning;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.planning.PlanResult.Planned;
import bench.podium.planning.PlanResult.Rejected;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pod settings that Kubernetes would reject only after the run has started. */
class PodChecksTest {

  private static final String RUN =
      """
      metadata: {name: shop, namespace: bench, uid: u-1}
      spec:
        targets:
        - name: gin
          deploy: {image: example/gin:1, DEPLOY}
        workload:
          requests:
          - {name: read, path: /}
        load:
          LOAD
          stages:
          - {name: c64, connections: 64, duration: 15s}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "resources: {limits: {memoy: 1Gi}}|resources.limits: \"memoy\" is not a resource; write cpu, memory,",
        "resources: {limits: {memory: 128m}}|resources.limits.memory: 128m is 128 thousandths of a byte;"
            + " write 128Mi",
        "resources: {requests: {a.io/gpu: 1}}|resources.requests.a.io/gpu: needs the same amount in"
            + " limits; write a.io/gpu: 1 there, too",
        "resources: {requests: {a.io/gpu: 1}, limits: {a.io/gpu: 2}}|resources.requests.a.io/gpu: needs"
            + " the same amount in limits",
        "resources: {limits: {a.io/gpu: 500m}}|resources.limits.a.io/gpu: must be a whole number, not 500m",
        "resources: {limits: {hugepages-2Mi: 4Mi}}|resources: huge pages need cpu or memory beside them",
        "resources: {limits: {cpu: 1, hugepages-2Mi: 3Mi}}|resources.limits.hugepages-2Mi: 3Mi is not a"
            + " multiple of the page size of 2Mi; write one, as in 2Mi",
        "args: [fine, \"a\\0b\"]|args[1]: has the control character U+0000 at position 1; leave it out",
        "env: [{name: A, value: \"\\x89\"}]|env[0].value: has the control character U+0089 at position 0",
        "env: [{name: A=B}]|env[0].name: \"A=B\" is not a variable's name; write letters",
        "env: [{name: ..}]|env[0].name: \"..\" is not a variable's name",
        "imagePullSecrets: [a, B]|imagePullSecrets[1]: \"B\" is not a Secret's name; write a-z",
        "podTemplate: {tolerations: [{key: a b, operator: Exists}]}|podTemplate.tolerations[0].key:"
            + " \"a b\" is not a key; write one as in example.com/disk",
        "podTemplate: {tolerations: [{key: a, value: b c}]}|podTemplate.tolerations[0].value: \"b c\" is"
            + " not a label's value",
        "podTemplate: {nodeSelector: {a..b/c: d}}|podTemplate.nodeSelector: \"a..b/c\" is not a key",
        "podTemplate: {securityContext: {dropCapabilities: [ALL, CAP_KILL]}}"
            + "|podTemplate.securityContext.dropCapabilities[1]: \"CAP_KILL\" is not a capability; write"
            + " ALL or one of Linux in upper case without CAP_",
      })
  void namesTheFieldAndTheHint(String written, String message) {
    // Given
    String run = RUN.replace("DEPLOY", written).replace("LOAD", "");

    // When
    PlanResult result = PlanFactory.plan(Serialization.unmarshal(run, BenchmarkRun.class));

    // Then
    assertThat(result).isInstanceOf(Rejected.class);
    assertThat(((Rejected) result).message()).startsWith("spec.targets[0].deploy." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{resources: {limits: {memoy: 1Gi}}}|spec.load.template.resources.limits: \"memoy\" is not a",
        "{annotations: {a: \"\\x7f\"}}|spec.load.template.annotations.a: has the control character U+007F",
        "{tolerations: [{key: -a, operator: Exists}]}|spec.load.template.tolerations[0].key: \"-a\"",
      })
  void namesTheFieldOfTheWorkerTemplate(String template, String message) {
    // Given
    String run = RUN.replace(", DEPLOY", "").replace("LOAD", "template: " + template);

    // When
    PlanResult result = PlanFactory.plan(Serialization.unmarshal(run, BenchmarkRun.class));

    // Then
    assertThat(((Rejected) result).message()).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{hugepages-2Mi: 4Mi}",
        "{example.com/gpu: 2}",
        "{cpu: 0.5, memory: 1.5Gi, ephemeral-storage: 1e9}",
      })
  void acceptsAdditionalResourcesOfWorkers(String limits) {
    // Given
    String run =
        RUN.replace(", DEPLOY", "")
            .replace("LOAD", "template: {resources: {limits: " + limits + "}}");

    // When
    PlanResult result = PlanFactory.plan(Serialization.unmarshal(run, BenchmarkRun.class));

    // Then
    assertThat(result).isInstanceOf(Planned.class);
  }
}
