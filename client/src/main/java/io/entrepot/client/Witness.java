// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client;

/**
 * Hears of every request of a {@link Session}, before it is sent and once its outcome is known.
 * Called by the threads that ask.
 */
public interface Witness {

  /** Wants to know nothing. */
  Witness NONE =
      new Witness() {
        @Override
        public long asks(String method, String path) {
          return 0;
        }

        @Override
        public void answered(long request, int status, String body) {}

        @Override
        public void unanswered(long request) {}
      };

  /**
   * A request is about to be sent.
   *
   * @param path with its query
   * @return the number by which its outcome is told
   */
  long asks(String method, String path);

  /** The server answered, whatever it said. */
  void answered(long request, int status, String body);

  /** The server was not reached or hung up: whether the request took effect is unknown. */
  void unanswered(long request);
}
