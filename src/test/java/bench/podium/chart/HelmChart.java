package bench.podium.chart;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Renders the chart with helm. */
final class HelmChart {

  private HelmChart() {}

  /**
   * Renders the chart.
   *
   * @param values each in the format of {@code --set}
   * @throws IllegalArgumentException with helm's message if it rejects the values
   */
  static List<HasMetadata> render(String namespace, String... values) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ApiServer.binaries().resolve("helm").toString(),
                "template",
                "podium",
                "helm/podium",
                "--kube-version=1.34.0",
                "--namespace=" + namespace));
    Arrays.stream(values).map(value -> "--set=" + value).forEach(command::add);
    InputStream rendered = new ByteArrayInputStream(run(command).getBytes(StandardCharsets.UTF_8));
    return ApiServer.client().load(rendered).items();
  }

  static <T extends HasMetadata> T only(Class<T> type, List<HasMetadata> objects) {
    List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " of " + type.getSimpleName());
    }
    return found.getFirst();
  }

  private static String run(List<String> command) {
    try {
      Process helm = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (helm.waitFor() != 0) {
        throw new IllegalArgumentException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
