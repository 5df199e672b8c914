// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.entrepot.drills.custody.LedgerDrill;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The modules around the server know of it what {@code docs/architecture.md} lets them know. */
@ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
class OutsidersTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  private static final Map<String, JavaClasses> CLASSES =
      Stream.of("client", "cli", "bench", "drills")
          .filter(name -> Files.isDirectory(folder(name)))
          .collect(Collectors.toMap(name -> name, OutsidersTest::read));

  private static Path folder(String module) {
    return HOME.resolve(module).resolve("target/classes");
  }

  private static JavaClasses read(String module) {
    return new ClassFileImporter().importPath(folder(module));
  }

  /** A module and what of ours it may use. */
  record Outsider(String name, List<String> mayUse) {

    JavaClasses classes() {
      Needs.built(folder(name));
      return Objects.requireNonNull(CLASSES.get(name));
    }

    String[] known() {
      return Stream.concat(Stream.of(name), mayUse.stream())
          .map(module -> "io.entrepot." + module + "..")
          .toArray(String[]::new);
    }
  }

  static Stream<Outsider> outsiders() {
    return Stream.of(
        new Outsider("client", List.of()),
        new Outsider("cli", List.of("base", "custody", "client")),
        new Outsider("bench", List.of("client")),
        new Outsider("drills", List.of("client")));
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void no_module_uses_more_of_ours_than_it_is_said_to_know(Outsider outsider) {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.entrepot..").and(resideOutsideOfPackages(outsider.known())))
        .check(outsider.classes());
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void no_module_brings_the_framework_of_the_server(Outsider outsider) {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.springframework..", "org.eclipse.jetty..", "jakarta.."))
        .check(outsider.classes());
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void names_say_what_a_thing_is(Outsider outsider) {
    noClasses()
        .should()
        .haveNameMatching(".*\\.(Base[A-Z]\\w*|\\w*(Impl|Manager|Helper|Utils?|Common))")
        .check(outsider.classes());
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void every_package_says_what_it_owns_and_where_null_may_be(Outsider outsider) {
    assertThat(outsider.classes())
        .allSatisfy(
            type ->
                assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as(type.getPackageName())
                    .isTrue());
  }

  @Test
  void a_drill_that_used_the_server_would_be_seen() {
    JavaClasses drills = outsiders().toList().getLast().classes();
    assertThat(drills.contain(Drills.class)).isTrue();
    assertThat(drills.get(LedgerDrill.class).getDirectDependenciesFromSelf())
        .anyMatch(use -> use.getTargetClass().getPackageName().startsWith("io.entrepot.client"));
  }
}
