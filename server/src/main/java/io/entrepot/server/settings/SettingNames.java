// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of all settings, as they are written in a file and in the environment. */
public final class SettingNames {

  private static final String ENVIRONMENT = "ENTREPOT_";

  /** Read by the launcher; no setting of the server. */
  private static final Set<String> LAUNCHER = Set.of("ENTREPOT_JAVA_OPTIONS");

  private SettingNames() {}

  /** Every setting, as {@code entrepot.database.url}; those that hold others are left out. */
  public static List<String> all() {
    List<String> names = new ArrayList<>();
    collect("entrepot", EntrepotSettings.class, names);
    return List.copyOf(names);
  }

  private static void collect(String prefix, Class<?> record, List<String> names) {
    for (RecordComponent component : record.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord()) {
        collect(name, component.getType(), names);
      } else {
        names.add(name);
      }
    }
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * The first variable that looks like one of ours and is none; elements of lists end in their
   * position, as in {@code ENTREPOT_ROOTS_0}.
   */
  public static Optional<String> unknownVariable(Collection<String> environment) {
    Set<String> known =
        all().stream()
            .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return environment.stream()
        .filter(name -> name.startsWith(ENVIRONMENT) && !LAUNCHER.contains(name))
        .filter(name -> !known.contains(name.replaceAll("_[0-9]+_?$", "")))
        .sorted()
        .findFirst();
  }
}
