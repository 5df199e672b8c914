// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.time.Duration;

/** One side of a race. */
interface Contestant {

  String name();

  /** What somebody would type to do the same. */
  String commandLine();

  /** Puts everything in place for one run; not measured. */
  void prepare();

  /** One run, which must have done all of the work when it returns. */
  Duration run();
}
