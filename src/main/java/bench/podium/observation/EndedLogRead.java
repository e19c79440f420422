package bench.podium.observation;

import bench.podium.domain.observation.LogEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Reads one terminated container's log. Reading continues in the background if it takes longer than
 * a decision may wait, and is retried a few times on failure.
 */
final class EndedLogRead {

  private static final Logger LOG = Logger.getLogger(EndedLogRead.class);

  private static final int MAX_TRIES = 3;

  /** Kubernetes truncates times to whole seconds. */
  private static final Duration TRUNCATION = Duration.ofMillis(999);

  private final EndedContainerLog log;
  private final PodLog.Source source;
  private final Optional<Instant> startedAt;
  private final Optional<Instant> finishedAt;
  private final Supplier<Redaction> redaction;
  private Optional<CompletableFuture<LogEnd>> task = Optional.empty();
  private int tries;

  /**
   * @param startedAt start of the container by its node's clock; earlier lines are of a previous
   *     instance
   * @param finishedAt end of the container; later lines are of the next instance
   */
  EndedLogRead(
      EndedContainerLog log,
      PodLog.Source source,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      Supplier<Redaction> redaction) {
    this.log = log;
    this.source = source;
    this.startedAt = startedAt;
    this.finishedAt = finishedAt;
    this.redaction = redaction;
  }

  /**
   * Starts to read unless that is done or has failed too often.
   *
   * @param restarted whether the container has been restarted since
   * @return what a decision may wait for: present only at the first call
   */
  synchronized Optional<CompletableFuture<LogEnd>> begin(boolean restarted) {
    boolean first = tries == 0;
    if (task.isEmpty() && tries < MAX_TRIES) {
      tries++;
      task = Optional.of(CompletableFuture.supplyAsync(() -> read(restarted), this::inBackground));
    }
    return task.filter(reading -> first);
  }

  private void inBackground(Runnable reading) {
    Thread.ofVirtual().name("ended-log-" + source.pod()).start(reading);
  }

  /** The log if it has been read; otherwise none. */
  synchronized LogEnd result() {
    Optional<CompletableFuture<LogEnd>> done = task.filter(CompletableFuture::isDone);
    if (done.filter(CompletableFuture::isCompletedExceptionally).isPresent()) {
      LOG.debugf("%s: %s", source, done.get().exceptionNow().getMessage());
      task = Optional.empty();
      return LogEnd.none();
    }
    return done.map(CompletableFuture::join).orElseGet(LogEnd::none);
  }

  /**
   * Reads the current instance's log, and the previous one's if that has no lines: the container
   * may have been restarted since its termination was seen.
   */
  private LogEnd read(boolean restarted) {
    try {
      List<String> lines = restarted ? List.of() : lines(false);
      return LogText.of(lines.isEmpty() ? lines(true) : lines, redaction.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(boolean previous) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    try (InputStream in = log.tail(source, previous, LogText.LINES_READ)) {
      BoundedLines lines = new BoundedLines(in, LogText.MAX_READ_BYTES);
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        line.flatMap(this::ownLine).ifPresent(last::addLast);
        if (last.size() > LogText.LINES_READ) {
          last.removeFirst();
        }
        line = lines.next();
      }
    }
    return List.copyOf(last);
  }

  /**
   * The line without its timestamp, if it is of this instance. Error messages that the kubelet
   * returns in place of a log have no timestamp.
   */
  private Optional<String> ownLine(String line) {
    int space = line.indexOf(' ');
    try {
      Instant at = Instant.parse(space < 0 ? line : line.substring(0, space));
      boolean earlier = startedAt.filter(at::isBefore).isPresent();
      boolean later = finishedAt.map(end -> end.plus(TRUNCATION)).filter(at::isAfter).isPresent();
      return earlier || later
          ? Optional.empty()
          : Optional.of(space < 0 ? "" : line.substring(space + 1));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
