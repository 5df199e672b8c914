// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import io.entrepot.server.settings.EntrepotSettings.OutgoingSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing in through an OpenID provider.
 *
 * @param issuer the provider, exactly as it names itself; empty for none
 * @param clientId how the provider knows this server
 * @param clientSecret what this server proves itself with there; empty for a public client
 * @param clientSecretFile a file that holds the secret, in its place
 * @param name what people call the provider; stands on the button
 * @param scopes what is asked for
 * @param groupClaim where the provider says which groups somebody is in; parts that lie in one
 *     another are joined by dots
 * @param groups which groups have which role; the highest counts, and who has none stays outside
 * @param newAccounts whether somebody gets an account who has none here
 * @param linkVerifiedEmail whether an account that is there already is opened to whoever the
 *     provider says owns its address
 */
public record OpenIdSettings(
    @DefaultValue("") String issuer,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret,
    @Nullable Path clientSecretFile,
    @DefaultValue("single sign-on") String name,
    @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
    @DefaultValue("groups") String groupClaim,
    @DefaultValue GroupSettings groups,
    @DefaultValue("true") boolean newAccounts,
    @DefaultValue("false") boolean linkVerifiedEmail) {

  /** In place of a group: whoever the provider lets in. */
  public static final String ANYBODY = "*";

  private static final Set<String> ON_THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  public OpenIdSettings {
    scopes = List.copyOf(scopes);
    if (!issuer.isEmpty()) {
      check(isIssuer(issuer), "issuer", "is no https address without a query: " + issuer);
      check(!clientId.isBlank(), "client-id", "is not set; the provider gives it to you");
      check(
          clientSecret.isEmpty() || clientSecretFile == null,
          "client-secret",
          "is set, and so is client-secret-file; leave one of them out");
      check(!name.isBlank(), "name", "is empty; it stands on the button");
      check(scopes.contains("openid"), "scopes", "has to hold openid");
      check(
          !groups.isEmpty(),
          "groups",
          "names no group for any role, so nobody could sign in; \"*\" as a group of standard"
              + " lets everybody in whom the provider knows");
      check(
          !groups.admin().contains(ANYBODY),
          "groups.admin",
          "holds \"*\", which would make everybody an administrator");
    }
  }

  /**
   * Which groups have which role.
   *
   * @param standard groups whose members may sign in; {@code *} stands for everybody
   */
  public record GroupSettings(
      @DefaultValue List<String> admin,
      @DefaultValue List<String> employee,
      @DefaultValue List<String> standard) {

    public GroupSettings {
      admin = List.copyOf(admin);
      employee = List.copyOf(employee);
      standard = List.copyOf(standard);
    }

    boolean isEmpty() {
      return Stream.of(admin, employee, standard).allMatch(List::isEmpty);
    }
  }

  public boolean isSet() {
    return !issuer.isEmpty();
  }

  /** Where the provider describes itself. */
  public URI description() {
    return URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
  }

  /** What may be called though it is not public: what is anyway, and the provider's own host. */
  public List<String> reachable(OutgoingSettings outgoing) {
    String host = URI.create(issuer).getHost().replaceAll("[\\[\\]]", "");
    return Stream.concat(outgoing.allow().stream(), Stream.of(host)).toList();
  }

  private static void check(boolean good, String setting, String problem) {
    if (!good) {
      throw new IllegalArgumentException("entrepot.openid." + setting + ": " + problem);
    }
  }

  /** In the clear only to this machine: whoever is on the way could sign in as anybody. */
  private static boolean isIssuer(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null
          && (scheme.equals("https")
              || scheme.equals("http") && ON_THIS_MACHINE.contains(uri.getHost()));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "OpenIdSettings[issuer=" + issuer + ", clientId=" + clientId + ", clientSecret=****]";
  }
}
