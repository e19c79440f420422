package bench.podium.api.v1alpha1;

/** What a request does. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE,
  HEAD,
  OPTIONS
}
