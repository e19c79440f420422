/**
 * Describes the observed state of a run, on which all decisions are based; the main class is {@link
 * bench.podium.domain.observation.RunObservation}.
 */
package bench.podium.domain.observation;
