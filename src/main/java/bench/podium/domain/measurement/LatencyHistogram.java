package bench.podium.domain.measurement;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * An immutable histogram of latencies, in the buckets of an HdrHistogram with {@value #DIGITS}
 * significant digits from 1 us to {@value #MAX_MICROS} us.
 *
 * <p>Counts are exact and merging loses nothing. A value above the range counts as {@value
 * #MAX_MICROS} us, in the mean and the maximum too. Mean and maximum are exact: they are stored
 * next to the buckets.
 */
public final class LatencyHistogram {

  /** The highest latency that is distinguished: 60 s. */
  public static final long MAX_MICROS = 60_000_000;

  private static final int DIGITS = 3;
  private static final AbstractHistogram SCALE = canonical();
  private static final LatencyHistogram EMPTY = builder().build();

  /** Lowest value of each bucket that is not empty, ascending. */
  private final long[] buckets;

  private final long[] counts;
  private final long count;
  private final long sumMicros;
  private final long maxMicros;

  private LatencyHistogram(long[] buckets, long[] counts, long sumMicros, long maxMicros) {
    this.buckets = buckets;
    this.counts = counts;
    this.count = Arrays.stream(counts).sum();
    this.sumMicros = sumMicros;
    this.maxMicros = maxMicros;
  }

  public static LatencyHistogram empty() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * A histogram of these latencies.
   *
   * @param countByMicros number of occurrences by latency in us
   */
  public static LatencyHistogram of(Map<Long, Long> countByMicros) {
    Builder builder = builder();
    countByMicros.forEach(builder::add);
    return builder.build();
  }

  /**
   * A histogram that another program has counted in equal buckets.
   *
   * @param countByBucket number of values by any value in us of the bucket
   * @param sumMicros sum of the exact values
   * @param maxMicros the exact highest value
   * @throws IllegalArgumentException if the sum or the maximum do not fit the buckets
   */
  public static LatencyHistogram of(Map<Long, Long> countByBucket, long sumMicros, long maxMicros) {
    LatencyHistogram approximate = of(countByBucket);
    long width = SCALE.sizeOfEquivalentValueRange(Math.max(1, approximate.maxMicros));
    boolean plausible =
        Math.abs(maxMicros - approximate.maxMicros) <= width
            && Math.abs(sumMicros - approximate.sumMicros) <= width * approximate.count;
    if (!plausible) {
      throw new IllegalArgumentException(
          "sum %d and maximum %d us do not fit the buckets' %d and %d"
              .formatted(sumMicros, maxMicros, approximate.sumMicros, approximate.maxMicros));
    }
    return new LatencyHistogram(approximate.buckets, approximate.counts, sumMicros, maxMicros);
  }

  /** All values of all parts. */
  public static LatencyHistogram merge(Collection<LatencyHistogram> parts) {
    TreeMap<Long, Long> countByBucket = new TreeMap<>();
    long sum = 0;
    long max = 0;
    for (LatencyHistogram part : parts) {
      for (int i = 0; i < part.buckets.length; i++) {
        countByBucket.merge(part.buckets[i], part.counts[i], Math::addExact);
      }
      sum = Math.addExact(sum, part.sumMicros);
      max = Math.max(max, part.maxMicros);
    }
    return fromBuckets(countByBucket, sum, max);
  }

  /** Number of values. */
  public long count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * The percentile by wrk's definition of the rank: {@code floor(percent / 100 * count) + 1}, at
   * most {@code count} (wrk 4.1, {@code stats_percentile}). The result is the middle of that
   * value's bucket, so that it differs from the exact value by at most 0.05 %; it never exceeds the
   * maximum.
   *
   * @param percent above 0, at most 100, to three decimals
   * @return in us; 0 where there is no value
   * @throws IllegalArgumentException if {@code percent} is out of range
   */
  public long percentileMicros(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percent must be in (0, 100], not " + percent);
    }
    long rank = Math.min(count, rank(Math.round(percent * 1000)));
    long cumulative = 0;
    for (int i = 0; i < buckets.length; i++) {
      cumulative += counts[i];
      if (cumulative >= rank) {
        return Math.min(maxMicros, SCALE.medianEquivalentValue(buckets[i]));
      }
    }
    return 0;
  }

  /**
   * {@code floor(thousandths / 100_000 * count) + 1} in integer arithmetic that cannot overflow.
   */
  private long rank(long thousandths) {
    return count / 100_000 * thousandths + count % 100_000 * thousandths / 100_000 + 1;
  }

  /** Arithmetic mean of the exact values; 0 where there is none. */
  public double meanMicros() {
    return isEmpty() ? 0 : (double) sumMicros / count;
  }

  /** The lowest value of the lowest bucket that is not empty; 0 where there is none. */
  public long minMicros() {
    return isEmpty() ? 0 : buckets[0];
  }

  /** The exact highest value; 0 where there is none. */
  public long maxMicros() {
    return maxMicros;
  }

  /**
   * Encodes the histogram: sum and maximum in us, 8 bytes each, big endian, then HdrHistogram's
   * compressed V2 encoding. Equal histograms give equal bytes.
   */
  public byte[] encode() {
    Histogram histogram = canonical();
    for (int i = 0; i < buckets.length; i++) {
      histogram.recordValueWithCount(buckets[i], counts[i]);
    }
    ByteBuffer buffer = ByteBuffer.allocate(16 + histogram.getNeededByteBufferCapacity());
    buffer.putLong(sumMicros).putLong(maxMicros);
    histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /**
   * Reverts {@link #encode()}.
   *
   * @throws IllegalArgumentException if the bytes are not an encoded histogram
   */
  public static LatencyHistogram decode(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long sum = buffer.getLong();
      long max = buffer.getLong();
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(buffer, MAX_MICROS);
      return fromBuckets(countByBucket(histogram), sum, max);
    } catch (RuntimeException | DataFormatException e) {
      throw new IllegalArgumentException("not an encoded latency histogram", e);
    }
  }

  private static Histogram canonical() {
    return new Histogram(1, MAX_MICROS, DIGITS);
  }

  private static SortedMap<Long, Long> countByBucket(Histogram histogram) {
    TreeMap<Long, Long> countByBucket = new TreeMap<>();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      long bucket = SCALE.lowestEquivalentValue(value.getValueIteratedTo());
      countByBucket.merge(bucket, value.getCountAtValueIteratedTo(), Math::addExact);
    }
    return countByBucket;
  }

  private static LatencyHistogram fromBuckets(
      SortedMap<Long, Long> countByBucket, long sum, long max) {
    long[] buckets = countByBucket.keySet().stream().mapToLong(Long::longValue).toArray();
    long[] counts = countByBucket.values().stream().mapToLong(Long::longValue).toArray();
    return new LatencyHistogram(buckets, counts, sum, max);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyHistogram that
        && sumMicros == that.sumMicros
        && maxMicros == that.maxMicros
        && Arrays.equals(buckets, that.buckets)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(sumMicros, maxMicros, Arrays.hashCode(buckets), Arrays.hashCode(counts));
  }

  @Override
  public String toString() {
    return "LatencyHistogram[count=" + count + ", max=" + maxMicros + " us]";
  }

  /** Builds a histogram value by value. Not thread-safe. */
  public static final class Builder {

    private final Histogram histogram = canonical();
    private long sumMicros;
    private long maxMicros;

    private Builder() {}

    /**
     * Adds {@code count} equal values.
     *
     * @param micros at least 0; above {@value LatencyHistogram#MAX_MICROS} it counts as that
     * @param count at least 0; 0 changes nothing
     * @throws IllegalArgumentException if one of them is negative
     */
    public Builder add(long micros, long count) {
      if (micros < 0 || count < 0) {
        throw new IllegalArgumentException(count + " x " + micros + " us: must not be negative");
      }
      if (count > 0) {
        long value = Math.min(micros, MAX_MICROS);
        histogram.recordValueWithCount(value, count);
        sumMicros = Math.addExact(sumMicros, Math.multiplyExact(value, count));
        maxMicros = Math.max(maxMicros, value);
      }
      return this;
    }

    /**
     * Adds {@code first}, {@code first - step}, {@code first - 2 step}, ... bucket by bucket, since
     * there may be millions of values.
     *
     * @param first in us, at most {@value LatencyHistogram#MAX_MICROS}
     * @param step in us, at least 1
     * @param terms number of values, at least 1; the last must not be below 0
     * @param count at least 0, how often each value is added
     * @throws IllegalArgumentException if one of them is out of range
     */
    public Builder addDescending(long first, long step, long terms, long count) {
      long descent = Math.multiplyExact(step, terms - 1);
      if (first > MAX_MICROS || step < 1 || terms < 1 || descent > first || count < 0) {
        throw new IllegalArgumentException(
            "%d x %d values from %d us down by %d".formatted(count, terms, first, step));
      }
      long value = first;
      for (long left = terms; count > 0 && left > 0; ) {
        long inBucket = Math.min(left, (value - SCALE.lowestEquivalentValue(value)) / step + 1);
        histogram.recordValueWithCount(value, Math.multiplyExact(inBucket, count));
        value -= inBucket * step;
        left -= inBucket;
      }
      if (count > 0) {
        // Sum of an arithmetic series: one factor of the product is even.
        long sum = Math.multiplyExact(2 * first - descent, terms) / 2;
        sumMicros = Math.addExact(sumMicros, Math.multiplyExact(sum, count));
        maxMicros = Math.max(maxMicros, first);
      }
      return this;
    }

    public LatencyHistogram build() {
      return fromBuckets(countByBucket(histogram), sumMicros, maxMicros);
    }
  }
}
