// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

/** What came of a request. */
public sealed interface Reply {

  /** In a sentence, for whoever looks why something did not arrive. */
  String words();

  default boolean isGood() {
    return false;
  }

  /**
   * Something answered.
   *
   * @param body the beginning of it
   */
  record Answered(int status, String body) implements Reply {

    private static final int SHOWN = 500;

    @Override
    public boolean isGood() {
      return status >= 200 && status < 300;
    }

    @Override
    public String words() {
      String shown = body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body;
      String hint =
          status >= 300 && status < 400
              ? " (it sends on to another address, which is not followed; enter that one)"
              : "";
      return "It answered " + status + hint + (shown.isBlank() ? "." : ": " + shown.strip());
    }
  }

  /** It arrived, by a way that has no status. */
  record Accepted(String words) implements Reply {
    @Override
    public boolean isGood() {
      return true;
    }
  }

  /** It did not arrive, and may the next time. */
  record Unreached(String words) implements Reply {}

  /** It was not sent, and will not be until a setting changes. */
  record Refused(String words) implements Reply {}

  /** What a failure says of itself, or at least its kind. */
  static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
