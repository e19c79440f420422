package bench.podium.api.v1alpha1;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of the admission tests: comment lines with the expectation, then one object, or two for an
 * update.
 */
public record AdmissionCase(Path file, String text) {

  private static final Path ROOT = Path.of("src/test/resources/admission");

  /**
   * All cases of a folder.
   *
   * @throws IllegalStateException if there is none
   */
  public static Stream<AdmissionCase> in(String folder) {
    return files(ROOT.resolve(folder));
  }

  /** The sample manifests. */
  public static Stream<AdmissionCase> samples() {
    return files(Path.of("deploy/samples"));
  }

  private static Stream<AdmissionCase> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<AdmissionCase> cases =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .sorted()
              .map(AdmissionCase::read)
              .toList();
      if (cases.isEmpty()) {
        throw new IllegalStateException("no case in " + folder);
      }
      return cases.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AdmissionCase read(Path file) {
    try {
      return new AdmissionCase(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a comment line {@code # key: value}; empty if there is none. */
  public String comment(String key) {
    return text.lines()
        .filter(line -> line.startsWith("# " + key + ": "))
        .map(line -> line.substring(key.length() + 4))
        .findFirst()
        .orElse("");
  }

  /**
   * The value of a comment line that must be there.
   *
   * @throws IllegalStateException if it is missing: an assertion on an empty text would always hold
   */
  public String required(String key) {
    String value = comment(key);
    if (value.isEmpty()) {
      throw new IllegalStateException(file + " has no line \"# " + key + ": ...\"");
    }
    return value;
  }

  /** The objects as written, including fields that the records do not have. */
  public List<GenericKubernetesResource> objects() {
    return documents().map(AdmissionCase::generic).toList();
  }

  /** The objects as the operator reads them. */
  public List<BenchmarkRun> runs() {
    return documents().map(text -> Serialization.unmarshal(text, BenchmarkRun.class)).toList();
  }

  private static GenericKubernetesResource generic(String text) {
    return Serialization.unmarshal(text, GenericKubernetesResource.class);
  }

  private Stream<String> documents() {
    return Arrays.stream(text.split("(?m)^---$"));
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
