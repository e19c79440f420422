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
 * Named places at which the operator's process ends as by {@code kill -9}, so that tests can let it
 * die at every action. Off unless named.
 *
 * <p>A name is an action's with where in it: {@code before record-step}, {@code within
 * record-step}, {@code after record-step}. A failpoint fires once: it leaves a mark first, or an
 * operator that is started again would die there for ever.
 */
public final class Failpoints {

  private static final int AS_KILLED = 137;

  private final Set<String> armed;
  private final Path marks;

  /**
   * @param names the failpoints that fire, separated by commas
   * @param marks folder for the marks; outlives the process
   */
  public Failpoints(Optional<String> names, Path marks) {
    this.armed =
        names.stream()
            .flatMap(each -> Stream.of(each.split(",")))
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
    this.marks = marks;
  }

  public void before(String action) {
    reached("before " + action);
  }

  /** Between the writes of an action that has more than one. */
  void within(String action) {
    reached("within " + action);
  }

  public void after(String action) {
    reached("after " + action);
  }

  private void reached(String name) {
    if (armed.contains(name) && leaveMark(name)) {
      Runtime.getRuntime().halt(AS_KILLED);
    }
  }

  private boolean leaveMark(String name) {
    try {
      Files.createFile(marks.resolve(name.replace(' ', '-')));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("podium.failpoint.marks: " + marks, e);
    }
  }
}
