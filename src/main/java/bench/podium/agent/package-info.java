/**
 * Shared by the programs in worker and collector pods: reads commands and writes messages. The main
 * class is {@link bench.podium.agent.AgentRuntime}.
 */
package bench.podium.agent;
