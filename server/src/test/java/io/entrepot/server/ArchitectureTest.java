// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The lines between the rooms, as {@code docs/architecture.md} draws them. */
class ArchitectureTest {

  private static final String SERVER = "io.entrepot.server.";

  /** From the roof to the ground; nobody imports from a line above, or from a neighbour. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("rest", "web"),
          Set.of("edge"),
          Set.of(
              "harvest",
              "sync",
              "workspaces",
              "archives",
              "mirrors",
              "transfers",
              "openid",
              "admin"),
          Set.of("notices"),
          Set.of("catalog"),
          Set.of("jobs"),
          Set.of("places"),
          Set.of("identity"),
          Set.of("ledger"),
          Set.of("query"),
          Set.of("health", "metrics"),
          Set.of("database"),
          Set.of("secrets"),
          Set.of("settings", "rounds"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test-classes/"))
          // What the framework writes down at the build knows every room.
          .withImportOption(location -> !location.contains("__"))
          .importPackages("io.entrepot");

  @Test
  void enough_was_looked_at_for_the_other_tests_to_mean_something() {
    assertThat(CLASSES.size()).isGreaterThan(150);
    for (String room : List.of("base", "storage", "custody", "server")) {
      assertThat(CLASSES.containPackage("io.entrepot." + room)).as(room).isTrue();
    }
    Set<String> rooms = new TreeSet<>();
    CLASSES.stream().map(ArchitectureTest::room).forEach(rooms::add);
    rooms.remove("");
    assertThat(LAYERS.stream().flatMap(Set::stream)).containsAll(rooms);
  }

  /** The package below {@code io.entrepot.server} that a class lives in; empty for all others. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(SERVER)) {
      return "";
    }
    String rest = name.substring(SERVER.length());
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
  }

  @Test
  void no_room_imports_from_above_or_from_its_neighbours() {
    for (int i = 0; i < LAYERS.size(); i++) {
      for (String room : LAYERS.get(i)) {
        TreeSet<String> forbidden = new TreeSet<>(LAYERS.get(i));
        LAYERS.subList(0, i).forEach(forbidden::addAll);
        forbidden.remove(room);
        noClasses()
            .that(liveIn(Set.of(room)))
            .should()
            .dependOnClassesThat(liveIn(forbidden))
            .as("no class of " + room + " uses " + forbidden)
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  private static DescribedPredicate<JavaClass> liveIn(Set<String> rooms) {
    return DescribedPredicate.describe("live in " + rooms, type -> rooms.contains(room(type)));
  }

  @Test
  void the_wiring_is_used_by_nobody() {
    noClasses()
        .that()
        .resideInAPackage("io.entrepot.server.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.entrepot.server")
        .check(CLASSES);
  }

  @Test
  void packages_do_not_go_in_circles() {
    slices().matching("io.entrepot.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void libraries_know_no_spring_and_no_server() {
    noClasses()
        .that()
        .resideInAnyPackage("io.entrepot.base..", "io.entrepot.custody..", "io.entrepot.storage..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.entrepot.server..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.entrepot.base..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.entrepot.custody..", "io.entrepot.storage..")
        .check(CLASSES);
  }

  @Test
  void types_of_a_vendor_stay_in_their_connector() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.storage.sftp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.sshd..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.server.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.kagkarlsson..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.entrepot.server", "io.entrepot.server.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..", "org.flywaydb..", "com.zaxxer.hikari..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.server.edge..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.storage")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.dynatrace..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.entrepot.server.identity..", "io.entrepot.server.openid..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.server.harvest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.re2j..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.server.notices.outgoing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.server.notices.mail..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.mail..")
        .check(CLASSES);
  }

  @Test
  void rooms_of_the_harvest_know_only_those_before_them() {
    List<String> rooms = List.of("instruments", "hooks", "runs", "schedules");
    for (int room = 0; room < rooms.size() - 1; room++) {
      String[] later =
          rooms.subList(room + 1, rooms.size()).stream()
              .map(name -> "io.entrepot.server.harvest." + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.entrepot.server.harvest." + rooms.get(room) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(CLASSES);
    }
  }

  @Test
  void nobody_outside_names_a_class_of_the_job_engine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.entrepot.server.jobs.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.entrepot.server.jobs.engine..")
        .check(CLASSES);
  }

  @Test
  void time_and_chance_are_handed_in() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.entrepot.server.Wiring")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(java.time.Clock.class, "systemUTC")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.entrepot.server..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CLASSES);
  }

  @Test
  void names_say_what_a_thing_is() {
    noClasses()
        .should()
        .haveNameMatching(".*\\.(Base[A-Z]\\w*|\\w*(Impl|Manager|Helper|Utils?|Common))")
        .check(CLASSES);
  }

  @Test
  void fields_are_not_injected() {
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields()
        .should()
        .beAnnotatedWith(org.springframework.beans.factory.annotation.Autowired.class)
        .check(CLASSES);
  }

  @Test
  void every_package_says_what_it_owns_and_where_null_may_be() {
    Set<String> silent = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      JavaPackage home = type.getPackage();
      if (!home.isAnnotatedWith(NullMarked.class)) {
        silent.add(home.getName());
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void controllers_live_in_rest_and_pages_in_web() {
    classes()
        .that()
        .areAnnotatedWith(org.springframework.web.bind.annotation.RestController.class)
        .should()
        .resideInAPackage("io.entrepot.server.rest..")
        .andShould()
        .haveSimpleNameEndingWith("Controller")
        .check(CLASSES);
  }
}
