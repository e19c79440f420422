package bench.podium.resources;

/** The image of the worker and its pull policy. */
public record WorkerImage(String image, String pullPolicy) {}
