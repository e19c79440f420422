/**
 * Starts the operator process: connection to the cluster, leader election, readiness and shutdown.
 * The main class is {@link bench.podium.bootstrap.OperatorStart}.
 */
package bench.podium.bootstrap;
