/**
 * The metrics of the operator and their endpoint; the main class is {@link
 * bench.podium.metrics.OperatorMeters}.
 */
package bench.podium.metrics;
