/**
 * The messages between the operator and the programs in worker and collector pods. The main class
 * is {@link bench.podium.protocol.ProtocolCodec}.
 */
package bench.podium.protocol;
