/**
 * The engine for closed load, wrk 4.1 with a script; its main class is {@link
 * bench.podium.engine.wrk.WrkEngine}.
 */
package bench.podium.engine.wrk;
