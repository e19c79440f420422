/** The open load: {@code podium-vegeta}, a program around vegeta's library. */
package bench.podium.engine.vegeta;
