package bench.podium.observation;

import java.util.function.Supplier;

/**
 * Which logs of a run's targets may be read and shown.
 *
 * @param read whether the last lines of terminated containers' logs may be read
 * @param redaction of the run's own secrets; evaluated only when a log was read, because most
 *     observations read none
 */
public record CrashLogPolicy(boolean read, Supplier<Redaction> redaction) {}
