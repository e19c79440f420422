/**
 * The engine for open load, {@code podium-vegeta}, a program around vegeta's library; its main
 * class is {@link bench.podium.engine.vegeta.VegetaEngine}.
 */
package bench.podium.engine.vegeta;
