package bench.podium.engine;

/**
 * The numbers for the {@code seq} placeholders of one worker in one attempt. Numbers are
 * interleaved over phases, workers and threads: each thread takes every {@link #stride}-th number,
 * starting with its own first one, so that no number occurs twice in the attempt.
 *
 * @param first number of the attempt; higher than any that an earlier attempt of the run may have
 *     used
 * @param worker index of the worker, from 0
 * @param workers number of workers of the step
 * @param threads number of engine threads in each worker
 * @param probe whether these are the numbers of the probe
 */
public record SequenceNumbers(long first, int worker, int workers, int threads, boolean probe) {

  private static final int PHASES = 4;

  /** The part of an attempt that a request belongs to. */
  public enum Phase {
    MEASURED(0),
    WARMUP(1);

    private final int number;

    Phase(int number) {
      this.number = number;
    }
  }

  /** The numbers of this worker's probe. */
  public SequenceNumbers ofProbe() {
    return new SequenceNumbers(first, worker, workers, threads, true);
  }

  /**
   * The first number of a thread; the next one is {@link #stride} higher.
   *
   * @param thread index of the thread, from 0
   */
  public long firstOf(Phase phase, int thread) {
    long kind = (probe ? 2L : 0L) + phase.number;
    return first + (kind * workers + worker) * threads + thread;
  }

  /** The difference between two consecutive numbers of the same thread. */
  public long stride() {
    return (long) PHASES * workers * threads;
  }
}
