/**
 * The status of a run: conditions, progress and results as the API server stores them; the main
 * class is {@link bench.podium.status.StatusFactory}.
 */
package bench.podium.status;
