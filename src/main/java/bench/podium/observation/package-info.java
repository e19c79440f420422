/**
 * Derives what the lifecycle decides on from cluster objects and pod logs. The main class is {@link
 * bench.podium.observation.RunObservationMapper}.
 */
package bench.podium.observation;
