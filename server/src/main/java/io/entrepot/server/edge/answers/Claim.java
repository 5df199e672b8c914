// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.base.Id;

/** What there is to do for a request. */
public sealed interface Claim {

  /** It is to be carried out, by whoever got this. */
  record Yours(Id id) implements Claim {}

  /** Somebody is carrying it out. */
  record Running() implements Claim {}

  /** Another one was sent under its key. */
  record Different() implements Claim {}

  /** Something was sent under its key; the key file that it was sealed with is gone. */
  record Unreadable() implements Claim {}

  /** It was carried out, and this is what came of it. */
  record Answered(Answer answer) implements Claim {}
}
