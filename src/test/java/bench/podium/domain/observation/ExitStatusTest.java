package bench.podium.domain.observation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.RemediationHint;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0, Completed, ended by itself with code 0",
        "0, Evicted, ended with code 0 (Evicted)",
        "7, Error, ended with code 7",
        "2, \"\", ended with code 2",
        "128, StartError, ended with code 128 (StartError)",
        "134, Error, ended with code 134 (SIGABRT)",
        "137, Error, ended with code 137 (SIGKILL)",
        "137, OOMKilled, \"ended with code 137 (SIGKILL, OOMKilled: out of memory)\"",
        "137, Evicted, \"ended with code 137 (SIGKILL, Evicted)\"",
        "139, Error, ended with code 139 (SIGSEGV)",
        "143, Error, ended with code 143 (SIGTERM)",
        "165, Error, ended with code 165 (signal 37)",
        "255, Error, ended with code 255",
      })
  void describesHowTheContainerTerminated(int code, String reason, String text) {
    // Given
    ExitStatus exit = new ExitStatus(code, reason);

    // When
    String actual = exit.text();

    // Then
    assertThat(actual).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, Completed, false, ends by itself",
    "7, Error, false, the program exited with an error",
    "127, Error, false, cannot be started",
    "137, OOMKilled, false, raise the memory in deploy.resources.limits",
    "137, Error, false, not at its memory limit",
    "139, Error, false, the program itself crashed",
    "143, Error, false, it received a signal to terminate",
    "159, Error, false, check deploy.podTemplate.securityContext",
    "0, Completed, true, who drains the node",
    "137, Error, true, who drains the node",
  })
  void givesAHintThatFitsTheCause(int code, String reason, boolean podDeleted, String hint) {
    // Given
    ContainerTermination end = end(new ExitStatus(code, reason), podDeleted);

    // When
    String remediation = RemediationHint.ofTermination(end);

    // Then
    assertThat(remediation).contains(hint);
  }

  private static ContainerTermination end(ExitStatus exit, boolean podDeleted) {
    return new ContainerTermination(
        "gin-pod",
        "target",
        0,
        exit,
        Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
        podDeleted,
        LogEnd.none());
  }
}
