/**
 * Fixtures for tests with a real cluster or an API server; the main class is {@link
 * bench.podium.testing.RealCluster}.
 */
package bench.podium.testing;
