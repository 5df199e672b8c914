// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A where clause under construction: only what is asked for is in it. */
final class Conditions {

  private final List<String> texts = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** A condition without a value. */
  Conditions and(String text) {
    texts.add(text);
    return this;
  }

  /** A condition with one question mark; left out when the value is null. */
  Conditions and(String text, @Nullable Object value) {
    if (value != null) {
      texts.add(text);
      values.add(value);
    }
    return this;
  }

  /** The column holds one of these; left out when there are none. */
  Conditions in(String column, Collection<String> wanted) {
    if (!wanted.isEmpty()) {
      String marks = String.join(", ", Collections.nCopies(wanted.size(), "?"));
      texts.add(column + " in (" + marks + ")");
      values.addAll(wanted);
    }
    return this;
  }

  /** Starts with a space; empty when every row passes. */
  String where() {
    return texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
  }

  List<Object> values() {
    return values;
  }
}
