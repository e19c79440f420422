package bench.podium.testing;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the status of a run. Each failure message lists the actual conditions. */
public final class BenchmarkRunAssert extends AbstractAssert<BenchmarkRunAssert, BenchmarkRun> {

  private BenchmarkRunAssert(BenchmarkRun actual) {
    super(actual, BenchmarkRunAssert.class);
  }

  public static BenchmarkRunAssert assertThat(BenchmarkRun actual) {
    return new BenchmarkRunAssert(actual);
  }

  public BenchmarkRunAssert hasCondition(String type, ConditionStatus status, String reason) {
    return hasCondition(
        type,
        each -> each.status() == status && each.reason().equals(reason),
        "%s=%s %s".formatted(type, text(status), reason));
  }

  public BenchmarkRunAssert hasCondition(String type, ConditionStatus status) {
    return hasCondition(
        type, each -> each.status() == status, "%s=%s".formatted(type, text(status)));
  }

  /** Checks the reason of a condition, whatever its status is. */
  public BenchmarkRunAssert hasConditionReason(String type, String reason) {
    return hasCondition(
        type, each -> each.reason().equals(reason), "%s with reason %s".formatted(type, reason));
  }

  public BenchmarkRunAssert hasConditionMessage(String type, String message) {
    return hasCondition(
        type, each -> each.message().equals(message), "%s: %s".formatted(type, message));
  }

  /** Checks that a condition is absent, False or Unknown. */
  public BenchmarkRunAssert doesNotHaveTrueCondition(String type) {
    isNotNull();
    if (find(type).filter(each -> each.status() == ConditionStatus.TRUE).isPresent()) {
      fail("no condition %s=True".formatted(type));
    }
    return this;
  }

  /** Checks that the condition Finished is True and has this reason. */
  public BenchmarkRunAssert isFinishedWith(String reason) {
    return hasCondition("Finished", ConditionStatus.TRUE, reason);
  }

  public BenchmarkRunAssert hasVerdict(Verdict verdict) {
    isNotNull();
    if (status().map(BenchmarkRunStatus::verdict).orElse(null) != verdict) {
      fail("verdict %s".formatted(verdict));
    }
    return this;
  }

  private BenchmarkRunAssert hasCondition(
      String type, Predicate<RunCondition> matches, String expected) {
    isNotNull();
    if (find(type).filter(matches).isEmpty()) {
      fail("condition " + expected);
    }
    return this;
  }

  private void fail(String expected) {
    failWithMessage(
        "Expected run %s to have %s, but its verdict is %s and its conditions are:%n%s",
        actual.getMetadata().getName(),
        expected,
        status().map(BenchmarkRunStatus::verdict).orElse(null),
        conditions().stream()
            .map(
                each ->
                    "  %s=%s %s: %s"
                        .formatted(each.type(), text(each.status()), each.reason(), each.message()))
            .collect(Collectors.joining("\n")));
  }

  private Optional<RunCondition> find(String type) {
    return conditions().stream().filter(each -> each.type().equals(type)).findFirst();
  }

  private List<RunCondition> conditions() {
    return status().map(BenchmarkRunStatus::conditions).orElse(List.of());
  }

  private Optional<BenchmarkRunStatus> status() {
    return Optional.ofNullable(actual.getStatus());
  }

  private static String text(ConditionStatus status) {
    return switch (status) {
      case TRUE -> "True";
      case FALSE -> "False";
      case UNKNOWN -> "Unknown";
    };
  }
}
