/** What each program of Podium in a pod does: reads the operator's command, says facts. */
package bench.podium.pod;
