// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

/**
 * A text that may be looked at only so often. A search that goes over the same characters again and
 * again, as some patterns make it, ends by this, and always at the same point.
 */
final class CountedText implements CharSequence {

  /** More looks were taken than are allowed. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ExhaustedException() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int left;

  CountedText(String text, int looks) {
    this.text = text;
    this.left = looks;
  }

  @Override
  public char charAt(int index) {
    if (left-- <= 0) {
      throw new ExhaustedException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
