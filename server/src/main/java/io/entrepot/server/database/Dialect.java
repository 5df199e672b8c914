// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

/** Where the two databases differ. Everything else is one SQL text. */
public enum Dialect {
  SQLITE,
  POSTGRESQL
}
