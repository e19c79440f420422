package bench.podium.engine.wrk;

import bench.podium.domain.plan.LoadShare;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoadEngine;
import bench.podium.engine.PreparedLoad;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * wrk 4.1 as packaged by Debian, which generates closed load: a fixed number of connections. The
 * warm-up and the measured part are two processes. Both are started when the worker is armed, and
 * each waits in its script for its own start time.
 */
public final class WrkEngine implements LoadEngine {

  private static final String SCRIPT = "/bench/podium/engine/wrk.lua";
  private static final Duration CONNECT_BASE = Duration.ofMillis(10);
  private static final Duration CONNECT_PER_CONNECTION = Duration.of(40, ChronoUnit.MICROS);

  /** Fits into the second between warm-up and measured part. */
  private static final Duration CONNECT_MAX = Duration.ofMillis(500);

  /** Worst-case CPU time of the first requests of one worker, before any worker sends more. */
  private static final Duration FIRST_REQUEST_PER_WORKER = Duration.of(150, ChronoUnit.MICROS);

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final String executable;
  private final Path countersHome;

  /**
   * @param executable path of wrk, or its name if it is on the PATH
   * @param countersHome directory of the counters files, which wrk's threads write at each request;
   *     should be in memory, because writing to a disk can block a thread
   */
  public WrkEngine(String executable, Path countersHome) {
    this.executable = executable;
    this.countersHome = countersHome;
  }

  @Override
  public PreparedLoad prepare(Instant t0, LoadAssignment assignment, Path directory)
      throws IOException {
    int connections = connections(assignment);
    List<WrkPhase> phases = new ArrayList<>();
    if (!assignment.warmup().isZero()) {
      phases.add(phase(WrkPhase.Kind.WARMUP, directory, t0, assignment, connections));
    }
    Instant t1 = assignment.measuredFrom(t0);
    phases.add(phase(WrkPhase.Kind.MEASURED, directory, t1, assignment, connections));
    for (WrkPhase phase : phases) {
      write(assignment, phase);
    }
    return new WrkLoad(executable, t0, assignment, connections, phases);
  }

  private WrkPhase phase(
      WrkPhase.Kind kind,
      Path directory,
      Instant opens,
      LoadAssignment assignment,
      int connections) {
    // The waits of connections during the warm-up are not reported.
    CountersLayout layout =
        new CountersLayout(
            assignment.threads(),
            connections / assignment.threads(),
            assignment.duration(),
            kind == WrkPhase.Kind.MEASURED);
    return new WrkPhase(
        kind,
        directory.resolve(kind.directory()).toAbsolutePath(),
        countersHome.resolve("podium-counters-" + UUID.randomUUID()),
        layout,
        opens.minus(connectTime((long) connections * assignment.workers())),
        opens,
        opens.plus(FIRST_REQUEST_PER_WORKER.multipliedBy(assignment.workers())),
        kind == WrkPhase.Kind.WARMUP ? assignment.warmup() : assignment.duration());
  }

  /**
   * Time for opening connections before T0, so that the first requests do not wait for it.
   *
   * @param connections of all workers, which in the worst case share two cores with the target
   */
  private static Duration connectTime(long connections) {
    Duration needed = CONNECT_BASE.plus(CONNECT_PER_CONNECTION.multipliedBy(connections));
    return needed.compareTo(CONNECT_MAX) < 0 ? needed : CONNECT_MAX;
  }

  private static void write(LoadAssignment assignment, WrkPhase phase) throws IOException {
    Files.createDirectories(phase.directory());
    try (InputStream script = WrkEngine.class.getResourceAsStream(SCRIPT)) {
      Files.copy(script, phase.script());
    }
    Files.writeString(phase.plan(), WrkPlan.lua(assignment, phase));
    phase.layout().create(phase.counters());
  }

  private static int connections(LoadAssignment assignment) {
    wholeSeconds("timeout", assignment.timeout(), 1);
    wholeSeconds("warm-up", assignment.warmup(), 0);
    wholeSeconds("duration", assignment.duration(), 1);
    return switch (assignment.load()) {
      case LoadShare.Connections(int count) -> {
        check(count, assignment.threads());
        yield count;
      }
      case LoadShare.Rate _ -> throw new IllegalArgumentException("wrk cannot hold a rate");
    };
  }

  private static void check(int connections, int threads) {
    if (threads < 1 || connections % threads != 0) {
      // wrk would silently open fewer connections.
      throw new IllegalArgumentException(
          "wrk divides its connections among its threads: %d do not divide %d"
              .formatted(threads, connections));
    }
    if (connections < threads) {
      throw new IllegalArgumentException("each thread of wrk needs a connection");
    }
  }

  private static void wholeSeconds(String what, Duration duration, long min) {
    if (duration.toNanos() % SECOND != 0 || duration.toSeconds() < min) {
      throw new IllegalArgumentException(
          "wrk takes whole seconds, at least %d; the %s is %s".formatted(min, what, duration));
    }
  }
}
