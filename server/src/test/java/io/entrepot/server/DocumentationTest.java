// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.settings.GivenSettings;
import io.entrepot.server.settings.SettingNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the pages for people can be copied from there and does what it is said to do.
 *
 * <p>Every block is run, read or looked at as its language asks for: shell against a real server,
 * in a folder that stands for the root of the file system. One that cannot be has the comment
 * {@code <!-- not run: … -->} right above it, and is only read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentationTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final JsonMapper JSON = new JsonMapper();

  /** Paths that an operator has, and a machine for tests has not. */
  private static final Pattern PLACES =
      Pattern.compile("(?<![\\w./:-])/(?:srv|backup|elsewhere|safe|mnt|etc/entrepot)(?=[/\\s'\"])");

  private static final Pattern YEAR = Pattern.compile("\\b20\\d\\d(?=-01-01T)");
  private static final Pattern UNIT = Pattern.compile("# /etc/systemd/system/(\\S+)\n(?s).*");

  private static final Set<String> LANGUAGES = Set.of("sh", "yaml", "json", "http", "ini", "nginx");

  private Path root;
  private TestServer server;
  private Path backup;
  private Path secret;

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> use = Files.list(HOME.resolve("docs/use"));
        Stream<Path> administer = Files.list(HOME.resolve("docs/administer"))) {
      return Stream.concat(use, administer)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    root = folder;
    server = TestServer.startOnSqlite();
    backup = root.resolve("first.zip");
    Operator.run("admin", "backup", backup, "--with-keys", "--data", server.data()).good();
    secret = Files.writeString(root.resolve("openid.secret"), "s");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_block_does_what_the_page_says(Path page) throws Exception {
    List<Sample> samples = Sample.of(page);
    assertThat(samples).allSatisfy(one -> assertThat(LANGUAGES).contains(one.language()));
    Path machine = Files.createDirectory(root.resolve(page.getFileName()));
    Files.createDirectories(machine.resolve("srv/keep"));
    Files.createDirectories(machine.resolve("mnt/nmr600"));
    try (Shell shell = new Shell(machine, server)) {
      if (samples.stream().anyMatch(one -> one.text().contains("--data /srv/entrepot"))) {
        furnish(machine, page);
      }
      for (Sample sample : samples) {
        if (sample.reason() == null) {
          run(sample, machine, shell);
        } else {
          readOnly(sample, shell);
        }
      }
    }
  }

  /** A server that was there before, as most pages take it for granted. */
  private void furnish(Path machine, Path page) throws IOException {
    for (String folder : List.of("backup", "elsewhere", "safe/keys")) {
      Files.createDirectories(machine.resolve(folder));
    }
    Files.writeString(machine.resolve("elsewhere/custody-2026-11-21.checkpoint"), "");
    if (page.endsWith("running.md")) {
      return;
    }
    Path data = machine.resolve("srv/entrepot");
    Operator.run("admin", "restore", backup, "--data", data).good();
    Files.copy(backup, machine.resolve("backup/entrepot-2026-11-21.zip"));
    try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
      for (Path key : keys.toList()) {
        Files.copy(key, machine.resolve("safe/keys").resolve(key.getFileName()));
      }
    }
  }

  private void run(Sample sample, Path machine, Shell shell) throws Exception {
    String text = here(sample.text(), machine);
    switch (sample.language()) {
      case "sh" -> shell.run(sample, text);
      case "yaml" -> readYaml(sample);
      case "json" -> assertThat(JSON.readTree(text).isObject()).as(sample.toString()).isTrue();
      case "http" -> send(sample, text);
      case "ini" -> readIni(sample, machine);
      default -> throw new AssertionError(sample + " cannot be run; say why right above it");
    }
  }

  private void readOnly(Sample sample, Shell shell) throws Exception {
    if (sample.language().equals("sh")) {
      shell.parse(sample);
    }
  }

  /** As somebody would write it on this machine. */
  private String here(String text, Path machine) {
    String year = String.valueOf(Year.now(ZoneOffset.UTC).getValue() + 1);
    Matcher places = PLACES.matcher(text);
    return YEAR.matcher(places.replaceAll(found -> machine + found.group()))
        .replaceAll(year)
        .replace("http://127.0.0.1:8000", server.address().toString().replaceAll("/$", ""))
        .replace("https://entrepot.example.org", server.address().toString().replaceAll("/$", ""))
        .replace("you@example.org", TestServer.ADMIN_EMAIL)
        .replace("a good one", TestServer.ADMIN_PASSWORD)
        .replace("whsec_…", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  }

  /** Of ours it is what a server reads; of others at least YAML. */
  private void readYaml(Sample sample) throws IOException {
    Map<String, Object> read =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(sample.text());
    assertThat(read).as(sample.toString()).isNotEmpty();
    if (read.containsKey("entrepot")) {
      Path file = root.resolve("sample.yaml");
      Files.writeString(
          file,
          sample.text().replaceAll("(client-secret-file: )\\S+", "$1" + secret),
          StandardCharsets.UTF_8);
      assertThat(GivenSettings.read("--entrepot.config=" + file)).isNotNull();
    }
  }

  private void send(Sample sample, String text) {
    String[] parts = text.split("\n\n", 2);
    String[] line = parts[0].lines().findFirst().orElseThrow().split(" ");
    Answer answer = server.admin().send(line[0], line[1], Optional.of(parts[1].strip()));
    assertThat(answer.status()).as(sample + ": " + answer.text()).isBetween(200, 299);
    JsonNode said = answer.json();
    assertThat(said.isObject()).isTrue();
  }

  private static void readIni(Sample sample, Path machine) throws Exception {
    Matcher unit = UNIT.matcher(sample.text());
    if (unit.matches()) {
      verifyUnit(sample, unit.group(1), machine, _ -> sample.text());
    } else if (sample.text().startsWith("[")) {
      verifyUnit(sample, "entrepot.service", machine, own -> own + "\n" + sample.text());
    } else {
      List<String> names =
          sample.text().lines().map(line -> line.substring(0, line.indexOf('='))).toList();
      assertThat(names).as(sample.toString()).allMatch(name -> name.startsWith("ENTREPOT_"));
      assertThat(SettingNames.unknownVariable(names)).as(sample.toString()).isEmpty();
    }
  }

  /** As systemd reads it. */
  private static void verifyUnit(
      Sample sample, String name, Path machine, UnaryOperator<String> made) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze");
    String own = Files.readString(HOME.resolve("packaging/entrepot.service"));
    Path units = Files.createDirectories(machine.resolve("units"));
    // One that a timer starts has to be there.
    Files.writeString(
        units.resolve("entrepot-backup.service"), "[Service]\nType=oneshot\nExecStart=/bin/true\n");
    Files.writeString(
        units.resolve(name),
        made.apply(own)
            .replace("/opt/entrepot/entrepot", "/bin/true")
            .replaceAll("(?m)^(User|Group|Documentation|ConditionPath\\w+)=.*$", ""));
    Process process =
        new ProcessBuilder(
                "/usr/bin/systemd-analyze", "verify", "--man=no", units.resolve(name).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines().filter(line -> line.contains(name))).as(sample + ": " + said).isEmpty();
  }
}
