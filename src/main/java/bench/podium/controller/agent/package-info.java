/**
 * Sends commands to worker and collector pods. The main class is {@link
 * bench.podium.controller.agent.CommandSender}.
 */
package bench.podium.controller.agent;
