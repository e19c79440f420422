package bench.podium.observation;

import bench.podium.protocol.ProtocolCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Follows one container's log and passes its lines to a {@link LogState}. When the stream ends or
 * is silent for too long, it is opened again from the beginning; the log state ignores lines that
 * it already knows.
 */
final class LogFollower {

  private static final Logger LOG = Logger.getLogger(LogFollower.class);

  /** A pod prints a line every 2 s; three missed ones mean a broken stream. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(6);

  private static final Duration RECONNECT_DELAY = Duration.ofMillis(500);

  private final PodLog.Source source;
  private final LogState logState;
  private final PodLog log;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Runnable wake;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Optional<PodLog.Attachment>> attachment =
      new AtomicReference<>(Optional.empty());
  private volatile Instant lastLine;

  LogFollower(
      PodLog.Source source,
      LogState logState,
      PodLog log,
      Clock clock,
      ScheduledExecutorService timer,
      Runnable wake) {
    this.source = source;
    this.logState = logState;
    this.log = log;
    this.clock = clock;
    this.timer = timer;
    this.wake = wake;
    this.lastLine = clock.instant();
  }

  void start() {
    Thread.ofVirtual().name("log-" + source.pod()).start(this::follow);
  }

  /** Stops following; the log state remains. */
  void close() {
    closed.set(true);
    detach();
  }

  boolean isClosed() {
    return closed.get();
  }

  private void follow() {
    lastLine = clock.instant();
    var watchdog =
        timer.scheduleAtFixedRate(
            this::detachIfSilent, MAX_SILENCE.toMillis(), 1000, TimeUnit.MILLISECONDS);
    try (PodLog.Attachment attached = log.attach(source)) {
      attachment.set(Optional.of(attached));
      readAll(new BoundedLines(attached.lines(), ProtocolCodec.MAX_LINE_LENGTH));
    } catch (PodLog.PodGoneException e) {
      // A deleted run is not reconciled again, so nothing else would close this follower.
      closed.set(true);
    } catch (IOException | RuntimeException e) {
      LOG.debugf("%s: %s", source, e.getMessage());
    } finally {
      watchdog.cancel(false);
      attachment.set(Optional.empty());
      reconnect();
    }
  }

  private void readAll(BoundedLines lines) throws IOException {
    Optional<String> line = closed.get() ? Optional.empty() : lines.next();
    while (line.isPresent() && !closed.get()) {
      lastLine = clock.instant();
      if (logState.read(line.get(), lastLine)) {
        wake.run();
      }
      line = lines.next();
    }
  }

  private void reconnect() {
    if (!closed.get() && !logState.stopped()) {
      var _ = timer.schedule(this::start, RECONNECT_DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void detachIfSilent() {
    if (clock.instant().isAfter(lastLine.plus(MAX_SILENCE))) {
      detach();
    }
  }

  private void detach() {
    attachment
        .getAndSet(Optional.empty())
        .ifPresent(
            attached -> {
              try {
                attached.close();
              } catch (IOException | RuntimeException e) {
                LOG.debugf("closing %s: %s", source, e.getMessage());
              }
            });
  }
}
