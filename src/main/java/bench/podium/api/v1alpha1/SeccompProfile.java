package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The seccomp profile of a container. */
public enum SeccompProfile {
  @JsonProperty("RuntimeDefault")
  RUNTIME_DEFAULT
}
