// SPDX-License-Identifier: Apache-2.0
/**
 * Accounts and what they may do: roles, passwords, API keys, logins, groups, projects, grants.
 *
 * <p>Owns who somebody is. Never decides what a feature shows; features ask with an {@link
 * io.entrepot.server.identity.Actor} and put visibility into their own SQL.
 */
@NullMarked
package io.entrepot.server.identity;

import org.jspecify.annotations.NullMarked;
