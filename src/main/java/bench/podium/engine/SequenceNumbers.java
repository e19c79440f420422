package bench.podium.engine;

/**
 * The numbers that one worker's {@code seq} placeholders take in one attempt. They are dealt out in
 * turn to phases, workers and threads: each takes every {@link #stride}-th, beginning with its own,
 * so that no two requests of the attempt carry the same.
 *
 * @param first of the attempt: above all that an earlier attempt of the run may have used
 * @param worker index of the worker, from 0
 * @param workers of the step
 * @param threads of the engine, in each worker
 * @param probe whether these are of the probe beside the load
 */
public record SequenceNumbers(long first, int worker, int workers, int threads, boolean probe) {

  private static final int PHASES = 4;

  /** What part of an attempt a request belongs to. */
  public enum Phase {
    MEASURED(0),
    WARMUP(1);

    private final int number;

    Phase(int number) {
      this.number = number;
    }
  }

  /** The same for the probe that this worker sends beside its load. */
  public SequenceNumbers ofProbe() {
    return new SequenceNumbers(first, worker, workers, threads, true);
  }

  /** The first number of a thread, counted from 0; the next is {@link #stride} higher. */
  public long firstOf(Phase phase, int thread) {
    long kind = (probe ? 2L : 0L) + phase.number;
    return first + (kind * workers + worker) * threads + thread;
  }

  /** Between two numbers of the same thread. */
  public long stride() {
    return (long) PHASES * workers * threads;
  }
}
