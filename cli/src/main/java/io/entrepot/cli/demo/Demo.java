// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.demo;

import io.entrepot.client.local.LocalServerSettings.Administrator;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The command line {@code ./entrepot demo}. */
public final class Demo {

  private static final String USAGE = "usage: ./entrepot demo [--exit]";
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 16;
  private static final int MISUSE = 2;

  private Demo() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    if (!words.isEmpty() && !words.equals(List.of("--exit"))) {
      System.err.println("demo: \"" + String.join(" ", words) + "\" is not understood\n" + USAGE);
      System.exit(MISUSE);
    }
    System.exit(run(!words.isEmpty()));
  }

  private static int run(boolean exit) {
    Path home = Path.of(System.getProperty("entrepot.home", ".")).toAbsolutePath().normalize();
    SecureRandom random = new SecureRandom();
    Administrator administrator = new Administrator("demo@example.org", password(random));
    try (DemoHouse house = DemoHouse.open(home, administrator)) {
      return house.show(exit);
    } catch (RuntimeException e) {
      System.err.println("demo: " + e.getMessage());
      return 1;
    }
  }

  private static String password(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }
}
