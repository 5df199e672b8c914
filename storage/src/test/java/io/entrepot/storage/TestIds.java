// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.IdSource;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Ids for stores under test. */
public final class TestIds {

  public static final IdSource NEW = new IdSource(InstantSource.system(), new SecureRandom());

  private TestIds() {}
}
