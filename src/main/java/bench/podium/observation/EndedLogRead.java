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
 * The reading of one ended container's log. It goes on in the background where it takes longer than
 * a decision may wait, and is tried again a few times where it fails.
 */
final class EndedLogRead {

  private static final Logger LOG = Logger.getLogger(EndedLogRead.class);

  private static final int TRIES = 3;

  /** Kubernetes cuts times to whole seconds. */
  private static final Duration CUT = Duration.ofMillis(999);

  private final EndedContainerLog log;
  private final PodLog.Source source;
  private final Optional<Instant> startedAt;
  private final Optional<Instant> finishedAt;
  private final Supplier<Redaction> redaction;
  private Optional<CompletableFuture<LogEnd>> task = Optional.empty();
  private int tries;

  /**
   * @param startedAt when the container started, by its node's clock: earlier lines are another's
   * @param finishedAt when it ended: later ones are the next one's
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
   * Begins to read unless that is done or has failed too often.
   *
   * @param before its container runs again, or has been started again since
   * @return what a decision may wait for: the first time; later none has to
   */
  synchronized Optional<CompletableFuture<LogEnd>> begin(boolean before) {
    boolean first = tries == 0;
    if (task.isEmpty() && tries < TRIES) {
      tries++;
      task = Optional.of(CompletableFuture.supplyAsync(() -> read(before), this::inBackground));
    }
    return task.filter(reading -> first);
  }

  private void inBackground(Runnable reading) {
    Thread.ofVirtual().name("ended-log-" + source.pod()).start(reading);
  }

  /** What is known by now. */
  synchronized LogEnd soFar() {
    Optional<CompletableFuture<LogEnd>> done = task.filter(CompletableFuture::isDone);
    if (done.filter(CompletableFuture::isCompletedExceptionally).isPresent()) {
      LOG.debugf("%s: %s", source, done.get().exceptionNow().getMessage());
      task = Optional.empty();
      return LogEnd.none();
    }
    return done.map(CompletableFuture::join).orElseGet(LogEnd::none);
  }

  /** The container may have been started again since its end was seen. */
  private LogEnd read(boolean before) {
    try {
      List<String> lines = before ? List.of() : lines(false);
      return LogText.of(lines.isEmpty() ? lines(true) : lines, redaction.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(boolean before) throws IOException {
    Deque<String> kept = new ArrayDeque<>();
    try (InputStream in = log.tail(source, before, LogText.LINES_READ)) {
      BoundedLines lines = new BoundedLines(in, LogText.MAX_READ_BYTES);
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        line.flatMap(this::own).ifPresent(kept::addLast);
        if (kept.size() > LogText.LINES_READ) {
          kept.removeFirst();
        }
        line = lines.next();
      }
    }
    return List.copyOf(kept);
  }

  /** Without its time; the kubelet's own words, where it has no log, have none. */
  private Optional<String> own(String line) {
    int blank = line.indexOf(' ');
    try {
      Instant at = Instant.parse(blank < 0 ? line : line.substring(0, blank));
      boolean earlier = startedAt.filter(at::isBefore).isPresent();
      boolean later = finishedAt.map(end -> end.plus(CUT)).filter(at::isAfter).isPresent();
      return earlier || later
          ? Optional.empty()
          : Optional.of(blank < 0 ? "" : line.substring(blank + 1));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
