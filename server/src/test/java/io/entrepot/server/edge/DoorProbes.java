// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.TestFolders;
import io.entrepot.server.TestServer;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.PlainWords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * One endpoint more behind each door, open to whoever is signed in, so that also a door with
 * nothing behind it can be asked what it does with a body. A server has them when it was started
 * with {@link #SETTING}.
 */
public final class DoorProbes {

  /** The argument for a server that has them. */
  static final String SETTING = "--spring.entrepot-door-probes=true";

  /** An origin whose pages that server trusts. */
  static final String TRUSTED = "https://pages.lab.example";

  private static final String PROPERTY = "spring.entrepot-door-probes";
  private static final Pattern PROBED = Pattern.compile("(/api/[a-z0-9/]*probes)(/[^/]+)?");

  private DoorProbes() {}

  /** Where the probe of a family is. */
  static String path(Family family) {
    return switch (family) {
      case HARVEST -> "/api/probes";
      case BACKUP -> "/api/system/probes";
      case SYNC -> "/api/v1/sync/probes";
      case WORKSPACES -> "/api/v1/probes";
      case QUERY -> "/api/v1/entities/probes";
      case SESSION -> "/api/v3/probes";
      case DAV, SCHEDULES, PAGES, SITE, NONE ->
          throw new IllegalArgumentException("there is none of " + family);
    };
  }

  /** One server with probes for all tests of this JVM. */
  static TestServer server() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final TestServer SERVER =
        TestServer.start(SETTING, "--entrepot.origins=" + TRUSTED + "," + TRUSTED + ":8443/");

    static {
      TestFolders.beforeTheyGo(SERVER::close);
    }
  }

  /** Gives a server its probes, when its settings ask for them. */
  public static void add(GenericApplicationContext server) {
    if (!server.getEnvironment().containsProperty(PROPERTY)) {
      return;
    }
    server.registerBean(
        "probedAuthorization",
        Probed.class,
        () -> new Probed(server.getBean(MonitorAccess.class), server.getBean(LocalCallers.class)),
        definition -> definition.setPrimary(true));
    server.registerBean("probes", Mapped.class, () -> new Mapped(server));
  }

  /** The table, and one row more. */
  private static final class Probed extends EndpointAuthorization {

    Probed(MonitorAccess monitors, LocalCallers callers) {
      super(monitors, callers);
    }

    @Override
    Optional<Endpoint> row(HttpServletRequest request) {
      return PROBED.matcher(request.getRequestURI()).matches()
          ? Optional.of(Endpoint.of(Access.SIGNED_IN, request.getMethod(), request.getRequestURI()))
          : super.row(request);
    }
  }

  /** Not found by the scan for controllers, which is every test server's. */
  private record Mapped(GenericApplicationContext server) implements SmartInitializingSingleton {

    @Override
    public void afterSingletonsInstantiated() {
      RequestMappingHandlerMapping mapping =
          server.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
      Stream.of(
              Family.HARVEST,
              Family.BACKUP,
              Family.SYNC,
              Family.WORKSPACES,
              Family.QUERY,
              Family.SESSION)
          .map(DoorProbes::path)
          .forEach(
              path -> {
                map(mapping, RequestMethod.POST, path, "take");
                map(mapping, RequestMethod.GET, path + "/{id}", "show");
                map(mapping, RequestMethod.GET, path + "/half", "half");
              });
    }

    private static void map(
        RequestMappingHandlerMapping mapping, RequestMethod method, String path, String name) {
      Method handler =
          List.of(Probe.class.getDeclaredMethods()).stream()
              .filter(one -> one.getName().equals(name))
              .findFirst()
              .orElseThrow();
      mapping.registerMapping(
          RequestMappingInfo.paths(path)
              .methods(method)
              .options(mapping.getBuilderConfiguration())
              .build(),
          new Probe(),
          handler);
    }
  }

  /** Reads a body as all controllers do. */
  @ResponseBody
  static final class Probe {

    /** Whose contract has no body that can be read in two ways. */
    private static final Set<Family> ONCE = Set.of(Family.WORKSPACES, Family.QUERY);

    Map<String, String> take(
        @RequestBody(required = false) byte @Nullable [] bytes, HttpServletRequest request) {
      boolean once = ONCE.contains(Family.of(request));
      BodyFields body = BodyFields.ofJson(bytes, once ? PlainWords.ONCE : PlainWords.PLAIN);
      String name = body.requiredName("name", Integer.MAX_VALUE);
      body.check();
      return switch (name) {
        case "taken" -> throw new EntrepotException(ErrorCode.ALREADY_EXISTS, "It is there");
        case "often" -> throw new EntrepotException(ErrorCode.TOO_MANY_REQUESTS, "Not so often");
        case "broken" -> throw new IllegalStateException("a fault of the server");
        case "busy" -> throw new EntrepotException(ErrorCode.OVERLOADED, "Not just now");
        case "read-only" -> throw new EntrepotException(ErrorCode.STORE_READ_ONLY, "A broken disk");
        case "full" -> throw new EntrepotException(ErrorCode.STORE_FULL, "No room");
        case "far" -> throw new EntrepotException(ErrorCode.STORE_UNREACHABLE, "Nobody answers");
        default -> Map.of("length", Integer.toString(name.length()));
      };
    }

    /** Fails when more has left than any buffer holds. */
    void half(HttpServletResponse response) throws IOException {
      response.setContentType("text/plain");
      response.getOutputStream().write(new byte[1 << 20]);
      throw new IllegalStateException("a fault of the server");
    }

    Map<String, String> show(@PathVariable("id") String id) {
      return Map.of("id", id);
    }
  }
}
