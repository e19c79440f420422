/**
 * Programs of the image builds: each has one of Podium's programs do its work once, on loopback,
 * for the JVM to record. Nothing in production calls them.
 */
package bench.podium.aot;
