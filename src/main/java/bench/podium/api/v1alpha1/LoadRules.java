package bench.podium.api.v1alpha1;

/**
 * CEL rules for a load as a whole.
 *
 * <p>A message names the first invalid stage and computes valid values. {@code format} is within
 * the API server's cost budget where concatenation is not.
 */
final class LoadRules {

  /** An engine supports either connections or a rate. */
  static final String MODEL =
      """
      !has(self.stages) ||
      self.stages.all(s, self.engine == 'Vegeta' ? !has(s.connections) : !has(s.rate))""";

  private static final String MISFIT =
      "self.stages.filter(s, self.engine == 'Vegeta' ? has(s.connections) : has(s.rate))[0]";

  static final String MODEL_HINT =
      "'stage %s: engine %s takes %s instead of %s, or choose engine: %s'.format(["
          + (MISFIT + ".name, self.engine, ")
          + "self.engine == 'Vegeta' ? 'a rate' : 'connections', "
          + "self.engine == 'Vegeta' ? 'connections' : 'a rate', "
          + "self.engine == 'Vegeta' ? 'Wrk' : 'Vegeta'])";

  /** Each worker sends at least one request per second. */
  static final String BUSY =
      "!has(self.stages) || self.stages.all(s, !has(s.rate) || s.rate >= self.workers)";

  private static final String IDLE =
      "self.stages.filter(s, has(s.rate) && s.rate < self.workers)[0]";

  static final String BUSY_HINT =
      "'stage %s: a rate of %d is less than one request a second for each of %d workers: take at most"
          + " %d workers'.format(["
          + (IDLE + ".name, ")
          + (IDLE + ".rate, ")
          + "self.workers, "
          + (IDLE + ".rate])");

  /** Wrk opens connections / threads in each thread and silently drops the remainder. */
  static final String EVEN =
      """
      !has(self.stages) ||
      self.stages.all(s, !has(s.connections) || s.connections % (self.workers * self.threads) == 0)""";

  private static final String SHARES = "(self.workers * self.threads)";

  private static final String UNEVEN =
      "self.stages.filter(s, has(s.connections) && s.connections % " + SHARES + " != 0)[0]";

  /** Suggests the multiples below and above the given number, or the two smallest. */
  static final String EVEN_HINT =
      "'stage %s: %d connections cannot be shared evenly by %d workers x %d threads: take %d or %d'"
          + ".format(["
          + (UNEVEN + ".name, ")
          + (UNEVEN + ".connections, ")
          + "self.workers, self.threads, "
          + (UNEVEN + ".connections < " + SHARES + " ? " + SHARES + " : ")
          + (UNEVEN + ".connections / " + SHARES + " * " + SHARES + ", ")
          + (UNEVEN + ".connections < " + SHARES + " ? 2 * " + SHARES + " : ")
          + ("(" + UNEVEN + ".connections / " + SHARES + " + 1) * " + SHARES + "])");

  private static final String EACH = "" + Bounds.CONNECTIONS_PER_WORKER;

  /** With more connections the engine's process would run out of open files. */
  static final String HELD =
      "!has(self.stages) || self.stages.all(s, !has(s.connections) || s.connections <= self.workers * "
          + EACH
          + ")";

  private static final String CROWDED =
      "self.stages.filter(s, has(s.connections) && s.connections > self.workers * " + EACH + ")[0]";

  static final String HELD_HINT =
      ("'stage %s: %d connections are more than %d workers can hold at " + EACH + " each: ")
          + "take at least %d workers'.format(["
          + (CROWDED + ".name, ")
          + (CROWDED + ".connections, ")
          + "self.workers, "
          + ("(" + CROWDED + ".connections + " + EACH + " - 1) / " + EACH + "])");

  private LoadRules() {}
}
