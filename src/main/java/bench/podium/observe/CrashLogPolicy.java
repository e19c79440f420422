package bench.podium.observe;

/**
 * What may be read of the logs of a run's targets, and shown.
 *
 * @param read the end of the log of a container that has ended; false: nothing of any
 * @param redaction of the run's own secrets
 */
public record CrashLogPolicy(boolean read, Redaction redaction) {}
