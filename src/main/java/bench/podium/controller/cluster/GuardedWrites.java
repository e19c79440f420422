package bench.podium.controller.cluster;

import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Creations and deletions that do no harm when a leader woken from a long pause does them late:
 * what exists is not overwritten, and what is deleted is that very object.
 */
public final class GuardedWrites {

  /** How the API server says that an object is not valid. */
  static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  public GuardedWrites(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Creates the object unless this run has already done so.
   *
   * @return why not, where the API server turned it down or another's object has its name
   */
  Optional<Problem> create(RunIdentity run, HasMetadata object) {
    try {
      client.resource(object).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_CONFLICT
          ? existing(run, object)
          : Optional.of(refusal(e));
    }
  }

  /**
   * Writes over what was read, with its resourceVersion.
   *
   * @return why not, where the API server turned it down
   * @throws KubernetesClientException where another has written in between, among others
   */
  Optional<Problem> update(HasMetadata object) {
    try {
      client.resource(object).update();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(refusal(e));
    }
  }

  /** What may be tried again as it is, since it is not the API server's state that failed. */
  private static Problem refusal(KubernetesClientException e) {
    return switch (e.getCode()) {
      // An admission webhook that names no code of its own answers with 400.
      case HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_ENTITY_TOO_LARGE,
          UNPROCESSABLE ->
          new Problem(namesFields(e) ? Problem.Kind.INVALID : Problem.Kind.FORBIDDEN, message(e));
      default -> throw e;
    };
  }

  /** Admission policies and webhooks answer with 422, too, but of no field. */
  private static boolean namesFields(KubernetesClientException e) {
    return e.getCode() == UNPROCESSABLE
        && Optional.ofNullable(e.getStatus())
            .map(Status::getDetails)
            .map(StatusDetails::getCauses)
            .filter(causes -> !causes.isEmpty())
            .filter(causes -> causes.stream().allMatch(cause -> cause.getField() != null))
            .isPresent();
  }

  private Optional<Problem> existing(RunIdentity run, HasMetadata object) {
    HasMetadata found = client.resource(object).get();
    if (found == null || isOf(run, found)) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            Problem.Kind.NAME_TAKEN,
            "%s %s exists and does not belong to this run"
                .formatted(found.getKind(), found.getMetadata().getName())));
  }

  static boolean isOf(RunIdentity run, HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> run.uid().equals(owner.getUid()));
  }

  /**
   * Deletes this very object, its dependents in the background; one that is gone already is fine.
   */
  void delete(HasMetadata object) {
    var options =
        new DeleteOptionsBuilder()
            .withPropagationPolicy("Background")
            .withNewPreconditions()
            .withUid(object.getMetadata().getUid())
            .endPreconditions()
            .build();
    try {
      client.raw(path(object), "DELETE", options);
    } catch (KubernetesClientException e) {
      boolean goneOrAnother =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      if (!goneOrAnother) {
        throw e;
      }
    }
  }

  private static String path(HasMetadata object) {
    String version = object.getApiVersion();
    return "%s/%s/namespaces/%s/%s/%s"
        .formatted(
            version.contains("/") ? "/apis" : "/api",
            version,
            object.getMetadata().getNamespace(),
            object.getPlural(),
            object.getMetadata().getName());
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }
}
