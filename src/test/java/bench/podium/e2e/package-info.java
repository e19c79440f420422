/**
 * End-to-end tests of the installed operator on a real cluster; their main fixture is {@link
 * bench.podium.testing.RealCluster}.
 */
package bench.podium.e2e;
