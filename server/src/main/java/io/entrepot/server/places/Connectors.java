// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.Unfinished;
import io.entrepot.storage.local.LocalSettings;
import io.entrepot.storage.local.LocalStore;
import io.entrepot.storage.local.Medium;
import io.entrepot.storage.sftp.HostKeyPin;
import io.entrepot.storage.sftp.HostKeyTrust;
import io.entrepot.storage.sftp.Secret;
import io.entrepot.storage.sftp.SftpEndpoint;
import io.entrepot.storage.sftp.SftpLimits;
import io.entrepot.storage.sftp.SftpLogin;
import io.entrepot.storage.sftp.SftpSettings;
import io.entrepot.storage.sftp.SftpStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Opens the store that a place is configured to be. Whoever opens one closes it. */
public final class Connectors {

  private final ServiceAccounts accounts;
  private final HostKeys hostKeys;
  private final FolderMarks marks;
  private final LocalRoots roots;
  private final IdSource ids;
  private final StoreMetrics metrics;
  private final Map<Path, Medium> media = new ConcurrentHashMap<>();

  /** Where the folder of a location was when it was last there, by how the location names it. */
  private final Map<Path, Path> found = new ConcurrentHashMap<>();

  /**
   * @param metrics what is done with the stores is counted there
   */
  public Connectors(
      Database database,
      ServiceAccounts accounts,
      PlaceTools tools,
      KeptCopies copies,
      StoreMetrics metrics) {
    this.accounts = accounts;
    this.hostKeys = new HostKeys(database, tools.clock());
    this.marks = new FolderMarks(database, copies, tools.ids());
    this.roots = tools.roots();
    this.ids = tools.ids();
    this.metrics = metrics;
  }

  /**
   * For reading what is kept there. A folder that was once used and lost its marker is {@code
   * STORE_ROOT_MISSING}, from here or from the first verb: its disk is not mounted.
   *
   * @throws StoreException when it is not there; {@code NOT_SUPPORTED} for a type without connector
   */
  public Store open(StorageLocation location) {
    String marker = marks.isMarked(location) ? StorageLocation.MARKER : "";
    Path folder = folder(location);
    return kept(location, new LocalSettings(folder, marker, true), medium(folder));
  }

  /**
   * For keeping files there: as {@link #open(StorageLocation)}, and the folder is marked when this
   * is the first time.
   *
   * @throws StoreException {@code STORE_ROOT_MISSING} when the folder has no marker, although it
   *     was marked or holds none of the copies that it should
   */
  public Store openToKeep(StorageLocation location) {
    return openToKeep(location, medium(folder(location)));
  }

  private Store openToKeep(StorageLocation location, Medium medium) {
    Path folder = folder(location);
    if (!marks.isMarked(location)) {
      try (Store unmarked = LocalStore.open(exact(folder), ids, medium)) {
        marks.mark(location, unmarked);
      }
    }
    return kept(location, new LocalSettings(folder, StorageLocation.MARKER, true), medium);
  }

  private Store kept(StorageLocation location, LocalSettings folder, Medium medium) {
    return metrics.ofLocation(location.type(), LocalStore.open(folder, ids, medium));
  }

  /** One for each folder as long as this server runs, however often it is opened. */
  Medium medium(Path folder) {
    return media.computeIfAbsent(folder, _ -> new Medium());
  }

  /** Whether a folder failed to flush what was written, be it a storage location's still or not. */
  boolean hasFailedMedium() {
    return media.values().stream().anyMatch(Connectors::failed);
  }

  /** Whether this location failed to flush what was written, and nobody tested it since. */
  boolean hasFailedMedium(StorageLocation location) {
    return switch (location.type()) {
      case POSIX, NFS -> hasFailedMedium(Path.of(location.basePath()).normalize());
      case S3, CIFS -> false;
    };
  }

  /** A disk that failed may drop out, and a link to it then leads nowhere. */
  private boolean hasFailedMedium(Path named) {
    try {
      return failed(media.get(named.toRealPath()));
    } catch (IOException _) {
      Path last = found.get(named);
      return last == null || failed(media.get(last));
    }
  }

  private static boolean failed(@Nullable Medium medium) {
    return medium != null && medium.failure().isPresent();
  }

  private Path folder(StorageLocation location) {
    Path folder =
        switch (location.type()) {
          case POSIX -> roots.confine("base_path", location.basePath());
          case NFS -> mounted("base_path", location.basePath());
          case S3, CIFS -> throw unsupported(location.type().word(), "posix or nfs");
        };
    if (Files.exists(folder)) {
      found.put(Path.of(location.basePath()).normalize(), folder);
    }
    return folder;
  }

