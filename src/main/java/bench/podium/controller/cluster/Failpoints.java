package bench.podium.controller.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Named points at which the operator's process exits as after {@code kill -9}, so that tests can
 * crash it at every action. Disabled unless named.
 *
 * <p>A name is a position and an action: {@code before record-step}, {@code within record-step},
 * {@code after record-step}. A failpoint fires once: it creates a marker file first, otherwise the
 * restarted operator would crash there again, for ever.
 */
public final class Failpoints {

  private static final int EXIT_STATUS_OF_SIGKILL = 137;

  private final Set<String> armed;
  private final Path markers;

  /**
   * @param names the enabled failpoints, separated by commas
   * @param markers directory for marker files, which outlive the process
   */
  public Failpoints(Optional<String> names, Path markers) {
    this.armed =
        names.stream()
            .flatMap(each -> Stream.of(each.split(",")))
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
    this.markers = markers;
  }

  /** Fires before an action. */
  public void before(String action) {
    reached("before " + action);
  }

  /** Fires between the writes of an action that has more than one. */
  void within(String action) {
    reached("within " + action);
  }

  /** Fires after an action. */
  public void after(String action) {
    reached("after " + action);
  }

  private void reached(String name) {
    if (armed.contains(name) && createMarker(name)) {
      Runtime.getRuntime().halt(EXIT_STATUS_OF_SIGKILL);
    }
  }

  private boolean createMarker(String name) {
    try {
      Files.createFile(markers.resolve(name.replace(' ', '-')));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("podium.failpoint.marks: " + markers, e);
    }
  }
}
