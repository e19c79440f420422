package bench.podium.planning;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.EnvironmentVariable;
import bench.podium.api.v1alpha1.HeaderSpec;
import java.util.List;
import java.util.stream.Stream;

/** The literal values of a spec that may be secrets, although secrets do not belong there. */
public final class LiteralValues {

  private LiteralValues() {}

  /** The distinct values of all environment variables and headers. */
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
