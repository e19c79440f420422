/**
 * Serializes the results of a run for ConfigMaps; its main class is {@link
 * bench.podium.results.ResultCodec}.
 */
package bench.podium.results;
