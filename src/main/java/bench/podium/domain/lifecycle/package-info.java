/**
 * Decides the next actions of a run from its admission to its clean-up; the main class is {@link
 * bench.podium.domain.lifecycle.RunSequence}.
 */
package bench.podium.domain.lifecycle;
