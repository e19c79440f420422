/**
 * The sidecar's program in a target's pod: looks at the target's processes and says what it sees.
 */
package bench.podium.collector;
