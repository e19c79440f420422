package bench.podium.wire;

/**
 * A fact with who said it and when.
 *
 * @param version of the protocol, {@value #VERSION}
 * @param run uid of the run
 * @param pod uid of the pod
 * @param worker index of the load pod, from 0
 * @param sequence counts this pod's lines from 0, without a gap
 * @param atEpochMicros by the pod's clock
 */
public record Line(
    int version, String run, String pod, int worker, long sequence, long atEpochMicros, Fact fact) {

  public static final int VERSION = 1;
}
