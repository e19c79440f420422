/**
 * Load generators behind one interface, and the assignments and results they have in common; its
 * main class is {@link bench.podium.engine.LoadEngine}.
 */
package bench.podium.engine;
