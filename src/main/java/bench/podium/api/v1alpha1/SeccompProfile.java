package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which system calls a container may make. */
public enum SeccompProfile {
  @JsonProperty("RuntimeDefault")
  RUNTIME_DEFAULT
}
