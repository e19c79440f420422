package bench.podium.resources;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the objects of runs with golden files: the {@code in-run.yaml} of a directory gives its
 * {@code out-<Kind>-<name>.yaml}. {@code -Dpodium.update=true} overwrites them.
 */
class GoldenResourcesTest {

  private static final Path CASES = Path.of("src/test/resources/golden");
  private static final String IN = "in-run.yaml";

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void buildsTheExpectedObjects(Path folder) throws IOException {
    // Given
    BenchmarkRun run =
        Serialization.unmarshal(Files.readString(folder.resolve(IN)), BenchmarkRun.class);

    // When
    Map<String, String> built = new TreeMap<>();
    ResourcesFixture objects = new ResourcesFixture(run);
    Stream.concat(objects.all().stream(), Stream.of(objects.event()))
        .forEach(object -> built.put(fileName(object), Serialization.asYaml(object)));

    // Then
    if (Boolean.getBoolean("podium.update")) {
      write(folder, built);
    }
    assertThat(built).as(folder.toString()).isEqualTo(expected(folder));
  }

  private static String fileName(HasMetadata object) {
    return "out-%s-%s.yaml".formatted(object.getKind(), object.getMetadata().getName());
  }

  /**
   * All files of the directory except for the input, so that a superfluous file is a difference.
   */
  private static Map<String, String> expected(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> !file.endsWith(IN))
          .forEach(file -> files.put(file.getFileName().toString(), read(file)));
    }
    return files;
  }

  private static void write(Path folder, Map<String, String> built) throws IOException {
    for (String stale : expected(folder).keySet()) {
      Files.delete(folder.resolve(stale));
    }
    for (Map.Entry<String, String> file : built.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
