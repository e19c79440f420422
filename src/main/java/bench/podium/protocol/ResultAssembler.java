package bench.podium.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Collects the parts of one pod's report of one (step, attempt), in any order and however often
 * each is repeated. Not safe for use by several threads.
 */
public final class ResultAssembler {

  private final ProtocolCodec codec;
  private final int step;
  private final int attempt;
  private final TreeMap<Integer, String> payloads = new TreeMap<>();
  private int parts;
  private int ignored;
  private Optional<AttemptResult> report = Optional.empty();

  public ResultAssembler(ProtocolCodec codec, int step, int attempt) {
    this.codec = codec;
    this.step = step;
    this.attempt = attempt;
  }

  /**
   * Takes a part of this (step, attempt); any other, one out of range and one that contradicts what
   * is known are ignored and counted. Parts that turn out to be damaged once they are complete are
   * dropped, so that a repetition can replace them.
   */
  public void add(AgentMessage.ResultPart part) {
    if (!belongs(part)) {
      ignored++;
      return;
    }
    parts = part.parts();
    payloads.putIfAbsent(part.part(), part.payload());
    if (payloads.size() == parts && report.isEmpty()) {
      complete();
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

  private void complete() {
    try {
      AttemptResult whole =
          codec.decodeReport(ResultParts.join(new ArrayList<>(payloads.values())));
      if (whole.step() != step || whole.attempt() != attempt) {
        throw new IllegalArgumentException("the report is of another attempt");
      }
      report = Optional.of(whole);
    } catch (IllegalArgumentException e) {
      ignored += payloads.size();
      payloads.clear();
      parts = 0;
    }
  }

  /** The whole, once all parts are there. */
  public Optional<AttemptResult> report() {
    return report;
  }

  /** Parts not seen yet; empty also while none was seen at all. */
  public List<Integer> missing() {
    return IntStream.range(0, parts).filter(part -> !payloads.containsKey(part)).boxed().toList();
  }

  /** How many parts were of no use. */
  public int ignored() {
    return ignored;
  }
}
