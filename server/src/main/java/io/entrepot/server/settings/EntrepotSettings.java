// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import io.entrepot.base.CidrBlock;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Every setting of the server.
 *
 * @param config the file these are read from, where it is not {@code entrepot.yaml} in the data
 *     directory
 * @param data the directory that holds everything the server keeps
 * @param bind address to listen on; loopback unless said otherwise
 * @param port TCP port of the first listener; 0 takes any free one
 * @param database where the tables are
 * @param roots local folders that storage locations and instruments may lie in; empty means any
 * @param ark how persistent ids begin
 * @param registration who may register an account
 * @param origins other origins, as {@code https://host:port}, whose pages may act for a signed-in
 *     user; needed where a proxy ends TLS
 * @param proxies networks, as {@code 192.0.2.0/24} or one address, whose proxies are believed when
 *     they say for whom they act
 * @param admin the administrator to make at first start; also as {@code ADMIN_EMAIL} and {@code
 *     ADMIN_PASSWORD}
 * @param login how long somebody stays signed in
 * @param jobs what holds for all durable work
 * @param harvest what holds for all instruments
 * @param sync who may come through the sync door
 * @param metrics who may read figures about the server
 * @param address how people reach this server, as {@code https://entrepot.example.org}; links in
 *     what is sent out begin with it
 * @param outgoing where requests to addresses that somebody typed in may go
 * @param mail the server that takes mail
 * @param openid the provider that people sign in through
 */
@ConfigurationProperties(value = "entrepot", ignoreUnknownFields = false)
public record EntrepotSettings(
    @Nullable Path config,
    @DefaultValue("./entrepot-data") Path data,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("8000") int port,
    @DefaultValue DatabaseSettings database,
    @DefaultValue List<Path> roots,
    @DefaultValue ArkSettings ark,
    @DefaultValue("open") Registration registration,
    @DefaultValue List<String> origins,
    @DefaultValue List<String> proxies,
    @DefaultValue AdminSettings admin,
    @DefaultValue LoginSettings login,
    @DefaultValue JobSettings jobs,
    @DefaultValue HarvestSettings harvest,
    @DefaultValue SyncSettings sync,
    @DefaultValue MetricsSettings metrics,
    @Nullable String address,
    @DefaultValue OutgoingSettings outgoing,
    @DefaultValue MailSettings mail,
    @DefaultValue OpenIdSettings openid) {

  public EntrepotSettings {
    origins.forEach(origin -> checkOrigin("entrepot.origins", origin));
    proxies.forEach(EntrepotSettings::checkNetwork);
    if (address != null) {
      checkOrigin("entrepot.address", address);
    }
    address = address == null || !address.endsWith("/") ? address : address.replaceAll("/+$", "");
    if (address == null && mail.isSet()) {
      throw new IllegalArgumentException(
          "entrepot.address: is not set, and links in mails begin with it; set it to what people"
              + " type to reach this server, such as https://entrepot.example.org");
    }
    if (address == null && openid.isSet()) {
      throw new IllegalArgumentException(
          "entrepot.address: is not set, and the OpenID provider sends people back to it; set it to"
              + " what people type to reach this server, such as https://entrepot.example.org");
    }
    if (!login.localAccounts() && (!openid.isSet() || openid.groups().admin().isEmpty())) {
      throw new IllegalArgumentException(
          "entrepot.login.local-accounts: is false, and no group of an OpenID provider has the role"
              + " admin, so nobody could administrate; set entrepot.openid.groups.admin too");
    }
  }

  /** A path after it is let through: some live below one. */
  private static void checkOrigin(String name, String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return;
      }
    } catch (URISyntaxException notAnAddress) {
      // As any other text.
    }
    throw new IllegalArgumentException(
        name
            + ": \""
            + text
            + "\" is no address of a site; one looks like https://lab.example.org");
  }

  private static void checkNetwork(String text) {
    if (CidrBlock.of(text).isPresent()) {
      return;
    }
    throw new IllegalArgumentException(
        "entrepot.proxies: \"" + text + "\" is no network; one looks like 192.0.2.0/24");
  }

  /**
   * @param url JDBC address of a PostgreSQL database; absent means SQLite in the data directory
   * @param reserve room beside SQLite that is kept for signing in and taking things away when the
   *     disk is full; 0 for none
   */
  public record DatabaseSettings(
      @Nullable String url,
      @DefaultValue("") String user,
      @DefaultValue("") String password,
      @DefaultValue("16MB") DataSize reserve) {

    public DatabaseSettings {
      if (reserve.isNegative()) {
        throw new IllegalArgumentException(
            "entrepot.database.reserve: " + reserve + " is less than nothing; 0 keeps no room");
      }
    }

    @Override
    public String toString() {
      return "DatabaseSettings[url="
          + url
          + ", user="
          + user
          + ", password=****, reserve="
          + reserve
          + "]";
    }
  }

  /**
   * @param naan the name assigning authority's number; 99999 is for tests
   * @param shoulder what every name of this house begins with
   */
  public record ArkSettings(
      @DefaultValue("99999") String naan, @DefaultValue("fk4") String shoulder) {

    /** One character more and the check character no longer catches every single error. */
    private static final int PREFIX_LIMIT = 9;

    public ArkSettings {
      if (naan.length() + 1 + shoulder.length() > PREFIX_LIMIT) {
        throw new IllegalArgumentException(
            "entrepot.ark: \""
                + naan
                + "/"
                + shoulder
                + "\" is longer than 9 characters; choose a shorter shoulder");
      }
    }
  }

  /**
   * @param email empty means that no administrator is made
   */
  public record AdminSettings(@DefaultValue("") String email, @DefaultValue("") String password) {

    public boolean isSet() {
      return !email.isBlank() && !password.isEmpty();
    }

    @Override
    public String toString() {
      return "AdminSettings[email=" + email + ", password=****]";
    }
  }

  /**
   * @param tokenLife how long a bearer token is good
   * @param sessionLife how long a browser stays signed in
   * @param rememberLife how long it does where somebody asks to be remembered
   * @param secureCookies whether browsers are to send the session cookie over TLS only
   * @param localAccounts whether passwords of this server sign anybody in
   */
  public record LoginSettings(
      @DefaultValue("1h") Duration tokenLife,
      @DefaultValue("12h") Duration sessionLife,
      @DefaultValue("30d") Duration rememberLife,
      @DefaultValue("auto") SecureCookies secureCookies,
      @DefaultValue("true") boolean localAccounts) {}

  /** Whether browsers are to send the session cookie over TLS only. */
  public enum SecureCookies {
    /** When it was set over TLS. */
    AUTO,
    /** Also when a proxy in front ends TLS. */
    ALWAYS
  }

  /**
   * @param keepLogs how long the log of a job that has ended can be read; at least a day
   * @param parallel how many jobs this server runs at once
   */
  public record JobSettings(
      @DefaultValue("90d") Duration keepLogs, @DefaultValue("8") int parallel) {

    private static final int MOST_PARALLEL = 64;

    public JobSettings {
      if (parallel < 1 || parallel > MOST_PARALLEL) {
        throw new IllegalArgumentException(
            "entrepot.jobs.parallel: " + parallel + " is not within 1 to " + MOST_PARALLEL);
      }
      if (keepLogs.compareTo(Duration.ofDays(1)) < 0) {
        throw new IllegalArgumentException(
            "entrepot.jobs.keep-logs: " + keepLogs + " is less than a day; give 1d or more");
      }
    }
  }

  /**
   * @param instrumentAccess what access to an instrument lets somebody see
   * @param showPasswords whether administrators may see the passwords of service accounts
   */
  public record HarvestSettings(
      @DefaultValue("grants-visibility") InstrumentAccess instrumentAccess,
      @DefaultValue("false") boolean showPasswords) {}

  /**
   * @param localCallers whether programs on this machine may come through the sync door without a
   *     credential, as whoever signed in there
   */
  public record SyncSettings(@DefaultValue("false") boolean localCallers) {}

  /**
   * @param token what a program on another machine sends to read {@code /metrics}; empty for none
   */
  public record MetricsSettings(@DefaultValue("") String token) {

    /** Shorter ones can be guessed. */
    private static final int SHORTEST = 16;

    public MetricsSettings {
      if (!token.isEmpty() && token.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "entrepot.metrics.token: fewer than 16 characters can be guessed; choose a longer one");
      }
    }

    @Override
    public String toString() {
      return "MetricsSettings[token=****]";
    }
  }

  /** What access to an instrument lets somebody see. */
  public enum InstrumentAccess {
    /** Its files, their transfers and content, and its runs. */
    GRANTS_VISIBILITY,
    /** That it is there; its files are for their owners and for those they are granted to. */
    HARVEST_ONLY
  }

  /**
   * @param allow names of hosts, addresses and networks that may be called though they are not on
   *     the public internet
   */
  public record OutgoingSettings(@DefaultValue List<String> allow) {}

  /**
   * @param host empty means that no mail is sent
   * @param security how the connection is protected
   * @param user empty means that the mail server asks for none
   * @param from the sender of every mail
   */
  public record MailSettings(
      @DefaultValue("") String host,
      @DefaultValue("587") int port,
      @DefaultValue("starttls") MailSecurity security,
      @DefaultValue("") String user,
      @DefaultValue("") String password,
      @DefaultValue("") String from) {

    public MailSettings {
      if (!host.isBlank() && from.isBlank()) {
        throw new IllegalArgumentException(
            "entrepot.mail.from: is not set; it is the sender of what entrepot.mail.host is given");
      }
    }

    public boolean isSet() {
      return !host.isBlank();
    }

    @Override
    public String toString() {
      return "MailSettings[host="
          + host
          + ", port="
          + port
          + ", security="
          + security
          + ", user="
          + user
          + ", password=****, from="
          + from
          + "]";
    }
  }

  /** How a connection to the mail server is protected. */
  public enum MailSecurity {
    /** It begins in the clear and is encrypted before anything is said. */
    STARTTLS,
    /** It is encrypted from its first byte. */
    TLS,
    /** Not at all. */
    NONE
  }

  /** Who may register an account. */
  public enum Registration {
    OPEN,
    ADMIN_ONLY
  }
}
