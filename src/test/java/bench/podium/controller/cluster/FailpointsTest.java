package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That none fires which must not: were one to fire, it would end this JVM. */
class FailpointsTest {

  @TempDir private Path marks;

  @Test
  void noneFiresUnlessOneIsNamed() {
    // Given
    Failpoints failpoints = new Failpoints(Optional.empty(), marks);

    // When
    passAll(failpoints);

    // Then
    assertThat(marks).isEmptyDirectory();
  }

  @Test
  void onlyTheOneThatIsNamedFires() {
    // Given
    Failpoints failpoints = new Failpoints(Optional.of("after create-workers"), marks);

    // When
    passAll(failpoints);

    // Then
    assertThat(marks).isEmptyDirectory();
  }

  @Test
  void thoseThatHaveFiredDoNotFireAgain() throws IOException {
    // Given
    Files.createFile(marks.resolve("within-record-step"));
    Files.createFile(marks.resolve("after-record-step"));
    Failpoints failpoints =
        new Failpoints(Optional.of("within record-step, after record-step"), marks);

    // When
    passAll(failpoints);

    // Then
    assertThat(marks).isDirectoryContaining("glob:**/within-record-step");
  }

  @Test
  void eachOfSeveralFires() {
    // Given: the second cannot leave its mark, which is how this JVM survives it
    Failpoints failpoints =
        new Failpoints(
            Optional.of("after create-workers, within record-step"), marks.resolve("none"));

    // When
    Throwable refusal = catchThrowable(() -> passAll(failpoints));

    // Then
    assertThat(refusal).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void oneThatCannotLeaveItsMarkSaysSoInsteadOfFiringForEver() {
    // Given
    Failpoints failpoints =
        new Failpoints(Optional.of("before record-step"), marks.resolve("missing"));

    // When
    Throwable refusal = catchThrowable(() -> passAll(failpoints));

    // Then
    assertThat(refusal)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("podium.failpoint.marks");
  }

  private static void passAll(Failpoints failpoints) {
    failpoints.before("record-step");
    failpoints.within("record-step");
    failpoints.after("record-step");
  }
}
