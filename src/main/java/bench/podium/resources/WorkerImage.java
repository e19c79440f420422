package bench.podium.resources;

/** The image of the workers' program and how the kubelet gets it. */
public record WorkerImage(String image, String pullPolicy) {}
