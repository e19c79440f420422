/** What each program of Podium in a pod does: reads the operator's commands, says facts. */
package bench.podium.agent;
