// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one host key a server may show.
 *
 * <p>Better given as a key than as a fingerprint: a server with several keys is then asked for the
 * one that is pinned.
 *
 * @param text {@code SHA256:…} as {@code ssh-keygen -l} prints it, or a line of {@code known_hosts}
 *     or of {@code ssh-keyscan} with or without the host name; kept as {@code type base64}
 */
public record HostKeyPin(String text) {

  static final String FINGERPRINT_PREFIX = "SHA256:";

  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
  private static final Pattern KEY =
      Pattern.compile(
          "(?:\\S+\\s+)?((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-\\S+)\\s+(AAAA[A-Za-z0-9+/]+=*)(?:\\s.*)?");

  public HostKeyPin {
    String trimmed = text.strip();
    Matcher key = KEY.matcher(trimmed);
    if (FINGERPRINT.matcher(trimmed).matches()) {
      text = trimmed.replace("=", "");
    } else if (key.matches()) {
      text = key.group(1) + " " + key.group(2);
    } else {
      throw new StoreException(
          ErrorCode.INVALID_FIELD,
          "\"" + trimmed + "\" is no host key. Give SHA256:… or a line of ssh-keyscan.");
    }
  }

  /** As {@code ssh-keygen -l} shows it. */
  public String fingerprint() {
    return key().map(HostKey::fingerprint).orElse(text);
  }

  /** The whole key, when it was given. */
  public Optional<HostKey> key() {
    int space = text.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : Optional.of(new HostKey(text.substring(0, space), text.substring(space + 1)));
  }

  boolean fits(HostKey shown) {
    return fingerprint().equals(shown.fingerprint());
  }
}
