/**
 * Merges the measurements of the workers and decides whether they are consistent; the main class is
 * {@link bench.podium.domain.measurement.StepMeasurement}.
 */
package bench.podium.domain.measurement;
