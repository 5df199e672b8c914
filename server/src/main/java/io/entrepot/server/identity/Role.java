// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/** The three roles, each allowed all that the one after it is. Stored by name in lower case. */
public enum Role {
  ADMIN,
  EMPLOYEE,
  STANDARD
}
