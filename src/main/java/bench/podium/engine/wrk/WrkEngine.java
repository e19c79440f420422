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
 * wrk 4.1, as Debian packages it: a closed load that holds its connections. The warm-up and the
 * measured part are two processes; both are started while arming, and each waits in its script for
 * its own gate.
 */
public final class WrkEngine implements LoadEngine {

  private static final String SCRIPT = "/bench/podium/engine/wrk.lua";
  private static final Duration CONNECTING = Duration.ofMillis(10);
  private static final Duration CONNECTING_EACH = Duration.of(40, ChronoUnit.MICROS);

  /** Within the second between warm-up and measured part. */
  private static final Duration CONNECTING_MAX = Duration.ofMillis(500);

  /** Of a core, at worst, for the first request of each worker before any of them sends more. */
  private static final Duration SENDING_EACH = Duration.of(150, ChronoUnit.MICROS);

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final String executable;
  private final Path countersHome;

  /**
   * @param executable wrk's path, or its name if it is on the path
   * @param countersHome where the files lie that wrk's threads count in at each request: best in
   *     memory, since writing them to a disk can hold a thread up
   */
  public WrkEngine(String executable, Path countersHome) {
    this.executable = executable;
    this.countersHome = countersHome;
  }

  @Override
  public PreparedLoad startGate(Instant t0, LoadAssignment order, Path directory)
      throws IOException {
    int connections = connections(order);
    List<WrkPhase> phases = new ArrayList<>();
    if (!order.warmup().isZero()) {
      phases.add(phase(WrkPhase.Kind.WARMUP, directory, t0, order, connections));
    }
    Instant t1 = order.measuredFrom(t0);
    phases.add(phase(WrkPhase.Kind.MEASURED, directory, t1, order, connections));
    for (WrkPhase phase : phases) {
      write(order, phase);
    }
    return new WrkLoad(executable, t0, order, connections, phases);
  }

  private WrkPhase phase(
      WrkPhase.Kind kind, Path directory, Instant opens, LoadAssignment order, int connections) {
    // What a warm-up's connections wait for is in no figure.
    CountersLayout layout =
        new CountersLayout(
            order.threads(),
            connections / order.threads(),
            order.duration(),
            kind == WrkPhase.Kind.MEASURED);
    return new WrkPhase(
        kind,
        directory.resolve(kind.directory()).toAbsolutePath(),
        countersHome.resolve("podium-counters-" + UUID.randomUUID()),
        layout,
        opens.minus(connecting((long) connections * order.workers())),
        opens,
        opens.plus(SENDING_EACH.multipliedBy(order.workers())),
        kind == WrkPhase.Kind.WARMUP ? order.warmup() : order.duration());
  }

  /**
   * The time to open connections before the first requests, so that these do not wait for it.
   *
   * @param connections of all workers: at worst they and the target share two cores
   */
  private static Duration connecting(long connections) {
    Duration needed = CONNECTING.plus(CONNECTING_EACH.multipliedBy(connections));
    return needed.compareTo(CONNECTING_MAX) < 0 ? needed : CONNECTING_MAX;
  }

  private static void write(LoadAssignment order, WrkPhase phase) throws IOException {
    Files.createDirectories(phase.directory());
    try (InputStream script = WrkEngine.class.getResourceAsStream(SCRIPT)) {
      Files.copy(script, phase.script());
    }
    Files.writeString(phase.plan(), WrkPlan.lua(order, phase));
    phase.layout().create(phase.counters());
  }

  private static int connections(LoadAssignment order) {
    wholeSeconds("timeout", order.timeout(), 1);
    wholeSeconds("warm-up", order.warmup(), 0);
    wholeSeconds("duration", order.duration(), 1);
    return switch (order.load()) {
      case LoadShare.Connections(int count) -> {
        check(count, order.threads());
        yield count;
      }
      case LoadShare.Rate _ -> throw new IllegalArgumentException("wrk cannot hold a rate");
    };
  }

  private static void check(int connections, int threads) {
    if (threads < 1 || connections % threads != 0) {
      // wrk would silently open fewer.
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
