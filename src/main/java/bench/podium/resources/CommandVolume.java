package bench.podium.resources;

import bench.podium.protocol.Command;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * The volume through which a pod reads the operator's command: one of its annotations as a file.
 */
final class CommandVolume {

  private static final String NAME = "command";

  private CommandVolume() {}

  static Volume volume() {
    return new VolumeBuilder()
        .withName(NAME)
        .withNewDownwardAPI()
        .addNewItem()
        .withPath("command")
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['" + Command.ANNOTATION + "']")
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .build();
  }

  /** Mounts the whole volume, because a file mounted with subPath is never updated. */
  static VolumeMount mount() {
    return new VolumeMountBuilder()
        .withName(NAME)
        .withMountPath("/podium/command")
        .withReadOnly(true)
        .build();
  }
}
