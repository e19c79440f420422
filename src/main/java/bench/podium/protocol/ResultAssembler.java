package bench.podium.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Assembles one worker's result of one (step, attempt) from its parts, in any order and with
 * repetitions. Not thread-safe.
 */
public final class ResultAssembler {

  private final ProtocolCodec codec;
  private final int step;
  private final int attempt;
  private final TreeMap<Integer, String> payloads = new TreeMap<>();
  private int parts;
  private int ignored;
  private Optional<AttemptResult> result = Optional.empty();

  public ResultAssembler(ProtocolCodec codec, int step, int attempt) {
    this.codec = codec;
    this.step = step;
    this.attempt = attempt;
  }

  /**
   * Adds a part. A part of another (step, attempt), one out of range, and one that contradicts
   * earlier parts are ignored and counted. If the complete parts turn out to be damaged, they are
   * dropped, so that a repetition can replace them.
   */
  public void add(AgentMessage.ResultPart part) {
    if (!belongs(part)) {
      ignored++;
      return;
    }
    parts = part.parts();
    payloads.putIfAbsent(part.part(), part.payload());
    if (payloads.size() == parts && result.isEmpty()) {
      decode();
    }
  }

  private boolean belongs(AgentMessage.ResultPart part) {
    return part.step() == step
        && part.attempt() == attempt
        && part.parts() > 0
        && part.parts() <= ResultParts.MAX_PARTS
        && (parts == 0 || part.parts() == parts)
        && part.part() >= 0
        && part.part() < part.parts()
        && part.payload().length() <= ResultParts.MAX_PAYLOAD_LENGTH;
  }

  private void decode() {
    try {
      AttemptResult decoded =
          codec.decodeResult(ResultParts.join(new ArrayList<>(payloads.values())));
      if (decoded.step() != step || decoded.attempt() != attempt) {
        throw new IllegalArgumentException("the result is of another attempt");
      }
      result = Optional.of(decoded);
    } catch (IllegalArgumentException e) {
      ignored += payloads.size();
      payloads.clear();
      parts = 0;
    }
  }

  /** The result, once all parts have been added. */
  public Optional<AttemptResult> result() {
    return result;
  }

  /** Indexes of the missing parts; also empty before the first part. */
  public List<Integer> missing() {
    return IntStream.range(0, parts).filter(part -> !payloads.containsKey(part)).boxed().toList();
  }

  /** Number of parts that were ignored. */
  public int ignored() {
    return ignored;
  }
}
