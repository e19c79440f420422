package bench.podium.api.v1alpha1;

/** The HTTP methods that a request may have. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE,
  HEAD,
  OPTIONS
}
