// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

/** Something does not exist, or the one who asks may not know that it does. */
public final class NotFoundException extends EntrepotException {

  private final String thing;

  /**
   * @param thing what was looked for, as a person would say it: {@code "Storage location"}
   */
  public NotFoundException(String thing) {
    super(ErrorCode.NOT_FOUND, thing + " not found");
    this.thing = thing;
  }

  /** What was looked for. */
  public String thing() {
    return thing;
  }
}
