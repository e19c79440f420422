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
 * Creates, updates and deletes objects so that a stale leader, which wakes up after a long pause
 * and writes late, does no harm: existing objects are not overwritten, and only the object with the
 * expected uid is deleted.
 */
public final class GuardedWrites {

  /** HTTP status of the API server for an invalid object. */
  static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  public GuardedWrites(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Creates the object unless this run has already created it.
   *
   * @return the problem, if the API server rejected the object or an object of another owner has
   *     its name
   */
  Optional<Problem> create(RunIdentity run, HasMetadata object) {
    try {
      client.resource(object).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_CONFLICT
          ? problemOfExisting(run, object)
          : Optional.of(refusal(e));
    }
  }

  /**
   * Replaces the object, with the resourceVersion that was read.
   *
   * @return the problem, if the API server rejected the update
   * @throws KubernetesClientException on a conflict with another writer, among others
   */
  Optional<Problem> update(HasMetadata object) {
    try {
      client.resource(object).update();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(refusal(e));
    }
  }

  /**
   * Turns a rejection of this object into a problem; rethrows other failures, which a retry of the
   * same request may resolve.
   */
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

  /**
   * Whether the response names invalid fields. Admission policies and webhooks also answer with
   * 422, but name no field.
   */
  private static boolean namesFields(KubernetesClientException e) {
    return e.getCode() == UNPROCESSABLE
        && Optional.ofNullable(e.getStatus())
            .map(Status::getDetails)
            .map(StatusDetails::getCauses)
            .filter(causes -> !causes.isEmpty())
            .filter(causes -> causes.stream().allMatch(cause -> cause.getField() != null))
            .isPresent();
  }

  private Optional<Problem> problemOfExisting(RunIdentity run, HasMetadata object) {
    HasMetadata found = client.resource(object).get();
    if (found == null || belongsTo(run, found)) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            Problem.Kind.NAME_TAKEN,
            "%s %s exists and does not belong to this run"
                .formatted(found.getKind(), found.getMetadata().getName())));
  }

  static boolean belongsTo(RunIdentity run, HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> run.uid().equals(owner.getUid()));
  }

  /**
   * Deletes the object with this uid, and its dependents in the background. An object that no
   * longer exists is not an error.
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
      boolean goneOrReplaced =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      if (!goneOrReplaced) {
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
