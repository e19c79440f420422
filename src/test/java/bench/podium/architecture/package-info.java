/**
 * Checks the dependencies between packages; the main class is {@link
 * bench.podium.architecture.ArchitectureTest}.
 */
package bench.podium.architecture;
