package bench.podium.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Architecture rules for all main classes. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("bench.podium");

  static List<PackageTable.Row> rows() {
    return PackageTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void dependsOnlyOnPackagesOfTheTable(PackageTable.Row row) {
    // Given
    List<JavaClass> members = membersOf(row);

    // When
    List<String> forbidden =
        members.stream()
            .flatMap(member -> member.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> !isAllowed(row, dependency))
            .map(Dependency::getDescription)
            .toList();

    // Then
    assertThat(members).as("classes of %s", row).isNotEmpty();
    assertThat(forbidden).isEmpty();
  }

  @Test
  void listsEachPackageInTheTable() {
    // Given
    Set<String> known =
        rows().stream().map(row -> PackageTable.ROOT + row.name()).collect(Collectors.toSet());

    // When
    Set<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    // Then
    assertThat(packages).isEqualTo(known);
  }

  @Test
  void hasNoCyclesInTheTable() {
    // Given
    List<PackageTable.Row> rows = rows();

    // When
    List<String> bothWays =
        rows.stream()
            .flatMap(
                one ->
                    rows.stream()
                        .filter(other -> one.ours().contains(other.name()))
                        .filter(other -> other.ours().contains(one.name()))
                        .map(other -> one + " and " + other))
            .toList();

    // Then
    assertThat(bothWays).isEmpty();
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    slices().matching("bench.podium.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void hasNoMeaninglessClassNames() {
    noClasses().should().haveNameMatching(".*(Utils?|Manager|Helper|Impl)").check(CLASSES);
  }

  @Test
  void neverSleeps() {
    noClasses()
        .should()
        .callMethodWhere(calls("sleep", "java.lang.Thread|java.util.concurrent.TimeUnit"))
        .check(CLASSES);
  }

  @Test
  void readsTheClockOnlyInMainClasses() {
    noClasses()
        .that()
        .haveNameNotMatching(
            ".*[.](OperatorBeans|(Worker|Collector)Main|(Operator|Worker|Collector)Training)")
        .should()
        .callMethodWhere(calls("currentTimeMillis", "java.lang.System"))
        .orShould()
        .callMethodWhere(calls("system.*", "java.time.Clock"))
        .orShould()
        .callMethodWhere(calls("now", "java[.]time[.].*"))
        .check(CLASSES);
  }

  @Test
  void hasNoMutableStaticFields() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
    noFields()
        .that()
        .areStatic()
        .should()
        .haveRawType(
            DescribedPredicate.describe(
                "that changes", type -> type.getPackageName().startsWith("java.util.concurrent")))
        .check(CLASSES);
  }

  private static List<JavaClass> membersOf(PackageTable.Row row) {
    return CLASSES.stream()
        .filter(each -> each.getPackageName().equals(PackageTable.ROOT + row.name()))
        .filter(each -> !each.getSimpleName().equals("package-info"))
        .toList();
  }

  private static boolean isAllowed(PackageTable.Row row, Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    return target.isPrimitive() || row.allows(target.getPackageName(), target.getName());
  }

  private static DescribedPredicate<JavaCall<?>> calls(String method, String owner) {
    return DescribedPredicate.describe(
        owner + "." + method,
        call -> call.getName().matches(method) && call.getTargetOwner().getName().matches(owner));
  }
}
