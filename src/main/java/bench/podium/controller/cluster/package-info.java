/**
 * Reads and writes the cluster for the reconciler: objects, status, results and Events. The main
 * class is {@link bench.podium.controller.cluster.ClusterActions}.
 */
package bench.podium.controller.cluster;
