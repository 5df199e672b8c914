// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has a new server do what servers do, so that the start-up cache it leaves knows which classes and
 * which methods matter: pages are opened, and a tree of small files is harvested twice.
 *
 * <p>Arguments: where the server answers, and an empty folder. The administrator is named by
 * ADMIN_EMAIL and ADMIN_PASSWORD.
 */
class Training {

  private static final int FOLDERS = 40;
  private static final int FILES_IN_EACH = 250;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final String token;

  private Training(URI server) throws Exception {
    this.server = server;
    HttpRequest login =
        HttpRequest.newBuilder(server.resolve("/auth/jwt/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=" + System.getenv("ADMIN_EMAIL")
                + "&password=" + System.getenv("ADMIN_PASSWORD")))
            .build();
    this.token = word("access_token", send(login));
  }

  public static void main(String[] arguments) throws Exception {
    Training training = new Training(URI.create(arguments[0]));
    training.harvest(Path.of(arguments[1]).toAbsolutePath());
    for (String path : "/health/ready /openapi.json /docs /ui/login /api/files".split(" ")) {
      training.get(path);
    }
  }

  private void harvest(Path folder) throws Exception {
    Path source = folder.resolve("source");
    Path target = Files.createDirectories(folder.resolve("store"));
    fill(source);
    String storage = word("id", post("/api/storage-locations",
        """
        {"name": "store", "type": "posix", "base_path": "%s", "connection_config": {}}
        """.formatted(target)));
    String instrument = word("id", post("/api/instruments",
        """
        {"name": "source", "cifs_host": "", "cifs_share": "", "cifs_base_path": "%s",
         "transfer_config": {"transport": "posix", "stability_seconds": 0}}
        """.formatted(source)));
    String schedule = word("id", post("/api/schedules",
        """
        {"instrument_id": "%s", "default_storage_location_id": "%s",
         "cron_expression": "0 0 29 2 *", "enabled": true}
        """.formatted(instrument, storage)));
    for (int run = 0; run < 2; run++) {
      await(word("flow_run_id", post("/api/schedules/" + schedule + "/trigger", "{}")));
    }
  }

  private static void fill(Path source) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < FOLDERS; i++) {
      Path folder = Files.createDirectories(source.resolve("folder-" + i));
      for (int j = 0; j < FILES_IN_EACH; j++) {
        byte[] content = new byte[random.nextInt(16_384)];
        random.nextBytes(content);
        Files.write(folder.resolve("file-" + j + ".dat"), content);
      }
    }
  }

  private void await(String run) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!get("/prefect/api/flow_runs/" + run).contains("\"COMPLETED\"")) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("the harvest of the training did not complete");
      }
      Thread.sleep(100);
    }
  }

  private String get(String path) throws Exception {
    return send(request(path).GET().build());
  }

  private String post(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request) throws Exception {
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IllegalStateException(request.uri() + ": " + answer.body());
    }
    return answer.body();
  }

  private static String word(String name, String json) {
    Matcher found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return found.group(1);
  }
}
