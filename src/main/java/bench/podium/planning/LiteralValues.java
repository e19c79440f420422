package bench.podium.planning;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.EnvironmentVariable;
import bench.podium.api.v1alpha1.HeaderSpec;
import java.util.List;
import java.util.stream.Stream;

/** What a run's author wrote into it that may be a secret, though none belongs there. */
public final class LiteralValues {

  private LiteralValues() {}

  /** The values of all environment variables and headers, each once. */
  public static List<String> of(BenchmarkRunSpec spec) {
    Stream<String> variables =
        spec.targets().stream()
            .flatMap(target -> Stream.ofNullable(target.deploy()))
            .flatMap(deploy -> deploy.env().stream())
            .map(EnvironmentVariable::value);
    Stream<String> headers =
        spec.workload().requests().stream()
            .flatMap(request -> request.headers().stream())
            .map(HeaderSpec::value);
    return Stream.concat(variables, headers).distinct().toList();
  }
}
