package bench.podium.observation;

import java.util.function.Supplier;

/**
 * What may be read of the logs of a run's targets, and shown.
 *
 * @param read the end of the log of a container that has ended; false: nothing of any
 * @param redaction of the run's own secrets; asked for only where a log was read, since most
 *     observations read none
 */
public record CrashLogPolicy(boolean read, Supplier<Redaction> redaction) {}
