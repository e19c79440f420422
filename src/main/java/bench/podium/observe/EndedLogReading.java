package bench.podium.observe;

import bench.podium.domain.lifecycle.LogEnd;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The reading of one ended container's log. It goes on in the background where it takes longer than
 * a decision may wait, and is tried again a few times where it fails.
 */
final class EndedLogReading {

  private static final Logger LOG = Logger.getLogger(EndedLogReading.class);

  private static final int TRIES = 3;

  /** Kubernetes cuts times to whole seconds. */
  private static final Duration CUT = Duration.ofMillis(999);

  private final EndedLog log;
  private final PodLog.Source source;
  private final Optional<Instant> startedAt;
  private final Optional<Instant> finishedAt;
  private final Redaction redaction;
  private Optional<FutureTask<LogEnd>> task = Optional.empty();
  private int tries;
  private boolean awaited;

  /**
   * @param startedAt when the container started, by its node's clock: earlier lines are another's
   * @param finishedAt when it ended: later ones are the next one's
   */
  EndedLogReading(
      EndedLog log,
      PodLog.Source source,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      Redaction redaction) {
    this.log = log;
    this.source = source;
    this.startedAt = startedAt;
    this.finishedAt = finishedAt;
    this.redaction = redaction;
  }

  /**
   * What is known by now.
   *
   * @param before its container runs again, or has been started again since
   * @param patience how long to wait, the first time; later not at all
   */
  synchronized LogEnd get(boolean before, Duration patience) {
    if (task.isEmpty() && tries < TRIES) {
      start(before);
    }
    Duration wait = awaited ? Duration.ZERO : patience;
    awaited = true;
    return task.map(running -> await(running, wait)).orElseGet(LogEnd::none);
  }

  private void start(boolean before) {
    tries++;
    FutureTask<LogEnd> reading = new FutureTask<>(() -> read(before));
    task = Optional.of(reading);
    Thread.ofVirtual().name("ended-log-" + source.pod()).start(reading);
  }

  private LogEnd await(FutureTask<LogEnd> running, Duration wait) {
    try {
      return running.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return LogEnd.none();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return LogEnd.none();
    } catch (ExecutionException e) {
      LOG.debugf("%s: %s", source, e.getMessage());
      task = Optional.empty();
      return LogEnd.none();
    }
  }

  /** The container may have been started again since its end was seen. */
  private LogEnd read(boolean before) throws IOException {
    List<String> lines = before ? List.of() : lines(false);
    return LogText.of(lines.isEmpty() ? lines(true) : lines, redaction);
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