  /**
   * Tries whether files can be kept there: lists, writes a small object, reads it back and removes
   * it. Somebody asked for that, so a medium that failed before has another chance.
   *
   * @throws StoreException saying which of this failed
   */
  public void check(StorageLocation location) {
    Medium shared = medium(folder(location));
    Optional<String> known = shared.failure();
    Medium probed = new Medium();
    try (Store store = openToKeep(location, probed)) {
      PlaceCheck.readsAndWrites(store, new Unfinished(ids).name());
    } catch (RuntimeException e) {
      probed.failure().ifPresent(_ -> shared.learn(probed, known));
      throw e;
    }
    shared.learn(probed, known);
  }

  /** As {@link #open(StorageLocation)}; nothing is marked. */
  public Store open(RemotePlace place) {
    return open(place, hostKeys::remember);
  }

  /** As {@link #open(RemotePlace)}, but a host key that is seen for the first time is forgotten. */
  public Store look(RemotePlace place) {
    return open(place, (_, _, _) -> {});
  }

  /** What becomes of a host key that was believed at first sight. */
  private interface Memory {
    void keep(String host, int port, String key);
  }

  private Store open(RemotePlace place, Memory memory) {
    return metrics.ofInstrument(place.transport(), connector(place, memory));
  }

  private Store connector(RemotePlace place, Memory memory) {
    return switch (place.transport()) {
      case POSIX -> LocalStore.open(exact(roots.confine("cifs_base_path", place.path())), ids);
      case NFS -> LocalStore.open(exact(mounted("cifs_base_path", place.path())), ids);
      case SFTP -> sftp(place, memory);
      case CIFS, S3 -> throw unsupported(place.transport().word(), "posix, nfs or sftp");
    };
  }

  /** A confined path holds no links; one that is put there before it is opened is not followed. */
  private static LocalSettings exact(Path folder) {
    return new LocalSettings(folder, "", true);
  }

  /** An NFS folder whose file system is not mounted would be an ordinary local folder. */
  private Path mounted(String field, String text) {
    Path path = roots.confine(field, text);
    if (!Mounts.isOnNfs(path)) {
      throw new StoreException(
          ErrorCode.STORE_ROOT_MISSING,
          "Nothing is mounted at " + path + ". Mount the NFS export there and try again.");
    }
    return path;
  }

  private Store sftp(RemotePlace place, Memory memory) {
    Id account = place.account();
    if (account == null) {
      throw new StoreException(
          ErrorCode.STORE_REFUSED_LOGIN,
          "No service account is set for " + place.host() + ". Choose one to sign in with.");
    }
    ServiceAccount signingIn = accounts.live(account);
    AccountSecret secret = accounts.secret(account);
    int port = place.port() == 0 ? SftpEndpoint.DEFAULT_PORT : place.port();
    return new SftpStore(
        new SftpSettings(
            new SftpEndpoint(place.host(), port, signingIn.username()),
            sftpBase(place),
            login(signingIn, secret),
            trust(place, secret, port, memory),
            SftpLimits.DEFAULT),
        ids);
  }

  /** The share, where one is given, is the first part of the way. */
  private static String sftpBase(RemotePlace place) {
    if (place.share().isEmpty()) {
      return place.path();
    }
    return place.path().isEmpty()
        ? place.share()
        : place.share() + "/" + place.path().replaceFirst("^/+", "");
  }

  private static SftpLogin login(ServiceAccount account, AccountSecret secret) {
    return switch (account.authType()) {
      case PASSWORD ->
          new SftpLogin.Password(Secret.of(stored(account, "password", secret.password())));
      case SSH_KEY -> {
        String passphrase = secret.passphrase();
        yield new SftpLogin.PrivateKey(
            Secret.of(stored(account, "private_key", secret.privateKey())),
            Secret.of(passphrase == null ? "" : passphrase));
      }
      case KEYTAB ->
          throw new StoreException(
              ErrorCode.NOT_SUPPORTED,
              "The service account %s signs in with a keytab, which SFTP does not take. Set its auth_type to password or ssh_key."
                  .formatted(account.name()));
    };
  }

  private static String stored(ServiceAccount account, String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new StoreException(
          ErrorCode.STORE_REFUSED_LOGIN,
          "The service account %s has auth_type %s, but no %s is stored. Set one, or another auth_type."
              .formatted(account.name(), account.authType().word(), field));
    }
    return value;
  }

  private HostKeyTrust trust(RemotePlace place, AccountSecret secret, int port, Memory memory) {
    Optional<String> wanted =
        Optional.ofNullable(place.hostKey())
            .or(() -> Optional.ofNullable(secret.hostKey()))
            .filter(key -> !key.isBlank())
            .or(() -> hostKeys.of(place.host(), port));
    return wanted
        .<HostKeyTrust>map(key -> new HostKeyTrust.Pinned(new HostKeyPin(key)))
        .orElseGet(
            () ->
                new HostKeyTrust.FirstUse(
                    seen -> memory.keep(place.host(), port, seen.type() + " " + seen.base64())));
  }

  private static EntrepotException unsupported(String word, String choices) {
    return new StoreException(
        ErrorCode.NOT_SUPPORTED,
        "This server has no connector for " + word + ". Use " + choices + ".");
  }
}
