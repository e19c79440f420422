package bench.podium.protocol;

/**
 * A message with its sender and its time.
 *
 * @param version of the protocol, {@value #VERSION}
 * @param run uid of the run
 * @param pod uid of the pod
 * @param worker index of the worker, from 0
 * @param sequence number of the pod's line, from 0 and without gaps
 * @param atEpochMicros time of sending by the pod's clock
 */
public record Envelope(
    int version,
    String run,
    String pod,
    int worker,
    long sequence,
    long atEpochMicros,
    AgentMessage message) {

  public static final int VERSION = 2;
}
