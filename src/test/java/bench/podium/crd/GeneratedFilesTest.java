package bench.podium.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedFilesTest {

  static Stream<Path> files() {
    return GeneratedFiles.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isUpToDate(Path file) throws IOException {
    // Given
    if (Boolean.getBoolean("podium.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, GeneratedFiles.all().get(file));
    }

    // When
    String onDisk = Files.exists(file) ? Files.readString(file) : "";

    // Then
    assertThat(onDisk)
        .as("%s is out of date; run make generate", file)
        .isEqualTo(GeneratedFiles.all().get(file));
  }
}
